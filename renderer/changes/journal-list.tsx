import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ChevronDown20Regular } from "@fluentui/react-icons/svg/chevron-down";
import { type ReactElement, useId, useState } from "react";
import type { JournalSummary } from "../../electron/contract/change.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { readableMoment } from "../ui/day.ts";
import { Panel } from "../ui/panel.tsx";
import { sentence } from "../ui/phrases.ts";
import { StatusIcon } from "../ui/status-icon.tsx";
import { useStatusWordStyle } from "../ui/status-word.ts";
import { ChangeList } from "./change-list.tsx";
import { interruptedIn, listedJournal } from "./journal-labels.ts";

/** How many journals are listed before the rest is asked for. */
const shownAtFirst = 5;

const useStyles = makeStyles({
  none: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  list: { margin: "0 -8px", padding: 0, listStyle: "none" },
  journal: { borderTop: `1px solid ${tokens.colorNeutralStroke3}`, ":first-child": { borderTop: "none" } },
  line: { display: "flex", alignItems: "center", gap: "8px", minHeight: "44px" },
  heading: { flexGrow: 1, minWidth: 0, margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: 400 },
  head: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "2px 12px",
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
  title: { fontWeight: 600 },
  when: { flexGrow: 1, color: tokens.colorNeutralForeground2 },
  chevron: { flexShrink: 0, color: tokens.colorNeutralForeground3, transition: "transform 150ms" },
  turned: { transform: "rotate(180deg)" },
  // All buttons end at the same line, whatever they say.
  action: { width: "104px", flexShrink: 0, display: "flex", justifyContent: "end" },
  reason: {
    margin: "-4px 8px 8px 40px",
    lineHeight: "20px",
    color: tokens.colorNeutralForeground2,
    overflowWrap: "anywhere",
  },
  details: { padding: "4px 8px 16px 40px" },
  id: {
    margin: "0 0 12px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
  },
  more: { marginTop: "8px" },
});

const labels = { putBack: "Undo", again: "Make again" } as const;

function JournalRow({
  journal,
  all,
}: {
  readonly journal: JournalSummary;
  readonly all: readonly JournalSummary[];
}): ReactElement {
  const styles = useStyles();
  const ask = useAssistant((store) => store.ask);
  const busy = useAssistant((store) => store.work !== null);
  const [expanded, setExpanded] = useState(false);
  const details = useId();
  const { title, status, word, offer } = listedJournal(journal, all);
  const wordStyle = useStatusWordStyle(status);
  const when = readableMoment(journal.at, "");
  // Nothing is put back while an interrupted change has not been ended.
  const offered = interruptedIn(all) === null ? offer : null;
  const damaged = journal.state === "damaged";
  return (
    <li className={styles.journal} data-journal={journal.id} data-state={journal.state}>
      <div className={styles.line}>
        <h3 className={styles.heading}>
          <button
            type="button"
            className={styles.head}
            aria-expanded={expanded}
            aria-controls={details}
            onClick={() => setExpanded(!expanded)}
          >
            <StatusIcon status={status} />
            <span className={styles.title}>{title}</span>
            <span className={styles.when}>
              {when}
              {journal.by !== undefined && (
                <>
                  , by <bdi>{journal.by}</bdi>
                </>
              )}
            </span>
            <span className={wordStyle}>{word}</span>
            <ChevronDown20Regular aria-hidden className={mergeClasses(styles.chevron, expanded && styles.turned)} />
          </button>
        </h3>
        <span className={styles.action}>
          {offered !== null && (
            <Button
              size="small"
              disabledFocusable={busy}
              aria-label={`${labels[offered]}: ${title}, ${when}`}
              onClick={() => ask({ what: offered, journal })}
            >
              {labels[offered]}
            </Button>
          )}
        </span>
      </div>
      {journal.reason !== null && <p className={styles.reason}>{sentence(journal.reason)}</p>}
      <div id={details} className={styles.details} hidden={!expanded}>
        {expanded && (
          <>
            <p className={styles.id}>
              {damaged
                ? `The file ${journal.id}.journal is not whole. ${journal.id}-undo.reg beside it holds what was there before.`
                : `Journal ${journal.id}`}
            </p>
            <ChangeList changes={journal.changes} />
          </>
        )}
      </div>
    </li>
  );
}

/** The journals of the server on show, newest first, each with what it changed and the way back. */
export function JournalList(): ReactElement | null {
  const styles = useStyles();
  const journals = useAssistant((store) => store.state?.changes.journals);
  const [unfolded, setUnfolded] = useState(false);
  if (journals === undefined) return null;
  const shown = unfolded ? journals : journals.slice(0, shownAtFirst);
  return (
    <Panel title="Changes so far">
      {journals.length === 0 ? (
        <p className={styles.none}>None. Every change is recorded first and can be put back.</p>
      ) : (
        <ul className={styles.list}>
          {shown.map((journal) => (
            <JournalRow key={journal.id} journal={journal} all={journals} />
          ))}
        </ul>
      )}
      {shown.length < journals.length && (
        <Button className={styles.more} size="small" appearance="subtle" onClick={() => setUnfolded(true)}>
          Show all {journals.length}
        </Button>
      )}
    </Panel>
  );
}
