import { Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { isConfirmed } from "../../electron/contract/target.ts";
import { useAssistant } from "../app/assistant-store.ts";
import { useTargetField } from "./target-field.ts";

const useStyles = makeStyles({ label: { color: tokens.colorNeutralForeground1 } });

/** Something only the administrator can know, to be confirmed. */
export function Confirmation({
  field,
  label,
}: {
  readonly field: "backupConfirmed" | "allowListConfirmed" | "mailboxConfirmed" | "tlsCostsConfirmed";
  readonly label: string;
}): ReactElement {
  const styles = useStyles();
  const editTarget = useAssistant((store) => store.editTarget);
  const today = useAssistant((store) => store.state?.checklist.today);
  const confirmed = isConfirmed(useTargetField(field));
  // It would be taken for the server that is being turned to.
  const turning = useAssistant((store) => store.work === "turn");
  return (
    <Checkbox
      // Fluent greys the text of an empty box; here it is a sentence to be read.
      label={<span className={styles.label}>{label}</span>}
      checked={confirmed}
      disabled={turning}
      onChange={(_event, data) => editTarget({ [field]: data.checked === true ? (today ?? true) : false }, "now")}
    />
  );
}
