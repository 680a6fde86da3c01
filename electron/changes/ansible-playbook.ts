import { Document } from "yaml";
import type { TlsProfile } from "../contract/target.ts";
import type { ProfileValue } from "./profile-value.ts";

export interface PlaybookInput {
  readonly values: readonly ProfileValue[];
  readonly profile: TlsProfile;
  /** When it was made, and by which version of the product. */
  readonly createdAt: Date;
  readonly version: string;
}

/** What a task tells when it has changed something. */
const restartNeeded = "Restart needed";

/** The variable that lets the playbook restart Windows; without it the playbook only says that a restart is needed. */
const restartVariable = "mim_mail_restart_windows";

/** A key as Ansible's module wants it: the hive as a drive. */
const drivePath = (key: string): string => key.replace(/^(HKLM|HKU)\\/, "$1:\\");

/**
 * A playbook for Ansible that holds servers to the values: one task a value. Windows is restarted only when the person
 * who runs it says so. To be saved as UTF-8.
 * Source: https://docs.ansible.com/ansible/latest/collections/ansible/windows/win_regedit_module.html
 */
export function ansiblePlaybook({ values, profile, createdAt, version }: PlaybookInput): string {
  const document = new Document([
    {
      name: `TLS and strong cryptography for MIM mail, profile ${profile}`,
      hosts: "mim_servers",
      gather_facts: false,
      vars: { [restartVariable]: false },
      tasks: values.map((value) => ({
        name: `${value.id} is ${value.data}`,
        "ansible.windows.win_regedit": {
          path: drivePath(value.key),
          name: value.name,
          // All of the catalogue are REG_DWORD.
          type: "dword",
          data: value.data,
          state: "present",
        },
        notify: restartNeeded,
      })),
      handlers: [
        {
          name: "Say that Windows has to be restarted",
          listen: restartNeeded,
          "ansible.builtin.debug": {
            msg: "Values were changed. Restart Windows, or at the least the service FIMService, for them to take effect.",
          },
          when: `not (${restartVariable} | bool)`,
        },
        {
          name: "Restart Windows",
          listen: restartNeeded,
          "ansible.windows.win_reboot": {},
          when: `${restartVariable} | bool`,
        },
      ],
    },
  ]);
  document.commentBefore = [
    ` TLS and strong cryptography for MIM mail, profile ${profile}.`,
    ` Made by MIM Mail Assistant ${version} on ${createdAt.toISOString()}.`,
    " Needs the collection ansible.windows, and a group mim_servers in the inventory. Look first, then set:",
    "   ansible-playbook --check --diff <this file>",
    "   ansible-playbook <this file>",
    ` With -e ${restartVariable}=true Windows is restarted where something was changed. Ansible keeps no undo:`,
    " save a recording of each server, or the .reg file that puts back, before you run it.",
  ].join("\n");
  return document.toString({ lineWidth: 0 });
}
