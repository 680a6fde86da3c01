import { Button, makeStyles } from "@fluentui/react-components";
import { ShieldTask20Regular } from "@fluentui/react-icons/svg/shield-task";
import type { ReactElement } from "react";
import type { Finding } from "../../electron/contract/checklist.ts";
import { useAssistant } from "../store/assistant-store.ts";

const useStyles = makeStyles({ buttons: { display: "flex", flexWrap: "wrap", gap: "8px", marginTop: "8px" } });

/**
 * The two ways to an administrator's rights, beside a finding that needs them: one more look with them, where something
 * could not be read, and the program opened anew with them. The second where the rights are wanted for long: beside the
 * finding about them, and on Verify, which looks every minute.
 */
export function ElevateButton({ finding }: { readonly finding: Finding }): ReactElement | null {
  const styles = useStyles();
  const lookElevated = useAssistant((store) => store.lookElevated);
  const openElevated = useAssistant((store) => store.openElevated);
  const busy = useAssistant((store) => store.work !== null);
  const { kind, ready } = finding.remedy;
  if (kind !== "elevate" || !ready) return null;
  const looks = finding.status === "unknown";
  const opens = !looks || finding.id.startsWith("verify.");
  return (
    <div className={styles.buttons}>
      {looks && (
        <Button
          size="small"
          icon={<ShieldTask20Regular />}
          data-look-elevated
          aria-label={`Look as administrator: ${finding.title}`}
          disabledFocusable={busy}
          onClick={() => void lookElevated()}
        >
          Look as administrator
        </Button>
      )}
      {opens && (
        <Button
          size="small"
          {...(looks ? { appearance: "subtle" as const } : { icon: <ShieldTask20Regular /> })}
          data-open-elevated
          aria-label={`Open as administrator: ${finding.title}`}
          disabledFocusable={busy}
          onClick={() => void openElevated()}
        >
          Open as administrator
        </Button>
      )}
    </div>
  );
}
