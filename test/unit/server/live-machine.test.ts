import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fixedServices } from "../../../electron/facts/addresses.ts";
import { createLiveMachine, expanded, fileFact, textFact } from "../../../electron/server/live/live-machine.ts";
import type { PowershellAnswer, PowershellRequest } from "../../../electron/server/live/powershell-look.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mim-live-"));
});
afterEach(() => rm(folder, { recursive: true }));

const history = async () => ({ journal: [], installerRuns: [], cloud: null });
const nothing = { keys: [], files: [], texts: [], accounts: [] };

/** A machine whose PowerShell answers with this; `asked` holds what it was asked. */
function machine(answer: (request: PowershellRequest) => PowershellAnswer) {
  const asked: PowershellRequest[] = [];
  const made = createLiveMachine({
    ask: async (request) => {
      asked.push(request);
      return answer(request);
    },
    history,
  });
  return { ...made, asked };
}

describe("the live server's machine", () => {
  test("asks PowerShell once for everything", async () => {
    const program = join(folder, "Service.exe");
    await writeFile(program, "x");
    const live = machine(({ files, accounts }) => ({
      reason: null,
      facts: {
        computer: "mim01",
        windows: { caption: "Windows Server 2022 Standard", build: "10.0.20348", startedAt: null, reason: null },
        service: { state: "present", status: "running", startedAt: "2026-11-20T04:05:00Z", account: "CONTOSO\\svc" },
        files: new Map(files.map((path) => [path, { state: "present", version: "4.6.673.0" }] as const)),
        accounts: new Map(accounts.map((name) => [name, { state: "present", sid: "S-1-5-21-1" }] as const)),
        events: { state: "present", from: "2026-11-16T10:00:00Z", items: [] },
        services: new Map([["MIMKeyProtectService", { state: "absent" }]]),
        updates: { state: "present", items: ["KB3154520"] },
      },
    }));
    await live.prepare?.({ ...nothing, files: [program, join(folder, "x.msi")], accounts: ["CONTOSO\\svc"] });
    expect((await live.identity()).windows.caption).toBe("Windows Server 2022 Standard");
    expect((await live.identity()).computer).toBe("mim01");
    expect(await live.service("FIMService")).toMatchObject({ status: "running" });
    expect(await live.service("MIMKeyProtectService")).toEqual({ state: "absent" });
    expect(await live.updates()).toMatchObject({ items: ["KB3154520"] });
    expect(await live.file(program)).toEqual({ state: "present", version: "4.6.673.0" });
    expect(await live.account("CONTOSO\\svc")).toEqual({ state: "present", sid: "S-1-5-21-1" });
    expect(await live.events()).toMatchObject({ state: "present" });
    const services = fixedServices.filter((name) => name !== "FIMService");
    expect(services).toContain("PamMonitoringService");
    expect(live.asked).toEqual([{ files: [program], accounts: ["CONTOSO\\svc"], services }]);
  });

  test("answers each of PowerShell's facts as unreadable, with its reason, when it gives none", async () => {
    const program = join(folder, "Service.exe");
    await writeFile(program, "x");
    const live = machine(() => ({ facts: null, reason: "PowerShell ended without an answer" }));
    const reason = "PowerShell ended without an answer";
    expect(await live.identity()).toEqual({
      computer: hostname(),
      windows: { caption: null, build: null, startedAt: null, reason },
    });
    for (const fact of [await live.service("FIMService"), await live.account("x"), await live.events()]) {
      expect(fact).toEqual({ state: "unreadable", reason });
    }
    expect(await live.file(program)).toMatchObject({ state: "unreadable", reason: expect.stringContaining(reason) });
    // That a file is not there is known without PowerShell.
    expect(await live.file(join(folder, "None.exe"))).toEqual({ state: "absent" });
  });

  test("knows of files and folders without PowerShell whether they are there", async () => {
    await writeFile(join(folder, "package.msi"), "x");
    await mkdir(join(folder, "source"));
    expect(await fileFact(join(folder, "package.msi"))).toEqual({ state: "present", version: null });
    expect(await fileFact(join(folder, "source"))).toEqual({ state: "present", version: null });
    expect(await fileFact(join(folder, "none.msi"))).toEqual({ state: "absent" });
    expect(await fileFact(join(folder, "package.msi", "below"))).toEqual({ state: "absent" });
  });

  test("gives a configuration's text, absent or the reason there is none", async () => {
    await writeFile(join(folder, "x.config"), "<configuration/>");
    await writeFile(join(folder, "large.config"), Buffer.alloc(5 * 1024 * 1024));
    expect(await textFact(join(folder, "x.config"))).toEqual({ state: "present", text: "<configuration/>" });
    expect(await textFact(join(folder, "none.config"))).toEqual({ state: "absent" });
    expect(await textFact(join(folder, "large.config"))).toMatchObject({ state: "unreadable" });
    expect(await textFact(folder)).toMatchObject({ state: "unreadable" });
  });

  test("replaces the variables the registry keeps in a path", () => {
    const environment = { ProgramFiles: "C:\\Program Files", SystemRoot: "C:\\Windows" };
    expect(expanded("%programfiles%\\MIM\\x.exe", environment)).toBe("C:\\Program Files\\MIM\\x.exe");
    expect(expanded("%NoSuch%\\100%\\x", environment)).toBe("%NoSuch%\\100%\\x");
  });
});
