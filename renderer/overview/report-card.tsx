import { Button } from "@fluentui/react-components";
import { type ReactElement, useState } from "react";
import type { State } from "../../electron/contract/state.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { Card } from "./card.tsx";
import { saveReport } from "./save-report.ts";

/** The last thing of the job: the report for change control, saved in the forms that were chosen before. */
export function ReportCard({ state }: { readonly state: State }): ReactElement {
  const saved = useAssistant((store) => store.reported !== null && store.reported === state.checklist);
  const [saving, setSaving] = useState(false);
  const save = async (): Promise<void> => {
    setSaving(true);
    await saveReport();
    setSaving(false);
  };
  return (
    <Card
      done
      title={saved ? "The report is saved" : "Last: the report for change control"}
      text="What was found, what was changed and when, and how to put it back. No secret is in it."
      data={{ "data-next-step": "report" }}
    >
      <Button
        appearance={saved ? "secondary" : "primary"}
        disabledFocusable={saving}
        data-save-report
        onClick={() => void save()}
      >
        {saving ? "Saving…" : saved ? "Save again" : "Save report"}
      </Button>
    </Card>
  );
}
