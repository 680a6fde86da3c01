import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { valueChanges, wantedData } from "../../../electron/changes/catalogue.ts";
import { judge } from "../../../electron/checklist/judge.ts";
import type { InstallerStep } from "../../../electron/contract/change-mode.ts";
import type { Finding } from "../../../electron/contract/checklist.ts";
import { defaultTarget, type Target } from "../../../electron/contract/target.ts";
import { hiveKey } from "../../../electron/facts/token.ts";
import { readLogFile } from "../../../electron/installer/log-file.ts";
import { wizardCaseOf } from "../../../electron/installer/pages.ts";
import type { PracticeButton } from "../../../electron/installer/practice-log.ts";
import { InputProblem } from "../../../electron/recording/input-problem.ts";
import type { PracticeFaultId } from "../../../electron/server/practice/practice-faults.ts";
import { createPracticeServer, type PracticeServer } from "../../../electron/server/practice/practice-server.ts";

let home = "";
let server: PracticeServer;
let clock = 0;
/** A clock that goes on by a second each time it is looked at. */
const now = () => new Date(clock++ * 1000);

beforeEach(async () => {
  clock = Date.parse("2026-11-23T10:00:00Z") / 1000;
  home = await mkdtemp(join(tmpdir(), "practice-installer-"));
  server = createPracticeServer({ home, now, pace: 0 });
  await server.reset();
});
afterEach(() => rm(home, { recursive: true, force: true }));

const target: Target = {
  ...defaultTarget,
  applicationId: "1a2b3c4d-1111-4222-8333-444455556666",
  tenantId: "9f8e7d6c-1111-4222-8333-444455556666",
  serviceAccount: "CONTOSO\\svcMIMService",
  serviceEmail: "mim@contoso.com",
  secretExpires: "2027-11-01",
  backupConfirmed: true,
  allowListConfirmed: true,
  mailboxConfirmed: true,
  tlsCostsConfirmed: true,
  mailConfirmed: "2026-11-23",
};

const file = async () => JSON.parse(await readFile(join(home, "practice", "server.json"), "utf8"));
/** Everything of the server but what is meant to differ after a run that changed nothing. */
const untouched = async () => ({ ...(await file()), installerRuns: [], failNext: null });

async function install(wanted: Target = target, failure: PracticeFaultId | null = null) {
  const steps: InstallerStep[] = [];
  if (failure !== null) await server.fail(failure);
  server.installer.rehearse({ wanted: wizardCaseOf(wanted), buttons: false });
  const run = await server.actions.changeMode({ tell: (step) => steps.push(step) });
  return { run, steps, last: steps.at(-1) };
}

async function findings(wanted: Target): Promise<ReadonlyMap<string, Finding>> {
  const recording = await server.look();
  const { steps } = judge({
    recording,
    target: wanted,
    today: "2026-11-23",
    server: { name: "practice" },
  });
  return new Map(steps.flatMap((step) => step.findings.map((finding) => [finding.id, finding])));
}

/** Sets what the guide sets for TLS, without a journal: nobody here asks for one. */
async function setTls(): Promise<void> {
  await server.registry.writeValues(
    valueChanges.map((change) => {
      const to = { type: "REG_DWORD", data: wantedData(change, "guide") ?? 0 } as const;
      return { key: change.key, name: change.name, to };
    }),
  );
}

