import { isConfirmed } from "../../electron/contract/target.ts";
import type { Confirming } from "../ui/confirmation.tsx";
import { useAssistant } from "./assistant-store.ts";
import { useTargetField } from "./target-field.ts";

/** A confirmation of the target, with the day it is given. */
export function useConfirming(
  field: "backupConfirmed" | "allowListConfirmed" | "mailboxConfirmed" | "tlsCostsConfirmed",
): Confirming {
  const editTarget = useAssistant((store) => store.editTarget);
  const today = useAssistant((store) => store.state?.checklist.today);
  // It would be taken for the server that is being turned to.
  const disabled = useAssistant((store) => store.work === "turn");
  return {
    checked: isConfirmed(useTargetField(field)),
    disabled,
    confirm: (confirmed) => editTarget({ [field]: confirmed ? (today ?? true) : false }, "now"),
  };
}
