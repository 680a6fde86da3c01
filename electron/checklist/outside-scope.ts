import { fullAccessRole } from "../facts/cloud.ts";
import {
  addToPolicyGroup,
  type CommandValues,
  readAccessPolicies,
  testAccessPolicy,
  testAuthorization,
} from "../facts/exchange-commands.ts";

/**
 * What to do about a mailbox the application may not open. Which of Exchange Online's two limits is in the way follows
 * from the token: with the permission for every mailbox it is an Application Access Policy, such as Microsoft's own
 * set-up script for MIM makes; without it, the scope of a role.
 */
export function outsideScope(
  hasFullAccess: boolean,
  values: CommandValues,
): { readonly actual: string; readonly advice: readonly string[] } {
  if (hasFullAccess) {
    return {
      actual: "The application may not open this mailbox: an Application Access Policy keeps it out",
      advice: [
        `The token holds ${fullAccessRole}, so no role's scope is in the way. Read the policies in Exchange Online PowerShell: ${readAccessPolicies(values)}`,
        `Test the mailbox: ${testAccessPolicy(values)}`,
        `Where it says Denied, add the mailbox to the policy's group: ${addToPolicyGroup(values)}`,
        "It may take an hour or more to take effect. Then check again.",
      ],
    };
  }
  return {
    actual: "The application may not open this mailbox",
    advice: [
      `Test it in Exchange Online PowerShell: ${testAuthorization(values)}`,
      "Widen the management scope of the role Application EWS.AccessAsApp so that it holds this mailbox, and wait for it to take effect.",
    ],
  };
}