describe("a run of the practice installer that succeeds", () => {
  test("leaves a server of which only what takes time or a cloud is left to do", async () => {
    await setTls();
    await install();
    const left = [...(await findings(target)).values()].filter(
      ({ status }) => status !== "done" && status !== "notApplicable",
    );
    expect(left.map(({ id, status }) => [id, status])).toEqual([
      ["azure.signIn", "pending"],
      ["azure.role", "pending"],
      ["azure.ews", "pending"],
      ["exchange.ewsEnd", "attention"],
      ["verify.events", "pending"],
    ]);
    clock += 16 * 60;
    expect((await findings(target)).get("verify.events")?.status).toBe("done");
  });

  test("writes a log in UTF-16LE with the pages that were shown, and keeps the run", async () => {
    const { run, last } = await install();
    const bytes = await readFile(run.log ?? "");
    expect([bytes[0], bytes[1]]).toEqual([0xff, 0xfe]);
    expect(run.log?.startsWith(join(home, "practice", "logs"))).toBe(true);
    const reading = await readLogFile(run.log ?? "");
    expect(reading).toMatchObject({ encoding: "UTF-16LE", exitCode: 0, secretCount: 0 });
    expect(last).toMatchObject({ phase: "ended", exitCode: 0, notice: null });
    expect((await server.look()).installerRuns).toEqual([run]);
  });

  test("starts the service anew, which gets no token without strong cryptography for .NET 2.x and says so", async () => {
    await install();
    const found = await findings(target);
    expect(found.get("verify.service")?.status).toBe("done");
    expect(found.get("verify.token")?.status).toBe("action");
    expect(found.get("verify.events")).toMatchObject({
      status: "action",
      actual: expect.stringMatching(/access token/),
    });
    await setTls();
    await server.actions.restartService();
    const mended = await findings(target);
    expect([mended.get("verify.token")?.status, mended.get("verify.events")?.status]).toEqual(["done", "pending"]);
  });

  test.each([
    ["office365China", "partner.outlook.cn"],
    ["office365Government", "outlook.office365.us"],
    ["exchange", "https://mail.contoso.com/EWS/Exchange.asmx"],
    ["smtp", "smtp.contoso.com"],
    ["none", null],
  ] as const)("sets the mail server %s as the configuration names it", async (mailServer, host) => {
    const authentication = mailServer.startsWith("office365") ? "applicationContext" : "integrated";
    const wanted: Target = { ...target, mailServer, authentication };
    await install(wanted);
    const found = await findings(wanted);
    expect(found.get("mail.serverType")?.status).toBe("done");
    if (host !== null) expect(found.get("mail.serverType")?.actual).toContain(host);
    expect(["done", "notApplicable"]).toContain(found.get("mail.authentication")?.status);
  });

  test("takes another account, and one that is managed with the values of its kind", async () => {
    const wanted: Target = { ...target, serviceAccount: "CONTOSO\\gmsaMIM$" };
    await setTls();
    await install(wanted);
    const { registry, accounts } = await server.look();
    const mail = registry["HKLM\\SOFTWARE\\Microsoft\\Forefront Identity Manager\\2010\\Service"];
    expect(mail).toMatchObject({ values: { GMSAEncryptedExchangeOnlineClientSecret: { looksEncrypted: true } } });
    const account = accounts["CONTOSO\\gmsaMIM$"];
    expect(account).toMatchObject({ state: "present", sid: expect.stringMatching(/^S-1-5-21-/) });
    const sid = account?.state === "present" ? account.sid : "";
    expect(Object.keys((registry[hiveKey(sid)] as { values: object }).values)).toHaveLength(1);
    const found = await findings(wanted);
    for (const id of ["account.service", "account.sid", "azure.secret", "verify.registry"]) {
      expect([id, found.get(id)?.status]).toEqual([id, "done"]);
    }
  });

  test("takes the values of the way before away again", async () => {
    await install();
    await install({ ...target, mailServer: "smtp", authentication: "integrated" });
    const { registry } = await server.look();
    const mail = registry["HKLM\\SOFTWARE\\Microsoft\\Forefront Identity Manager\\2010\\Service"];
    expect(Object.keys((mail as { values: object }).values)).toEqual(["Location"]);
  });

  test("writes what was typed into the configuration as text, whatever it holds", async () => {
    await install({ ...target, serviceEmail: 'a"<&$1@contoso.com' });
    const { texts } = await file();
    const [config] = Object.values(texts) as { text: string }[];
    expect(config?.text).toContain('<add key="sendAsAddress" value="a&quot;&lt;&amp;$1@contoso.com" />');
  });
});

describe("a run of the practice installer that fails", () => {
  test.each([
    ["wrongSecret", 1602, null],
    ["missingMedia", 1603, "InstallFiles"],
    ["customActionFails", 1603, "InstallFinalize"],
    ["cancelled", 1602, null],
  ] as const)(
    "as %s ends with %i, leaves the server as it was, and the next one succeeds",
    async (how, code, action) => {
      const before = await untouched();
      const { run, last } = await install(target, how);
      expect(run).toMatchObject({ exitCode: code, firstFailure: action });
      expect(last?.explanations.length).toBeGreaterThan(0);
      expect(await untouched()).toEqual(before);
      expect((await findings(target)).get("change.run")?.status).toBe("action");
      expect((await install()).run.exitCode).toBe(0);
      expect((await findings(target)).get("change.run")?.status).toBe("done");
    },
  );

  test("because another installation runs is not started: no log, no run", async () => {
    const before = await file();
    await expect(install(target, "another")).rejects.toMatchObject({
      code: "refused",
      message: /another installation/,
    });
    expect(await file()).toEqual(before);
    expect((await install()).run.exitCode).toBe(0);
  });

  test("does not make a change of values fail, nor the other way round", async () => {
    await server.fail("wrongSecret");
    await setTls();
    await server.fail("writeError");
    expect((await install()).run.exitCode).toBe(0);
    expect((await file()).failNext).toBe("writeError");
  });
});

