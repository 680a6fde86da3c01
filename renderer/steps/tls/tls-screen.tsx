import { makeStyles, Radio, RadioGroup, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { isConfirmed, tlsProfiles } from "../../../electron/contract/target.ts";
import { JournalList } from "../../changes/journal-list.tsx";
import { hasCosts, openCosts } from "../../changes/tls-costs.ts";
import { FindingList } from "../../findings/finding-list.tsx";
import { ActsPanel } from "../../practice/acts-panel.tsx";
import { useAssistant } from "../../store/assistant-store.ts";
import { useConfirming } from "../../store/confirming.ts";
import { useFinding } from "../../store/finding.ts";
import { useTargetField } from "../../store/target-field.ts";
import { Columns } from "../../ui/columns.tsx";
import { Confirmation } from "../../ui/confirmation.tsx";
import { Panel } from "../../ui/panel.tsx";
import { TlsTable } from "./tls-table.tsx";

const useStyles = makeStyles({
  choice: { display: "block", fontWeight: 600, color: tokens.colorNeutralForeground1 },
  hint: { display: "block", color: tokens.colorNeutralForeground2, lineHeight: "20px" },
  costs: {
    margin: "0 0 8px",
    paddingLeft: "20px",
    display: "flex",
    flexDirection: "column",
    gap: "6px",
    lineHeight: "20px",
  },
});

/** Every value that decides which TLS this server speaks, how far to go, and what was changed so far. */
export function TlsScreen(): ReactElement | null {
  const costsBox = useConfirming("tlsCostsConfirmed");
  const styles = useStyles();
  const profile = useTargetField("tlsProfile");
  const confirmed = isConfirmed(useTargetField("tlsCostsConfirmed"));
  const editTarget = useAssistant((store) => store.editTarget);
  const costs = useFinding("tls.costs");
  const plan = useAssistant((store) => store.state?.changes.plan.rows);
  if (plan === undefined || profile === undefined || costs === undefined) return null;
  const weighed = openCosts(costs);
  // Once they are off there is nothing left to weigh, and nothing to take back.
  const goingOff = plan.some(({ finding }) => hasCosts(finding));
  return (
    <Columns
      main={
        <>
          <TlsTable />
          <JournalList />
          <FindingList
            step="tls"
            only={["tls.ciphers", "tls.dotnet.update", "tls.costs", "tls.restart"]}
            title="Also check"
          />
        </>
      }
      aside={
        <>
          <Panel title="Scope" holds="allServers">
            <RadioGroup
              aria-label="Scope"
              value={profile}
              onChange={(_event, data) => {
                const chosen = tlsProfiles.find((one) => one === data.value);
                if (chosen !== undefined) editTarget({ tlsProfile: chosen }, "now");
              }}
            >
              <Radio
                value="guide"
                label={
                  <>
                    <span className={styles.choice}>As in the guide</span>
                    <span className={styles.hint}>TLS 1.2 on, 1.0 and 1.1 off, strong cryptography</span>
                  </>
                }
              />
              <Radio
                value="minimum"
                label={
                  <>
                    <span className={styles.choice}>Only what mail needs</span>
                    <span className={styles.hint}>TLS 1.0 and 1.1 stay as they are</span>
                  </>
                }
              />
            </RadioGroup>
          </Panel>
          {profile === "guide" && (weighed.length > 0 || (confirmed && goingOff)) && (
            <Panel title="Before TLS 1.0 and 1.1 go off" tone="note" holds="thisServer">
              {weighed.length > 0 && (
                <ol className={styles.costs}>
                  {weighed.map((cost) => (
                    <li key={cost}>{cost}</li>
                  ))}
                </ol>
              )}
              <Confirmation label="I have checked these" {...costsBox} />
            </Panel>
          )}
          <ActsPanel />
        </>
      }
    />
  );
}
