import { Button, makeStyles } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { FindingId } from "../../electron/contract/checklist.ts";
import { useAssistant } from "../store/assistant-store.ts";

const useStyles = makeStyles({ button: { marginTop: "8px" } });

/** What the button of a finding says that offers values of its own. */
const words: Partial<Record<FindingId, string>> = {
  "server.service": "Undo TLS 1.0 alone…",
  "verify.service": "Undo TLS 1.0 alone…",
};

/** Opens the question about the values a finding offers; nothing where it offers none, or none can be set from here. */
export function OfferButton({ finding }: { readonly finding: FindingId }): ReactElement | null {
  const styles = useStyles();
  const ask = useAssistant((store) => store.ask);
  const busy = useAssistant((store) => store.work !== null);
  const isOffered = useAssistant(
    ({ state }) =>
      state !== null && state.changes.refusal === null && state.changes.offers.some((one) => one.finding === finding),
  );
  if (!isOffered) return null;
  return (
    <Button
      className={styles.button}
      size="small"
      disabledFocusable={busy}
      onClick={() => ask({ what: "offer", finding })}
    >
      {words[finding] ?? "Set the value…"}
    </Button>
  );
}