describe("the log of a run", () => {
  test("that holds a password is cleaned in its place: as many lines, no secret, and the run says so", async () => {
    const { run } = await install(target, "passwordInLog");
    const before = await readFile(run.log ?? "", "utf16le");
    expect(before).toContain("Practice-only-1");
    expect((await findings(target)).get("change.log")?.status).toBe("action");
    expect(await server.actions.cleanLog()).toBe(run.log);
    const after = await readFile(run.log ?? "", "utf16le");
    expect(after).not.toContain("Practice-only-1");
    expect(after.split("\n")).toHaveLength(before.split("\n").length);
    expect((await server.look()).installerRuns).toEqual([{ ...run, secretsInLog: 0 }]);
    expect((await findings(target)).get("change.log")?.status).toBe("done");
  });

  test("is not cleaned when there is nothing to clean, or no run", async () => {
    await expect(server.actions.cleanLog()).rejects.toMatchObject({ code: "refused" });
    await install();
    await expect(server.actions.cleanLog()).rejects.toMatchObject({ code: "refused" });
  });

  test("goes when the practice server starts over", async () => {
    const { run } = await install();
    await server.reset();
    await expect(readFile(run.log ?? "")).rejects.toThrow(/ENOENT/);
    expect((await server.look()).installerRuns).toEqual([]);
  });
});

describe("the buttons of the practice installer", () => {
  const press = async (button: PracticeButton): Promise<void> => {
    while (!server.installer.press(button)) await turn();
  };
  const start = (): {
    readonly ended: Promise<{ exitCode?: number | null | undefined }>;
    readonly dialogs: () => string[];
  } => {
    let dialogs: string[] = [];
    server.installer.rehearse({ wanted: wizardCaseOf(target), buttons: true });
    const ended = server.actions.changeMode({
      tell: (step) => {
        dialogs = step.dialogs;
      },
    });
    return { ended, dialogs: () => dialogs };
  };

  test("take it from page to page, and Install installs", async () => {
    expect(server.installer.press("next")).toBe(false);
    const { ended, dialogs } = start();
    for (let page = 1; page <= 14; page += 1) await press("next");
    expect((await ended).exitCode).toBe(0);
    expect(dialogs().filter((name) => name.startsWith("Practice"))).toHaveLength(14);
    expect(server.installer.press("next")).toBe(false);
  });

  test("cancel it on any page", async () => {
    const before = await untouched();
    const { ended } = start();
    await press("next");
    await press("cancel");
    expect((await ended).exitCode).toBe(1602);
    expect(await untouched()).toEqual(before);
  });

  test("come to nothing when the practice server starts over meanwhile", async () => {
    const { ended } = start();
    await press("next");
    await server.reset();
    const before = await file();
    expect((await ended).exitCode).toBe(1602);
    expect(await file()).toEqual(before);
    expect((await install()).run.exitCode).toBe(0);
  });

  test("do not lead past the mailbox page while the secret is wrong", async () => {
    await server.fail("wrongSecret");
    const { ended, dialogs } = start();
    for (let page = 1; page <= 12; page += 1) await press("next");
    await press("cancel");
    expect((await ended).exitCode).toBe(1602);
    expect(dialogs()).not.toContain("Practice09CertificateDlg");
  });
});

test("a product that is not there is no reason to start anything", async () => {
  const state = await file();
  for (const key of Object.keys(state.registry)) if (key.includes("Uninstall\\{5A7C")) delete state.registry[key];
  const { writeFile } = await import("node:fs/promises");
  await writeFile(join(home, "practice", "server.json"), JSON.stringify(state));
  await expect(install()).rejects.toBeInstanceOf(InputProblem);
  expect((await file()).installerRuns).toEqual([]);
});
