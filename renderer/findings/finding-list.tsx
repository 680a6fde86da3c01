import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ChevronDown20Regular } from "@fluentui/react-icons/svg/chevron-down";
import { type ReactElement, useEffect, useId, useState } from "react";
import type { Finding, FindingId, StepId } from "../../electron/contract/checklist.ts";
import { worstStatus } from "../../electron/contract/status.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { StatusIcon } from "../ui/status-icon.tsx";
import { FindingRow } from "./finding-row.tsx";

const useStyles = makeStyles({
  panel: {
    padding: "8px 12px",
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  heading: { margin: "8px 8px 4px", fontSize: tokens.fontSizeBase300, lineHeight: "20px", fontWeight: 600 },
  list: { margin: 0, padding: 0 },
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
    color: tokens.colorNeutralForeground2,
    font: "inherit",
    textAlign: "left",
    cursor: "pointer",
    ":hover": { backgroundColor: tokens.colorNeutralBackground2 },
    ":active": { backgroundColor: tokens.colorNeutralBackground3 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  grow: { flexGrow: 1 },
  chevron: { flexShrink: 0, transition: "transform 150ms" },
  turned: { transform: "rotate(180deg)" },
});

const settled = (finding: Finding): boolean => finding.status === "done" || finding.status === "notApplicable";

/** How many of some findings are done and do not apply, in words: "5 done, 2 not applicable". */
function countsOf(findings: readonly Finding[]): string {
  const count = (status: Finding["status"]): number => findings.filter((finding) => finding.status === status).length;
  const done = count("done");
  const notApplicable = count("notApplicable");
  const open = findings.length - done - notApplicable;
  return [
    ...(open > 0 ? [`${open} open`] : []),
    ...(done > 0 ? [`${done} done`] : []),
    ...(notApplicable > 0 ? [`${notApplicable} not applicable`] : []),
  ].join(", ");
}

/**
 * The findings of a step: what is open first, in the checklist's order; what is done folded together below. Which
 * finding stands where is settled when the screen is entered and not changed by a new look, so that nothing moves
 * under the reader and no focus is lost.
 */
function Findings({ findings }: { readonly findings: readonly Finding[] }): ReactElement {
  const styles = useStyles();
  const [open] = useState<ReadonlySet<FindingId>>(
    () => new Set(findings.filter((finding) => !settled(finding)).map((finding) => finding.id)),
  );
  const below = findings.filter((finding) => !open.has(finding.id));
  const above = findings.filter((finding) => open.has(finding.id));
  const [unfolded, setUnfolded] = useState(false);
  const fold = useId();
  // What becomes open again is shown, and stays so when it is done once more: a row that has the focus never goes.
  const reopened = below.some((finding) => !settled(finding));
  useEffect(() => {
    if (reopened) setUnfolded(true);
  }, [reopened]);
  const shown = unfolded || reopened;
  return (
    <>
      {above.length > 0 && (
        <ul className={styles.list}>
          {above.map((finding) => (
            <FindingRow key={finding.id} finding={finding} />
          ))}
        </ul>
      )}
      {below.length > 0 && (
        <>
          <button
            type="button"
            className={styles.fold}
            aria-expanded={shown}
            aria-controls={fold}
            onClick={() => setUnfolded(!shown)}
          >
            <StatusIcon status={reopened ? worstStatus(below.map(({ status }) => status)) : "done"} />
            <span className={styles.grow}>{countsOf(below)}</span>
            <ChevronDown20Regular aria-hidden className={mergeClasses(styles.chevron, shown && styles.turned)} />
          </button>
          <ul id={fold} className={styles.list} hidden={!shown}>
            {shown && below.map((finding) => <FindingRow key={finding.id} finding={finding} />)}
          </ul>
        </>
      )}
    </>
  );
}

/** The findings of a step, or those of them that a screen does not show in a form of its own. */
export function FindingList({
  step,
  only,
  title = "Findings",
}: {
  readonly step: StepId;
  readonly only?: readonly FindingId[];
  readonly title?: string;
}): ReactElement | null {
  const styles = useStyles();
  const heading = useId();
  const server = useAssistant((store) => store.state?.server);
  const all = useAssistant((store) => store.state?.checklist.steps.find(({ id }) => id === step)?.findings);
  const findings = all?.filter((finding) => only === undefined || only.includes(finding.id)) ?? [];
  if (server === undefined || findings.length === 0) return null;
  return (
    <section className={styles.panel} aria-labelledby={heading}>
      <h2 id={heading} className={styles.heading}>
        {title}
      </h2>
      <Findings key={`${server.kind} ${server.label} ${server.computer}`} findings={findings} />
    </section>
  );
}
