import { Button, makeStyles } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { Finding } from "../../electron/contract/checklist.ts";
import { useRelayRun } from "../store/relay-run.ts";

const useStyles = makeStyles({ button: { marginTop: "8px" } });

/** Asks the relay, beside a finding that this settles; nothing beside any other. */
export function RelayButton({ finding }: { readonly finding: Finding }): ReactElement | null {
  const styles = useStyles();
  const running = useRelayRun((store) => store.running !== null);
  const ask = useRelayRun((store) => store.ask);
  if (finding.remedy.kind !== "relayCheck" || !finding.remedy.ready) return null;
  return (
    <Button
      className={styles.button}
      size="small"
      data-ask-relay={finding.id}
      aria-label={`Ask the relay: ${finding.title}`}
      disabledFocusable={running}
      onClick={() => void ask()}
    >
      Ask the relay
    </Button>
  );
}
