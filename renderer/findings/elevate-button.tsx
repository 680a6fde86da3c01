import { Button, makeStyles } from "@fluentui/react-components";
import { ShieldTask20Regular } from "@fluentui/react-icons/svg/shield-task";
import type { ReactElement } from "react";
import type { Finding } from "../../electron/contract/checklist.ts";
import { useAssistant } from "../store/assistant-store.ts";

const useStyles = makeStyles({ button: { marginTop: "8px" } });

/** Looks again as an administrator, beside a finding that could not be read without; nothing beside any other. */
export function ElevateButton({ finding }: { readonly finding: Finding }): ReactElement | null {
  const styles = useStyles();
  const lookElevated = useAssistant((store) => store.lookElevated);
  const busy = useAssistant((store) => store.work !== null);
  const { kind, ready } = finding.remedy;
  // That the program runs without those rights is no fault to be mended by a look.
  if (kind !== "elevate" || !ready || finding.status !== "unknown") return null;
  return (
    <Button
      className={styles.button}
      size="small"
      icon={<ShieldTask20Regular />}
      data-look-elevated
      aria-label={`Look as administrator: ${finding.title}`}
      disabledFocusable={busy}
      onClick={() => void lookElevated()}
    >
      Look as administrator
    </Button>
  );
}
