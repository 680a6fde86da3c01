import { Button, Link, makeStyles, tokens } from "@fluentui/react-components";
import { lazy, type ReactElement, Suspense, useState } from "react";
import type { Finding } from "../../electron/contract/checklist.ts";
import { shownTarget, useAssistant } from "../store/assistant-store.ts";
import { AdviceList } from "../ui/advice-list.tsx";
import { readableDay } from "../ui/day.ts";
import { useElement } from "../ui/element.ts";
import { EvidenceTable } from "../ui/evidence-table.tsx";

const AcceptanceDialog = lazy(async () => ({ default: (await import("./acceptance-dialog.tsx")).AcceptanceDialog }));

const useStyles = makeStyles({
  details: { display: "flex", flexDirection: "column", gap: "12px" },
  title: { margin: "0 0 4px", fontSize: tokens.fontSizeBase200, lineHeight: "16px", fontWeight: 600 },
  grid: { display: "grid", gridTemplateColumns: "auto minmax(0, 1fr)", gap: "4px 16px", margin: 0 },
  term: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, overflowWrap: "anywhere" },
  plain: { margin: 0, paddingLeft: 0, listStyle: "none", display: "flex", flexDirection: "column", gap: "4px" },
  date: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  foot: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 12px" },
});

/** "What should it be and why" of a finding: the verdict's reasons, what to do, what was read, and where it is written. */
export function FindingDetails({ finding }: { readonly finding: Finding }): ReactElement {
  const styles = useStyles();
  const editTarget = useAssistant((store) => store.editTarget);
  const [accepting, setAccepting] = useState(false);
  const { element: button, hold } = useElement<HTMLButtonElement>();
  const { accepted } = finding;
  const close = (): void => {
    setAccepting(false);
    // After the dialog is gone: until then what is behind it cannot take the focus.
    setTimeout(() => button.current?.focus());
  };
  const withdraw = (): void => {
    const target = shownTarget(useAssistant.getState());
    editTarget({ accepted: target?.accepted?.filter((entry) => entry.finding !== finding.id) }, "now");
  };
  const acceptable = finding.status !== "done" && finding.status !== "notApplicable";
  return (
    <div className={styles.details}>
      <div>
        <h4 className={styles.title}>What should it be and why</h4>
        <dl className={styles.grid}>
          <dt className={styles.term}>Found</dt>
          <dd className={styles.value}>{finding.actual}</dd>
          <dt className={styles.term}>Wanted</dt>
          <dd className={styles.value}>{finding.expected}</dd>
        </dl>
      </div>
      {finding.advice.length > 0 && (
        <div>
          <h4 className={styles.title}>What to do</h4>
          <AdviceList advice={finding.advice} />
        </div>
      )}
      {finding.evidence.length > 0 && (
        <div>
          <h4 className={styles.title}>What was read</h4>
          <EvidenceTable evidence={finding.evidence} />
        </div>
      )}
      {finding.sources.length > 0 && (
        <div>
          <h4 className={styles.title}>Where it is written</h4>
          <ul className={styles.plain}>
            {finding.sources.map((source) => (
              <li key={source.url}>
                <Link href={source.url} target="_blank" rel="noreferrer" inline>
                  {source.title}
                </Link>{" "}
                <span className={styles.date}>looked at {readableDay(source.lookedAt)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {(acceptable || accepted !== null) && (
        <div className={styles.foot}>
          <Button ref={hold} size="small" onClick={accepted === null ? () => setAccepting(true) : withdraw}>
            {accepted === null ? "Accept as it is…" : "Withdraw acceptance"}
          </Button>
          {accepting && (
            <Suspense>
              <AcceptanceDialog finding={finding} onClose={close} />
            </Suspense>
          )}
        </div>
      )}
    </div>
  );
}
