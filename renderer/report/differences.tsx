import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ChevronDown20Regular } from "@fluentui/react-icons/svg/chevron-down";
import { type ReactElement, useId, useState } from "react";
import type { Comparison } from "../../electron/contract/comparison.ts";
import { counted } from "../ui/phrases.ts";

const useStyles = makeStyles({
  fold: {
    display: "flex",
    alignItems: "center",
    gap: "12px",
    width: "100%",
    boxSizing: "border-box",
    padding: "8px",
    border: "none",
    borderRadius: tokens.borderRadiusMedium,
    background: "transparent",
    color: tokens.colorNeutralForeground1,
    font: "inherit",
    lineHeight: "20px",
    textAlign: "left",
    cursor: "pointer",
    ":hover": { backgroundColor: tokens.colorNeutralBackground2 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  outdent: { margin: "-4px -8px -8px" },
  grow: { flexGrow: 1 },
  chevron: { flexShrink: 0, color: tokens.colorNeutralForeground3, transition: "transform 150ms" },
  turned: { transform: "rotate(180deg)" },
  list: { margin: "8px 8px 12px", padding: 0, listStyle: "none" },
  row: {
    display: "grid",
    gridTemplateColumns: "72px minmax(0, 1fr)",
    gap: "2px 12px",
    padding: "8px 0",
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    lineHeight: "20px",
  },
  change: { fontSize: tokens.fontSizeBase200, fontWeight: 600 },
  address: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "20px",
    overflowWrap: "anywhere",
  },
  values: { gridColumn: 2, color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
  more: { margin: "8px 0 0", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

/** A sign before the word, so that the three differ in more than letters. */
const words = { added: "+ Added", removed: "− Removed", changed: "≠ Changed" } as const;

/** Everything that is not the same in what was read, folded until it is asked for. */
export function Differences({ comparison }: { readonly comparison: Comparison }): ReactElement {
  const styles = useStyles();
  const [expanded, setExpanded] = useState(false);
  const list = useId();
  const { differences, leftOut } = comparison;
  const all = differences.length + leftOut;
  return (
    <div className={styles.outdent}>
      <button
        type="button"
        className={styles.fold}
        aria-expanded={expanded}
        aria-controls={list}
        data-differences={all}
        onClick={() => setExpanded(!expanded)}
      >
        <span className={styles.grow}>{counted(all, "difference")} in what was read</span>
        <ChevronDown20Regular aria-hidden className={mergeClasses(styles.chevron, expanded && styles.turned)} />
      </button>
      <div id={list} hidden={!expanded}>
        {expanded && (
          <ul className={styles.list}>
            {differences.map(({ area, address, change, from, to }) => (
              <li key={`${area} ${address} ${change}`} className={styles.row}>
                <span className={styles.change}>{words[change]}</span>
                <code className={styles.address}>{address}</code>
                <span className={styles.values}>
                  {area}
                  {from !== null && (
                    <>
                      , was <bdi>{from}</bdi>
                    </>
                  )}
                  {to !== null && (
                    <>
                      , is <bdi>{to}</bdi>
                    </>
                  )}
                </span>
              </li>
            ))}
            {leftOut > 0 && <li className={styles.more}>{leftOut} more are not listed.</li>}
          </ul>
        )}
      </div>
    </div>
  );
}
