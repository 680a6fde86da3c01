import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ChevronDown20Regular } from "@fluentui/react-icons/svg/chevron-down";
import { type ReactElement, type ReactNode, useId, useState } from "react";
import { statusWords } from "../../electron/contract/status.ts";
import type { TimelineEntry } from "../../electron/contract/verify.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { readableTime } from "../ui/day.ts";
import { hasTime } from "../ui/entry-moment.ts";
import { useStatusWordStyle } from "../ui/status-word.ts";
import { kindWords } from "./timeline-days.ts";
import { TimelineIcon } from "./timeline-icon.tsx";

const narrow = "@container (max-width: 460px)";

const useStyles = makeStyles({
  row: {
    position: "relative",
    display: "grid",
    gridTemplateColumns: "44px 32px minmax(0, 1fr)",
    columnGap: "12px",
    // The line of time, behind the signs, from one to the next.
    "::before": {
      content: '""',
      position: "absolute",
      left: "71px",
      top: 0,
      bottom: 0,
      borderLeft: `2px solid ${tokens.colorNeutralStroke2}`,
    },
    ":first-child::before": { top: "18px" },
    ":last-child::before": { bottom: "auto", height: "18px" },
    ":only-child::before": { content: "none" },
  },
  time: {
    paddingTop: "10px",
    textAlign: "right",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    fontVariantNumeric: "tabular-nums",
    color: tokens.colorNeutralForeground2,
  },
  sign: { position: "relative", paddingTop: "2px" },
  body: { minWidth: 0, paddingBottom: "4px" },
  head: {
    display: "flex",
    alignItems: "baseline",
    gap: "4px 12px",
    width: "100%",
    minHeight: "36px",
    boxSizing: "border-box",
    padding: "8px",
    border: "none",
    borderRadius: tokens.borderRadiusMedium,
    background: "transparent",
    color: tokens.colorNeutralForeground1,
    font: "inherit",
    lineHeight: "20px",
    textAlign: "left",
    [narrow]: { flexWrap: "wrap" },
  },
  foldable: {
    cursor: "pointer",
    ":hover": { backgroundColor: tokens.colorNeutralBackground2 },
    ":active": { backgroundColor: tokens.colorNeutralBackground3 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  title: { flexGrow: 1, minWidth: 0, overflowWrap: "anywhere", [narrow]: { flexBasis: "100%" } },
  by: { color: tokens.colorNeutralForeground2 },
  kind: {
    flexShrink: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
    whiteSpace: "nowrap",
  },
  // All words end at the same line, whether something can be unfolded or not.
  chevron: {
    flexShrink: 0,
    alignSelf: "start",
    width: "20px",
    color: tokens.colorNeutralForeground3,
    transition: "transform 150ms",
  },
  turned: { transform: "rotate(180deg)" },
  details: { display: "flex", flexDirection: "column", gap: "8px", padding: "4px 8px 12px" },
  detail: {
    margin: 0,
    maxHeight: "240px",
    overflowY: "auto",
    lineHeight: "20px",
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
    color: tokens.colorNeutralForeground2,
  },
  address: { display: "flex", alignItems: "center", gap: "8px" },
  code: {
    minWidth: 0,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    overflowWrap: "anywhere",
  },
});

/** One thing that happened: when, what it is of, and on demand what to know of it, where it was read, and its evidence. */
export function TimelineRow({
  entry,
  evidence = null,
}: {
  readonly entry: TimelineEntry;
  readonly evidence?: ReactNode;
}): ReactElement {
  const styles = useStyles();
  const wordStyle = useStatusWordStyle(entry.status);
  const [expanded, setExpanded] = useState(false);
  const details = useId();
  const foldable = entry.detail !== null || entry.address !== null || evidence !== null;
  // What was done, or says nothing of a state, needs no second word.
  const word = entry.status === "done" || entry.status === "notApplicable" ? null : statusWords[entry.status];
  const head = (
    <>
      {/* What a log says may be written from right to left; the words around it keep their order. */}
      <span className={styles.title}>
        <bdi>{entry.title}</bdi>
        {entry.by !== undefined && (
          <span className={styles.by}>
            , by <bdi>{entry.by}</bdi>
          </span>
        )}
      </span>
      {word !== null && <span className={wordStyle}>{word}</span>}
      <span className={styles.kind}>{kindWords[entry.kind]}</span>
    </>
  );
  return (
    <li className={styles.row} data-timeline={entry.kind} data-status={entry.status}>
      <time className={styles.time} dateTime={entry.at}>
        {hasTime(entry.kind) && readableTime(entry.at)}
      </time>
      <span className={styles.sign}>
        <TimelineIcon kind={entry.kind} status={entry.status} />
      </span>
      <div className={styles.body}>
        {foldable ? (
          <button
            type="button"
            className={mergeClasses(styles.head, styles.foldable)}
            aria-expanded={expanded}
            aria-controls={details}
            onClick={() => setExpanded(!expanded)}
          >
            {head}
            <ChevronDown20Regular aria-hidden className={mergeClasses(styles.chevron, expanded && styles.turned)} />
          </button>
        ) : (
          <div className={styles.head}>
            {head}
            <span className={styles.chevron} />
          </div>
        )}
        <div id={details} hidden={!expanded}>
          {expanded && (
            <div className={styles.details}>
              {entry.detail !== null && (
                // A long text is scrolled with the keys.
                <p className={styles.detail} dir="auto" tabIndex={entry.detail.length > 400 ? 0 : undefined}>
                  {entry.detail}
                </p>
              )}
              {entry.address !== null && (
                <div className={styles.address}>
                  <code className={styles.code}>{entry.address}</code>
                  <CopyButton text={entry.address} what={`address ${entry.address}`} />
                </div>
              )}
              {evidence}
            </div>
          )}
        </div>
      </div>
    </li>
  );
}
