import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { ansiblePlaybook } from "../../../electron/changes/ansible-playbook.ts";
import { profileValues } from "../../../electron/changes/profile-value.ts";
import type { TlsProfile } from "../../../electron/contract/target.ts";
import { afterApply, afterSetting } from "./applied-values.ts";

const schema = JSON.parse(
  await readFile(new URL("../../fixtures/ansible/win-regedit.schema.json", import.meta.url), "utf8"),
);
const areOptions = new Ajv2020({ allErrors: true }).compile(schema);

interface Task {
  readonly name: string;
  readonly notify: string;
  readonly "ansible.windows.win_regedit": { path: string; name: string; data: number; type: string; state: string };
}
interface Play {
  readonly name: string;
  readonly hosts: string;
  readonly gather_facts: boolean;
  readonly vars: Readonly<Record<string, unknown>>;
  readonly tasks: readonly Task[];
  readonly handlers: readonly Readonly<Record<string, unknown>>[];
}

function playbookOf(profile: TlsProfile): string {
  const createdAt = new Date("2026-11-23T12:00:00Z");
  return ansiblePlaybook({ values: profileValues(profile), profile, createdAt, version: "1.2.3" });
}
function playOf(profile: TlsProfile): Play {
  const plays: Play[] = parse(playbookOf(profile));
  expect(plays).toHaveLength(1);
  return plays[0] as Play;
}

describe.each(["guide", "minimum"] as const)("the Ansible playbook of the profile %s", (profile) => {
  test("gives every task the options win_regedit knows, and nothing else", () => {
    const { tasks } = playOf(profile);
    expect(tasks).toHaveLength(profile === "guide" ? 20 : 12);
    for (const task of tasks) {
      expect(Object.keys(task).sort()).toEqual(["ansible.windows.win_regedit", "name", "notify"]);
      areOptions(task["ansible.windows.win_regedit"]);
      expect(areOptions.errors, task.name).toBeNull();
    }
  });

  test("does what apply does: nothing is left to change, and the same values stand", async () => {
    const values = playOf(profile).tasks.map((task) => {
      const { path, name, data, type, state } = task["ansible.windows.win_regedit"];
      expect([type, state]).toEqual(["dword", "present"]);
      return { key: path.replace(":\\", "\\"), name, data };
    });
    const set = await afterSetting(profile, values);
    expect(set.plan).toEqual({ rows: [], notKnown: [] });
    expect(set.registry).toEqual((await afterApply(profile)).registry);
  });
});

describe("the Ansible playbook", () => {
  test("restarts Windows only when it is told to, and says otherwise that a restart is needed", () => {
    const { tasks, handlers, vars } = playOf("guide");
    expect(vars).toEqual({ mim_mail_restart_windows: false });
    for (const { notify } of tasks) expect(handlers.map(({ listen }) => listen)).toEqual([notify, notify]);
    expect(handlers.map(({ name: _name, listen: _listen, ...rest }) => rest)).toEqual([
      {
        "ansible.builtin.debug": { msg: expect.stringContaining("Restart Windows") },
        when: "not (mim_mail_restart_windows | bool)",
      },
      { "ansible.windows.win_reboot": {}, when: "mim_mail_restart_windows | bool" },
    ]);
  });

  test("says at its top what it is, what to do and that there is no undo", () => {
    const top = playbookOf("minimum")
      .split("\n")
      .filter((line) => line.startsWith("#"));
    expect(top.join("\n")).toMatch(/profile minimum[\s\S]*1\.2\.3[\s\S]*--check --diff[\s\S]*no undo/);
  });

  test("writes no word that Ansible would take for a template", () => {
    expect(playbookOf("guide")).not.toMatch(/\{\{|\{%|\{#/);
  });

  test.each([
    ["a path without a drive", { path: "HKLM\\SOFTWARE\\A" }],
    ["an option nobody knows", { path: "HKLM:\\SOFTWARE\\A", value_data: 1 }],
    ["data that is no number", { path: "HKLM:\\SOFTWARE\\A", type: "dword", data: "one" }],
  ])("would be refused with %s", (_what, options) => {
    expect(areOptions(options)).toBe(false);
  });
});
