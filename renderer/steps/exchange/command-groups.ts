import type { CloudCommand } from "../../../electron/contract/cloud.ts";

/** The commands by what they are about. */
export interface CommandGroups {
  /** Allowing the application: signing in, reading the list, writing it. */
  readonly allow: readonly CloudCommand[];
  /** Looking after the mailbox. */
  readonly mailbox: readonly CloudCommand[];
}

/** Parts the commands by the first word of their ids; each group keeps their order. */
export function commandGroups(commands: readonly CloudCommand[]): CommandGroups {
  const isMailbox = ({ id }: CloudCommand): boolean => /^(?:mailbox|rbac|policy)\b/.test(id);
  return { allow: commands.filter((command) => !isMailbox(command)), mailbox: commands.filter(isMailbox) };
}
