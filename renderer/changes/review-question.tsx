import { Button, Checkbox, DialogActions, DialogContent, makeStyles, tokens } from "@fluentui/react-components";
import { type ReactElement, type ReactNode, useRef, useState } from "react";
import type { PlanRow } from "../../electron/contract/change.ts";
import type { FindingId } from "../../electron/contract/checklist.ts";
import { isConfirmed } from "../../electron/contract/target.ts";
import { useAssistant } from "../store/assistant-store.ts";
import type { ChangeRequest } from "../store/change-request.ts";
import { useConfirming } from "../store/confirming.ts";
import { useFinding } from "../store/finding.ts";
import { useTargetField } from "../store/target-field.ts";
import { Confirmation } from "../ui/confirmation.tsx";
import { Panel } from "../ui/panel.tsx";
import { counted } from "../ui/phrases.ts";
import { PhaseBody } from "./phase-body.tsx";
import { PhaseTitle } from "./phase-title.tsx";
import { ReviewRows } from "./review-rows.tsx";
import { takenWith } from "./taken-with.ts";
import { hasCosts, openCosts } from "./tls-costs.ts";

const useStyles = makeStyles({
  content: { containerType: "inline-size", padding: "4px 0" },
  columns: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr)",
    alignItems: "start",
    gap: "16px 24px",
    "@container (min-width: 720px)": { gridTemplateColumns: "minmax(0, 1fr) 288px" },
  },
  lead: { margin: "0 0 8px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  all: { marginLeft: "-8px" },
  strong: { fontWeight: 600, color: tokens.colorNeutralForeground1 },
  // Beside the list, what is to be decided stays in sight.
  aside: {
    display: "flex",
    flexDirection: "column",
    gap: "12px",
    "@container (min-width: 720px)": { position: "sticky", top: 0 },
  },
  costs: {
    margin: "0 0 4px",
    paddingLeft: "20px",
    display: "flex",
    flexDirection: "column",
    gap: "4px",
    lineHeight: "20px",
  },
  box: { margin: "0 0 0 -8px" },
  fault: { margin: "0 0 0 28px", lineHeight: "20px", color: tokens.colorStatusDangerForeground1, fontWeight: 600 },
  option: { display: "flex", flexDirection: "column", margin: "0 0 8px -8px", ":last-child": { marginBottom: 0 } },
  label: { color: tokens.colorNeutralForeground1 },
  hint: {
    margin: "-4px 0 0 36px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
  },
  unread: { margin: 0, padding: 0, listStyle: "none", display: "flex", flexDirection: "column", gap: "8px" },
  address: {
    display: "block",
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    overflowWrap: "anywhere",
  },
});

function Option({
  label,
  checked,
  onChange,
  children,
}: {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
}): ReactElement {
  const styles = useStyles();
  return (
    <div className={styles.option}>
      <Checkbox
        label={<span className={styles.label}>{label}</span>}
        checked={checked}
        onChange={(_event, data) => onChange(data.checked === true)}
      />
      <p className={styles.hint}>{children}</p>
    </div>
  );
}

