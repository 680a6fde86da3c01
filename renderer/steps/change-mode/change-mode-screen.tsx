import { Link, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ChevronDown20Regular } from "@fluentui/react-icons/svg/chevron-down";
import { type ReactElement, useId, useState } from "react";
import type { StepId } from "../../../electron/contract/checklist.ts";
import { useAssistant } from "../../app/assistant-store.ts";
import { screenName } from "../../app/screens.ts";
import { stepWord } from "../../app/step-word.ts";
import { CodeLine } from "../../parts/code-line.tsx";
import { Columns } from "../../parts/columns.tsx";
import { FindingList } from "../../parts/finding-list.tsx";
import { Panel } from "../../parts/panel.tsx";
import { StatusIcon } from "../../parts/status-icon.tsx";
import { useTargetField } from "../../parts/target-field.ts";
import { pageNotes } from "../../wizard/installer-pages.ts";

const useStyles = makeStyles({
  text: { margin: "0 0 8px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  ready: { listStyle: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column", gap: "8px" },
  entry: { display: "flex", alignItems: "center", gap: "8px" },
  grow: { flexGrow: 1 },
  word: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  pages: { listStyle: "none", margin: 0, padding: 0 },
  page: {
    display: "grid",
    gridTemplateColumns: "28px minmax(0, 1fr)",
    padding: "8px 0",
    lineHeight: "20px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ":last-child": { borderBottom: "none" },
  },
  number: { color: tokens.colorNeutralForeground2 },
  note: { display: "block", color: tokens.colorNeutralForeground2 },
  fold: {
    display: "flex",
    alignItems: "center",
    gap: "8px",
    padding: "4px 8px",
    margin: "4px 0 0 -8px",
    border: "none",
    borderRadius: tokens.borderRadiusMedium,
    background: "transparent",
    color: tokens.colorBrandForegroundLink,
    font: "inherit",
    cursor: "pointer",
    ":hover": { backgroundColor: tokens.colorSubtleBackgroundHover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  turned: { transform: "rotate(180deg)" },
});

/** What is better settled before the installer runs. */
const before: readonly StepId[] = ["server", "exchange", "tls", "azureIds", "serviceAccount"];

/** The pages on which something is chosen or typed; on the others it is Next. */
const deciding: readonly number[] = [2, 5, 7, 8, 9, 10, 18];

function Readiness(): ReactElement | null {
  const styles = useStyles();
  const state = useAssistant((store) => store.state);
  if (state === null) return null;
  return (
    <ul className={styles.ready}>
      {before.map((id) => {
        const { status, word } = stepWord(state, id);
        return (
          <li key={id} className={styles.entry}>
            <StatusIcon status={status} />
            <span className={styles.grow}>
              <Link href={`#${id}`}>{screenName(id)}</Link>
            </span>
            <span className={styles.word}>{word}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Pages(): ReactElement | null {
  const styles = useStyles();
  const mailServer = useTargetField("mailServer");
  const authentication = useTargetField("authentication");
  const [all, setAll] = useState(false);
  const list = useId();
  if (mailServer === undefined || authentication === undefined) return null;
  const notes = pageNotes({ mailServer, authentication });
  const shown = all ? notes : notes.filter(({ page }) => deciding.includes(page));
  return (
    <>
      <ol id={list} className={styles.pages}>
        {shown.map(({ page, title, note, step }) => (
          <li key={page} className={styles.page} value={page}>
            <span className={styles.number}>{page}</span>
            <span>
              <b>{title}</b>
              <span className={styles.note}>
                {note}
                {step !== undefined && (
                  <>
                    {" "}
                    <Link href={`#${step}`} inline>
                      {screenName(step)}
                    </Link>
                  </>
                )}
              </span>
            </span>
          </li>
        ))}
      </ol>
      <button
        type="button"
        className={styles.fold}
        aria-expanded={all}
        aria-controls={list}
        onClick={() => setAll(!all)}
      >
        {all ? "Only pages that decide something" : `All ${notes.length} pages`}
        <ChevronDown20Regular aria-hidden className={mergeClasses(all && styles.turned)} />
      </button>
    </>
  );
}

/** How to start the installer, whether it has run, and what it will ask. */
export function ChangeModeScreen(): ReactElement {
  const styles = useStyles();
  const command = useAssistant((store) => store.state?.found.changeCommand ?? null);
  return (
    <Columns
      main={
        <>
          <Panel title="Start the installer">
            {command === null ? (
              <p className={styles.text}>The command cannot be built yet; the finding below says what is missing.</p>
            ) : (
              <>
                <p className={styles.text}>
                  Run this on the server, in a command prompt started as an administrator. It changes the installation;
                  it does not remove it.
                </p>
                <CodeLine text={command} what="Change mode command" />
              </>
            )}
          </Panel>
          <FindingList step="changeMode" />
          <Panel title="What the installer asks">
            <Pages />
          </Panel>
        </>
      }
      aside={
        <Panel title="Better settled first">
          <Readiness />
        </Panel>
      }
    />
  );
}
