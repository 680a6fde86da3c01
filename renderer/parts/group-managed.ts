import { useAssistant } from "../app/assistant-store.ts";
import { isGroupManaged } from "./service-account-name.ts";
import { useTargetField } from "./target-field.ts";

/** Whether the installer's box "Use Group Managed Service Account" is to be checked: by the account wanted, else found. */
export function useGroupManaged(): boolean {
  const wanted = useTargetField("serviceAccount");
  const found = useAssistant((store) => store.state?.found.groupManaged ?? false);
  return wanted === undefined || wanted.trim() === "" ? found : isGroupManaged(wanted);
}