/** Every planned change before it is made: rows can be taken out, and what turning TLS 1.0 and 1.1 off costs is weighed. */
export function ReviewQuestion({
  only,
  onStart,
  onClose,
}: {
  /** Only the changes for these findings are ticked at first; all where it is missing. */
  readonly only?: readonly FindingId[] | undefined;
  readonly onStart: (request: ChangeRequest) => void;
  readonly onClose: () => void;
}): ReactElement | null {
  const confirming = useConfirming("tlsCostsConfirmed");
  const styles = useStyles();
  const plan = useAssistant((store) => store.state?.changes.plan);
  const server = useAssistant((store) => store.state?.server);
  const findings = useAssistant((store) => store.state?.checklist.steps.find(({ id }) => id === "tls")?.findings);
  const tlsRows = useAssistant((store) => store.state?.found.tls);
  const busy = useAssistant((store) => store.work !== null);
  const confirmed = isConfirmed(useTargetField("tlsCostsConfirmed"));
  const costsNow = openCosts(useFinding("tls.costs"));
  // Confirming empties the finding's own list; the box stays with what it stands for.
  const [costs] = useState(costsNow);
  const [left, setLeft] = useState<ReadonlySet<string>>(
    () =>
      new Set(plan?.rows.filter(({ finding }) => only !== undefined && !only.includes(finding)).map(({ id }) => id)),
  );
  const [copyConfig, setCopyConfig] = useState(false);
  const [restartService, setRestartService] = useState(false);
  const [pressed, setPressed] = useState(false);
  const costsBox = useRef<HTMLDivElement>(null);
  if (plan === undefined || server === undefined || findings === undefined || tlsRows === undefined) return null;
  const chosen = plan.rows.filter(({ id }) => !left.has(id));
  const weighing = costs.length > 0 && chosen.some(({ finding }) => hasCosts(finding));
  const choose = (id: string, take: boolean): void => {
    const next = new Set(left);
    for (const one of takenWith(id, plan.rows)) {
      if (take) next.delete(one);
      else next.add(one);
    }
    setLeft(next);
  };
  const make = (): void => {
    setPressed(true);
    if (weighing && !confirmed) {
      costsBox.current?.querySelector("input")?.focus();
      return;
    }
    onStart({ what: "apply", ids: chosen.map(({ id }) => id), copyConfig, restartService });
  };
  const all = plan.rows.length;
  return (
    <PhaseBody phase="review">
      <PhaseTitle follows={false}>
        Review {chosen.length === all ? counted(all, "value") : `${chosen.length} of ${counted(all, "value")}`}
      </PhaseTitle>
      <DialogContent className={styles.content}>
        <div className={styles.columns}>
          <div>
            <p className={styles.lead}>
              On <b>{server.computer}</b> ({server.label}). What stands there is recorded first, each value is read
              back, and the first failure puts everything back.
            </p>
            <Checkbox
              className={styles.all}
              label={
                <span className={styles.strong}>
                  {chosen.length === all
                    ? `All ${counted(all, "value")}`
                    : `${chosen.length} of ${counted(all, "value")}`}
                </span>
              }
              checked={chosen.length === all ? true : chosen.length === 0 ? false : "mixed"}
              onChange={() => setLeft(new Set(chosen.length === all ? plan.rows.map(({ id }) => id) : []))}
            />
            {tlsRows.map(({ finding: id }) => {
              const finding = findings.find((candidate) => candidate.id === id);
              const [first, ...rest] = plan.rows.filter((row: PlanRow) => row.finding === id);
              return finding === undefined || first === undefined ? null : (
                <ReviewRows key={id} finding={finding} rows={[first, ...rest]} left={left} onChoose={choose} />
              );
            })}
          </div>
          <div className={styles.aside}>
            {weighing && (
              <Panel dense title="Before TLS 1.0 and 1.1 go off" tone="note">
                <ol className={styles.costs}>
                  {costs.map((cost) => (
                    <li key={cost}>{cost}</li>
                  ))}
                </ol>
                <div ref={costsBox} className={styles.box}>
                  <Confirmation label="I have checked these" {...confirming} />
                  {pressed && !confirmed && (
                    <p role="alert" className={styles.fault}>
                      Confirm this first, or take those rows out.
                    </p>
                  )}
                </div>
              </Panel>
            )}
            <Panel dense title="Options">
              <Option label="Copy the service’s configuration file first" checked={copyConfig} onChange={setCopyConfig}>
                Change mode may overwrite what was edited in it by hand.
              </Option>
              <Option label="Restart the MIM Service afterwards" checked={restartService} onChange={setRestartService}>
                Until it starts anew, it keeps the old values.
              </Option>
            </Panel>
            {plan.notKnown.length > 0 && (
              <Panel dense title={`${counted(plan.notKnown.length, "value")} left alone`}>
                <p className={styles.lead}>What stands there could not be read.</p>
                <ul className={styles.unread}>
                  {plan.notKnown.map(({ id, address, reason }) => (
                    <li key={id}>
                      <code className={styles.address}>{address}</code>
                      {reason}
                    </li>
                  ))}
                </ul>
              </Panel>
            )}
          </div>
        </div>
      </DialogContent>
      <DialogActions>
        <Button appearance="primary" disabledFocusable={busy || chosen.length === 0} onClick={make}>
          Set {counted(chosen.length, "value")}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </DialogActions>
    </PhaseBody>
  );
}
