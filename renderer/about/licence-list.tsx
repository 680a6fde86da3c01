import { Field, Input, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ChevronDown20Regular } from "@fluentui/react-icons/svg/chevron-down";
import { Search20Regular } from "@fluentui/react-icons/svg/search";
import { type ReactElement, useId, useState } from "react";
import type { About } from "../../electron/contract/about.ts";
import { counted } from "../ui/phrases.ts";
import { licencesWith } from "./licence-search.ts";

const useStyles = makeStyles({
  frame: { display: "flex", flexDirection: "column", gap: "8px" },
  list: {
    margin: 0,
    padding: 0,
    listStyle: "none",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  row: { borderTop: `1px solid ${tokens.colorNeutralStroke3}`, ":first-child": { borderTop: "none" } },
  head: {
    display: "flex",
    alignItems: "center",
    gap: "12px",
    width: "100%",
    boxSizing: "border-box",
    padding: "8px 12px",
    border: "none",
    background: "transparent",
    color: tokens.colorNeutralForeground1,
    font: "inherit",
    lineHeight: "20px",
    textAlign: "left",
    cursor: "pointer",
    ":hover": { backgroundColor: tokens.colorNeutralBackground2 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  name: { flexGrow: 1, minWidth: 0, overflowWrap: "anywhere" },
  version: { color: tokens.colorNeutralForeground2 },
  licence: { flexShrink: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  chevron: { flexShrink: 0, color: tokens.colorNeutralForeground3, transition: "transform 150ms" },
  turned: { transform: "rotate(180deg)" },
  text: {
    margin: 0,
    padding: "0 12px 12px",
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
    color: tokens.colorNeutralForeground2,
  },
  none: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

function LicenceRow({ licence: entry }: { readonly licence: About["licences"][number] }): ReactElement {
  const styles = useStyles();
  const [expanded, setExpanded] = useState(false);
  const text = useId();
  return (
    <li className={styles.row} data-licence={entry.name}>
      <button
        type="button"
        className={styles.head}
        aria-expanded={expanded}
        aria-controls={text}
        onClick={() => setExpanded(!expanded)}
      >
        <span className={styles.name}>
          {entry.name} <span className={styles.version}>{entry.version}</span>
        </span>
        <span className={styles.licence}>{entry.licence}</span>
        <ChevronDown20Regular aria-hidden className={mergeClasses(styles.chevron, expanded && styles.turned)} />
      </button>
      <div id={text} hidden={!expanded}>
        {expanded && <pre className={styles.text}>{entry.text}</pre>}
      </div>
    </li>
  );
}

/** What the program is made of: each package with its licence, whose text unfolds. */
export function LicenceList({ licences }: { readonly licences: About["licences"] }): ReactElement {
  const styles = useStyles();
  const [typed, setTyped] = useState("");
  if (licences.length === 0) {
    return (
      <p className={styles.none}>
        The list of packages is made when the program is built for release; this build has none.
      </p>
    );
  }
  const found = licencesWith(licences, typed);
  const count =
    found.length === licences.length
      ? counted(found.length, "package")
      : `${found.length} of ${counted(licences.length, "package")}`;
  return (
    <div className={styles.frame}>
      <Field label="Search packages and licences" hint={{ children: count, role: "status" }}>
        <Input
          type="search"
          value={typed}
          contentBefore={<Search20Regular aria-hidden />}
          onChange={(_event, data) => setTyped(data.value)}
        />
      </Field>
      {found.length > 0 && (
        <ul className={styles.list} aria-label="Packages">
          {found.map((licence) => (
            <LicenceRow key={`${licence.name} ${licence.version}`} licence={licence} />
          ))}
        </ul>
      )}
    </div>
  );
}
