import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { Io } from "../../../electron/command-line/io.ts";
import { type Captured, captured } from "../command-line/captured.ts";
import { target } from "./asked.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mim-command-"));
  return () => rm(folder, { recursive: true, force: true });
});

const home = (): string => join(folder, "home");
async function cloudCheck(wanted: object, argv: readonly string[] = [], changed: Partial<Io> = {}): Promise<Captured> {
  await writeFile(join(folder, "target.json"), JSON.stringify(wanted));
  return captured(["cloud-check", "--target", join(folder, "target.json"), ...argv], home(), {
    readSecret: async () => "Xq~8Q.Value",
    ...changed,
  });
}
/** Nothing may be sent: a proxy nobody listens on would turn a request into a result. */
const noNetwork = (): Partial<Io> => ({ environment: { MIM_MAIL_HOME: home(), HTTPS_PROXY: "http://127.0.0.1:1" } });

describe("cloud-check refuses", () => {
  test.each<[string, object, readonly string[], Partial<Io>, RegExp]>([
    [
      "a target without Office 365",
      { mailServer: "smtp", authentication: "integrated" },
      [],
      {},
      /does not use Office 365.*\(target\)/,
    ],
    ["a malformed tenant ID", { ...target, tenantId: "contoso" }, [], {}, /'contoso' is not a valid tenant ID/],
    [
      "IDs nobody knows",
      { serviceEmail: "mim@contoso.com" },
      [],
      {},
      /Application ID is neither in the target nor on the server/,
    ],
    ["an address that is none", { ...target, serviceEmail: "mim" }, [], {}, /e-mail address/],
    ["DoD without its cloud", target, ["--dod"], {}, /DoD was asked for/],
    ["a day that does not exist", target, ["--today", "2026-02-30"], {}, /not a day/],
    ["a secret as an argument", target, ["--secret", "Xq~8Q.Value"], {}, /a secret may not stand in the arguments/],
    ["a secret after the options", target, ["Xq~8Q.Value"], {}, /too many arguments/],
    ["no secret", target, [], { readSecret: async () => "" }, /no client secret was given/],
    [
      "a Secret ID",
      target,
      [],
      { readSecret: async () => "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d\n" },
      /Secret ID, not the secret: nothing was sent/,
    ],
  ])("%s: one line and a cure, exit 2, nothing kept", async (_what, wanted, argv, changed, line) => {
    const { code, stdout, stderr } = await cloudCheck(wanted, argv, { ...noNetwork(), ...changed });
    expect(stderr).toMatch(/^mim-mail: \S.* \(.+\)\n\S.*\n$/);
    expect(stderr).toMatch(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(await readdir(home()).catch(() => [])).not.toContain("cloud-check.json");
    expect(stderr).not.toContain("1a2b3c4d");
  });

  test("a proxy that cannot be used, before the secret is asked for", async () => {
    let asked = false;
    const { code, stderr } = await cloudCheck(target, [], {
      environment: { MIM_MAIL_HOME: home(), HTTPS_PROXY: "socks5://proxy" },
      readSecret: async () => {
        asked = true;
        return "x";
      },
    });
    expect({ code, asked }).toEqual({ code: 2, asked: false });
    expect(stderr).toMatch(/^mim-mail: the proxy that is set cannot be used \(HTTPS_PROXY\)\n/);
  });
});

describe("cloud-check", () => {
  test("says what failed, why and what to do, and ends with 1", async () => {
    const { code, stdout, stderr } = await cloudCheck(target, [], noNetwork());
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toMatch(/^Cloud check: Office 365\nApplication 5f0c1d2e-.*, mailbox mim@contoso\.com\n/);
    expect(stdout).toContain("login.microsoftonline.com: through the proxy 127.0.0.1:1 (HTTPS_PROXY)\n");
    const plain = stdout.replace(/\s+/g, " ");
    expect(plain).toMatch(
      /To change Sign-in to Microsoft Entra ID The proxy cannot be reached \(the proxy 127\.0\.0\.1: ECONNREFUSED\) > Check the proxy's name/,
    );
    expect(plain).toMatch(/Waiting for you Permission of the application No token yet/);
    expect(plain).toMatch(/This proves the application, its permission and the mailbox, from this program\./);
    expect(stdout).not.toContain("Xq~8Q");
  });

  test("keeps how it ended, so that a later check shows it", async () => {
    await cloudCheck(target, [], noNetwork());
    expect(await readdir(home())).toContain("cloud-check.json");
    await writeFile(join(home(), "target.json"), JSON.stringify(target));
    const { stdout } = await captured(["check", "--server", "practice", "--json"], home());
    expect(stdout).toContain("The proxy cannot be reached");
  });

  test("prints JSON", async () => {
    const { code, stdout } = await cloudCheck(target, ["--json", "--server", "practice"], noNetwork());
    const printed = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(printed).toMatchObject({
      server: "practice",
      today: "2026-11-23",
      verdict: "action",
      cloud: "Office 365",
      signIn: { ok: false, code: "network.proxyUnreachable" },
      ews: null,
      check: { at: "2026-11-23T12:00:00.000Z" },
    });
    expect(printed.findings.map(({ id }: { id: string }) => id)).toEqual([
      "azure.signIn",
      "azure.role",
      "azure.ews",
      "exchange.allowList",
      "exchange.mailbox",
      "exchange.ewsEnd",
    ]);
  });

  test("that is stopped ends with 5 and keeps nothing", async () => {
    const { code, stdout, stderr } = await cloudCheck(target, [], {
      ...noNetwork(),
      stoppable: (work) => work(AbortSignal.abort(new Error("stopped by Ctrl+C"))),
    });
    expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
    expect(stderr).toMatch(/^mim-mail: the check was stopped, and nothing was kept \(mim-mail cloud-check\)\n/);
    expect(await readdir(home())).not.toContain("cloud-check.json");
  });

  test("says so when how it ended cannot be kept", async () => {
    await mkdir(join(home(), "cloud-check.json"), { recursive: true });
    const { code, stderr } = await cloudCheck(target, [], noNetwork());
    expect(code).toBe(2);
    expect(stderr).toMatch(/^mim-mail: the result of the cloud check cannot be kept: \w+ \(.*cloud-check\.json\)\n/);
  });

  test("asks for the secret by the application's ID", async () => {
    let asked = "";
    const readSecret = async (question: string): Promise<string> => {
      asked = question;
      return "Xq~8Q.Value";
    };
    await cloudCheck(target, [], { ...noNetwork(), readSecret });
    expect(asked).toBe("Client secret of 5f0c1d2e-3b4a-4958-8677-665544332211 (not shown): ");
  });
});
