import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testOn } from "../systems.ts";
import {
  application,
  type Behaviour,
  bare,
  entraError,
  fixtures,
  mailbox,
  type StandIn,
  type StandInProxy,
  startProxy,
  startStandIn,
  tenant,
} from "../unit/cloud/stand-in.ts";
import { type Ended, run, top } from "./program.ts";

/*
 * The program as it ships, asking Microsoft's own names: a proxy of the environment leads them to the stand-in, whose
 * authority Node is told to trust. Nothing in the program knows of the stand-in.
 */
const program = join(top, "out", "mim-mail.js");
let folder: string;
let standIn: StandIn;
let proxy: StandInProxy;
let secret: string;

beforeAll(async () => {
  const build = await run(process.execPath, [join(top, "build/build.mjs"), "node"]);
  expect(build.code, build.stderr).toBe(0);
  standIn = await startStandIn();
  proxy = await startProxy(standIn);
});
afterAll(async () => {
  await proxy.close();
  await standIn.close();
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mim-cloud-"));
  secret = `Xq~8Q.${randomBytes(24).toString("base64url")}`;
  const usual: Behaviour = {
    secret,
    roles: ["full_access_as_app"],
    scope: "https://outlook.office365.com/.default",
    entra: null,
    ews: null,
    dateOffset: 0,
  };
  Object.assign(standIn.behaviour, usual);
  standIn.requests.length = 0;
  proxy.behaviour.does = "tunnel";
  proxy.asked.length = 0;
  const target = { applicationId: application, tenantId: tenant, serviceEmail: mailbox };
  await writeFile(join(folder, "target.json"), JSON.stringify(target));
  return () => rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

interface CheckOptions {
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly onStart?: (child: ChildProcess) => void;
}

/** Runs the program with the secret on standard input. */
async function cloudCheck({ argv = [], env = {}, stdin, onStart }: CheckOptions = {}): Promise<Ended> {
  const child = spawn(
    process.execPath,
    [program, "cloud-check", "--server", "practice", "--target", "target.json", "--today", "2026-11-23", ...argv],
    {
      cwd: folder,
      env: {
        PATH: process.env["PATH"],
        MIM_MAIL_HOME: join(folder, "home"),
        HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
        NODE_EXTRA_CA_CERTS: join(fixtures, "authority.pem"),
        MIM_MAIL_DEBUG: "1",
        ...env,
      },
    },
  );
  onStart?.(child);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (part) => {
    stdout += String(part);
  });
  child.stderr.on("data", (part) => {
    stderr += String(part);
  });
  // A program that ends before it reads its input is no error of the test.
  child.stdin.on("error", () => {});
  child.stdin.end(stdin ?? `${secret}\n`);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout, stderr };
}

async function filesBelow(path: string): Promise<string> {
  if (!existsSync(path)) return "";
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const texts = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => `${entry.name}\n${await readFile(join(entry.parentPath, entry.name), "utf8")}`);
  return (await Promise.all(texts)).join("\n");
}

function holdsNothing(text: string): void {
  for (const held of [secret, standIn.token()]) {
    const bytes = Buffer.from(held);
    for (const form of [held, encodeURIComponent(held), bytes.toString("base64"), bytes.toString("hex")]) {
      expect(text.includes(form), form).toBe(false);
    }
  }
}

