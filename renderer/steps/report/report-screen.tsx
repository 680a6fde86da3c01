import { Link, makeStyles, tokens } from "@fluentui/react-components";
import { lazy, type ReactElement, Suspense } from "react";
import type { Step } from "../../../electron/contract/checklist.ts";
import { type Status, statuses, statusWords } from "../../../electron/contract/status.ts";
import { AcceptedFindings } from "../../report/accepted-findings.tsx";
import { BeforeAndNow } from "../../report/before-and-now.tsx";
import { ReportOptionsPanel } from "../../report/report-options.tsx";
import { panelId, ReportTabs, tabId } from "../../report/report-tabs.tsx";
import { useReportWork } from "../../report/report-work.ts";
import { SavedForms } from "../../report/saved-forms.tsx";
import { ServersSideBySide } from "../../report/servers-side-by-side.tsx";
import { useAssistant } from "../../store/assistant-store.ts";
import { screenTitle } from "../../store/screens.ts";
import { readableDay } from "../../ui/day.ts";
import { Panel } from "../../ui/panel.tsx";
import { StatusIcon } from "../../ui/status-icon.tsx";
import { useStatusWordStyle } from "../../ui/status-word.ts";

const ReportPreview = lazy(async () => ({
  default: (await import("../../report/report-preview.tsx")).ReportPreview,
}));

const useStyles = makeStyles({
  verdict: {
    display: "flex",
    alignItems: "center",
    gap: "12px",
    margin: "0 0 16px",
    fontSize: tokens.fontSizeBase400,
    lineHeight: "22px",
  },
  table: { width: "100%", borderCollapse: "collapse", lineHeight: "20px" },
  head: {
    padding: "6px 12px 6px 0",
    textAlign: "left",
    fontSize: tokens.fontSizeBase200,
    fontWeight: 600,
    color: tokens.colorNeutralForeground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  cell: {
    padding: "8px 12px 8px 0",
    textAlign: "left",
    fontWeight: 400,
    verticalAlign: "top",
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  state: { display: "flex", alignItems: "center", gap: "8px", whiteSpace: "nowrap" },
  text: { margin: "0 0 16px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  column: { display: "flex", flexDirection: "column", gap: "16px" },
});

const verdicts: Readonly<Record<Status, string>> = {
  action: "Not ready: something must be changed.",
  unknown: "Not certain: something could not be read.",
  pending: "Not finished: something waits for you.",
  attention: "All done, with risks or decisions to know of.",
  done: "All done.",
  notApplicable: "Nothing applies to this server.",
};

/** How many findings of each status a step has, worst first, accepted ones apart: "2 to change, 4 done". */
function countsOf(step: Step): string {
  const counted = statuses
    .map((status) => ({
      status,
      count: step.findings.filter((finding) => finding.status === status && finding.accepted === null).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${statusWords[status].toLowerCase()}`);
  const accepted = step.findings.filter((finding) => finding.accepted !== null).length;
  return [...counted, ...(accepted > 0 ? [`${accepted} accepted`] : [])].join(", ");
}

function StepRow({ step }: { readonly step: Step }): ReactElement {
  const styles = useStyles();
  const word = useStatusWordStyle(step.status);
  return (
    <tr>
      <th scope="row" className={styles.cell}>
        <Link href={`#${step.id}`}>{screenTitle(step.id)}</Link>
      </th>
      <td className={styles.cell}>
        <span className={styles.state}>
          <StatusIcon status={step.status} />
          <span className={word}>{statusWords[step.status]}</span>
        </span>
      </td>
      <td className={styles.cell}>{countsOf(step)}</td>
    </tr>
  );
}

function Summary(): ReactElement | null {
  const styles = useStyles();
  const checklist = useAssistant((store) => store.state?.checklist);
  const server = useAssistant((store) => store.state?.server);
  if (checklist === undefined || server === undefined) return null;
  return (
    <Panel title="Summary">
      <p className={styles.verdict}>
        <StatusIcon status={checklist.verdict} />
        <span>
          <b>{statusWords[checklist.verdict]}.</b> {verdicts[checklist.verdict]}
        </span>
      </p>
      <p className={styles.text}>
        {server.label}: {server.computer}, judged on {readableDay(checklist.today)}
      </p>
      <table className={styles.table} aria-label="Steps">
        <thead>
          <tr>
            <th scope="col" className={styles.head}>
              Step
            </th>
            <th scope="col" className={styles.head}>
              Status
            </th>
            <th scope="col" className={styles.head}>
              Findings
            </th>
          </tr>
        </thead>
        <tbody>
          {checklist.steps.map((step) => (
            <StepRow key={step.id} step={step} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

/** What the report will say, what became of the findings, and how other servers stand; saving is the window's last button. */
export function ReportScreen(): ReactElement {
  const styles = useStyles();
  const part = useReportWork((work) => work.part);
  const preview = useReportWork((work) => work.preview);
  const closePreview = useReportWork((work) => work.closePreview);
  return (
    <>
      <ReportTabs />
      <div id={panelId} role="tabpanel" aria-labelledby={tabId(part)}>
        {part === "report" && (
          <div className={styles.column}>
            <ReportOptionsPanel />
            <SavedForms />
            <Summary />
            <AcceptedFindings />
          </div>
        )}
        {part === "before" && <BeforeAndNow />}
        {part === "servers" && <ServersSideBySide />}
      </div>
      {typeof preview === "object" && (
        <Suspense>
          <ReportPreview
            html={preview.html}
            onClose={() => {
              closePreview();
              // After the dialog is gone: until then what is behind it cannot take the focus.
              setTimeout(() => document.querySelector<HTMLElement>("[data-preview]")?.focus());
            }}
          />
        </Suspense>
      )}
    </>
  );
}
