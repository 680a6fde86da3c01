import { Button, makeStyles } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { useAssistant } from "../store/assistant-store.ts";
import { formatWords, saveLabel, useReportChoice } from "./report-choice.ts";
import { useReportWork } from "./report-work.ts";

const useStyles = makeStyles({ button: { whiteSpace: "nowrap" } });

/** The report's way on: to look at it, and to save it in the forms that were chosen. */
export function ReportFooter(): ReactElement {
  const styles = useStyles();
  const ready = useAssistant((store) => store.state !== null);
  const choice = useReportChoice();
  const saving = useReportWork((work) => work.saving);
  const preview = useReportWork((work) => work.preview);
  const save = useReportWork((work) => work.save);
  const openPreview = useReportWork((work) => work.openPreview);
  const none = choice.formats.length === 0;
  return (
    <>
      <Button
        className={styles.button}
        disabledFocusable={!ready || preview !== "none"}
        data-preview
        onClick={() => void openPreview(choice)}
      >
        {preview === "making" ? "Making the preview…" : "Preview"}
      </Button>
      <Button
        className={styles.button}
        appearance="primary"
        disabledFocusable={!ready || none || saving !== null}
        {...(none ? { title: "Choose at least one form first" } : {})}
        data-save
        onClick={() => void save(choice)}
      >
        {saving === null ? saveLabel(choice.formats) : `Saving ${formatWords[saving].name}…`}
      </Button>
    </>
  );
}