describe("cloud-check", () => {
  test("asks Microsoft's own hosts through the proxy of the environment and ends with 0", async () => {
    const { code, stdout, stderr } = await cloudCheck();
    expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: "" });
    expect(proxy.asked.map(({ host }) => host)).toEqual(["login.microsoftonline.com:443", "outlook.office365.com:443"]);
    expect(standIn.requests).toEqual([`POST /${tenant}/oauth2/v2.0/token`, "POST /EWS/Exchange.asmx"]);
    expect(stdout).toMatch(
      /\nDone +Sign-in to Microsoft Entra ID +A token was given, valid until\s+20\d\d-\d\d-\d\d\s+\d\d:\d\d\s+UTC\n/,
    );
    expect(stdout).toMatch(/\nDone +Permission of the application +Roles: full_access_as_app\n/);
    expect(stdout).toMatch(/\nDone +Mailbox through EWS +The mailbox answered\n/);
    expect(stdout).toContain(`outlook.office365.com: through the proxy 127.0.0.1:${proxy.port} (HTTPS_PROXY)`);
  });

  test("does not trust an authority nobody named: nothing is sent, and what to do is told", async () => {
    const { code, stdout } = await cloudCheck({ env: { NODE_EXTRA_CA_CERTS: "", NODE_TLS_REJECT_UNAUTHORIZED: "0" } });
    expect(code).toBe(1);
    expect(stdout.replace(/\s+/g, " ")).toMatch(
      /certificate is not Microsoft's.*Exempt Microsoft's hosts from TLS inspection/,
    );
    expect(standIn.requests).toEqual([]);
  });

  test("takes no address from the environment", async () => {
    const elsewhere = "https://elsewhere.test";
    const names = ["AZURE_AUTHORITY_HOST", "MIM_MAIL_AUTHORITY", "MIM_MAIL_EWS", "MSAL_FORCE_REGION", "REGION_NAME"];
    const { code } = await cloudCheck({ env: Object.fromEntries(names.map((name) => [name, elsewhere])) });
    expect(code).toBe(0);
    expect(proxy.asked.map(({ host }) => host)).toEqual(["login.microsoftonline.com:443", "outlook.office365.com:443"]);
  });

  test("ends in 20 seconds with a sentence when nothing answers", async () => {
    proxy.behaviour.does = "silence";
    const started = Date.now();
    const { code, stdout, stderr } = await cloudCheck();
    const seconds = (Date.now() - started) / 1000;
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "No answer came in time (login.microsoftonline.com did not answer in 20 seconds)",
    );
    expect(seconds).toBeGreaterThan(19);
    expect(seconds).toBeLessThan(23);
  });

  // Windows' Node cannot be sent the key; there it is the console that sends it.
  testOn("posix")("ends at once with Ctrl+C, keeps nothing, and says so", async () => {
    proxy.behaviour.does = "silence";
    const started = Date.now();
    const { code, stdout, stderr } = await cloudCheck({
      onStart: (child) => {
        const timer = setInterval(() => {
          if (proxy.asked.length === 0) return;
          clearInterval(timer);
          child.kill("SIGINT");
        }, 50);
      },
    });
    expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
    expect(stderr).toMatch(/^mim-mail: the check was stopped, and nothing was kept \(mim-mail cloud-check\)\n/);
    expect(existsSync(join(folder, "home", "cloud-check.json"))).toBe(false);
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  test("tells a Secret ID before anything is sent, exit 2", async () => {
    const { code, stdout, stderr } = await cloudCheck({ stdin: "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d\r\n" });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^mim-mail: this is a Secret ID, not the secret: nothing was sent \(client secret\)\n/);
    expect(stderr).not.toContain("1a2b3c4d");
    expect(proxy.asked).toEqual([]);
  });
});

describe("the secret and the token", () => {
  test.each<[string, Partial<Behaviour>, number | null, number]>([
    ["success", {}, null, 0],
    [
      "a wrong secret, repeated by the server",
      { entra: (to, sent) => entraError(7000215, `Not ${sent}`)(to, sent) },
      null,
      1,
    ],
    ["a page that repeats the secret", { entra: (to, sent) => bare(200, {}, `<p>${sent}`)(to, sent) }, null, 1],
    ["a 403 that repeats the token", { ews: (to, sent) => bare(403, { "x-ms-diagnostics": sent })(to, sent) }, null, 1],
    ["a proxy that refuses", {}, 407, 1],
  ])("are in no output, kept file, recording, report or argument: %s", async (_what, behaviour, refusal, expected) => {
    Object.assign(standIn.behaviour, behaviour);
    if (refusal !== null) proxy.behaviour.does = refusal;
    let seen = "";
    const look = (child: ChildProcess): void => {
      const timer = setInterval(async () => {
        for (const name of ["cmdline", "environ"]) {
          seen += await readFile(`/proc/${child.pid}/${name}`, "utf8").catch(() => "");
        }
      }, 20);
      child.on("close", () => clearInterval(timer));
    };
    for (const argv of [[], ["--json"]]) {
      const { code, stdout, stderr } = await cloudCheck({ argv, onStart: look });
      expect(code, stdout + stderr).toBe(expected);
      holdsNothing(stdout + stderr);
    }
    if (process.platform === "linux") expect(seen).toContain("cloud-check");
    holdsNothing(seen);

    const env = { MIM_MAIL_HOME: join(folder, "home") };
    const later = (...argv: readonly string[]): Promise<Ended> =>
      run(process.execPath, [program, ...argv, "--server", "practice"], { cwd: folder, env });
    expect((await later("collect", "--out", "after.json")).code).toBe(0);
    expect((await later("report", "--out", "reports", "--target", "target.json")).code).toBe(0);
    const checked = await later("check", "--target", "target.json", "--json");
    holdsNothing(checked.stdout + (await filesBelow(folder)));

    const { cloud } = JSON.parse(await readFile(join(folder, "after.json"), "utf8"));
    expect(cloud).toMatchObject({ applicationId: application, signIn: expect.any(Object) });
    const { steps } = JSON.parse(checked.stdout) as { steps: { findings: { id: string; status: string }[] }[] };
    const status = (id: string) => steps.flatMap(({ findings }) => findings).find((one) => one.id === id)?.status;
    expect(status("azure.signIn")).toBe(cloud.signIn.ok ? "done" : "action");
    if (expected === 0) expect([status("azure.ews"), status("exchange.mailbox")]).toEqual(["done", "done"]);
  });
});
