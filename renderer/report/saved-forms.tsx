import { Button, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { FolderOpen20Regular } from "@fluentui/react-icons/svg/folder-open";
import type { ReactElement } from "react";
import { useAssistant } from "../store/assistant-store.ts";
import { handedOutWords } from "../store/handed-out-labels.ts";
import { Panel } from "../ui/panel.tsx";
import { StatusIcon } from "../ui/status-icon.tsx";
import { formatWords } from "./report-choice.ts";
import { isSaved, serverKey, useReportWork } from "./report-work.ts";

const useStyles = makeStyles({
  list: {
    margin: 0,
    padding: 0,
    listStyle: "none",
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(min(280px, 100%), 1fr))",
    gap: "8px 16px",
  },
  form: { display: "grid", gridTemplateColumns: "20px minmax(0, 1fr)", gap: "0 8px", lineHeight: "20px" },
  file: {
    gridColumn: 2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
    overflowWrap: "anywhere",
  },
  folder: { marginTop: "12px" },
});

/** What the last press of Save came to, form by form, and the way to the folder where there is one. */
export function SavedForms(): ReactElement | null {
  const styles = useStyles();
  const saved = useReportWork((work) => work.saved);
  const savedOf = useReportWork((work) => work.savedOf);
  const shown = useAssistant(({ state }) => (state === null ? null : serverKey(state.server)));
  const saving = useReportWork((work) => work.saving);
  const inProgram = useAssistant((store) => store.host === "program");
  const request = useAssistant((store) => store.request);
  if (savedOf !== shown || (saved.length === 0 && saving === null)) return null;
  return (
    <Panel title="What became of it">
      <ul className={styles.list}>
        {saved.map((form) => (
          <li key={form.format} className={styles.form} data-saved={isSaved(form) ? form.format : "failed"}>
            <StatusIcon status={isSaved(form) ? "done" : "action"} />
            <span>
              {formatWords[form.format].name}: {handedOutWords[form.file?.ended ?? "failed"]}
            </span>
            <span className={styles.file}>
              {form.file === null || form.file.ended === "failed" ? "The message at the top says why." : form.file.name}
            </span>
          </li>
        ))}
        {saving !== null && (
          <li className={styles.form}>
            <Spinner size="extra-tiny" aria-hidden />
            <span>{formatWords[saving].name}: being made</span>
          </li>
        )}
      </ul>
      {/* A browser does not tell where it puts a file. */}
      {inProgram && saving === null && saved.some(isSaved) && (
        <Button
          className={styles.folder}
          size="small"
          icon={<FolderOpen20Regular />}
          onClick={() => void request((bridge) => bridge.showSaved(null))}
        >
          Show in folder
        </Button>
      )}
    </Panel>
  );
}
