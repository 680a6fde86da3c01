import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Captured, captured } from "../command-line/captured.ts";
import { target } from "./asked.ts";
import { ewsFailures, signInFailures } from "./failures.ts";
import { type Behaviour, type StandIn, type StandInProxy, startProxy, startStandIn } from "./stand-in.ts";

/*
 * The command line asks Microsoft's own names; a proxy of the environment leads them to the stand-in. Only that the
 * stand-in's authority is trusted is put in here, which a process is told when it starts.
 */
vi.mock("../../../electron/cloud/node-http.ts", async (original) => {
  const real = await original<typeof import("../../../electron/cloud/node-http.ts")>();
  const { authority } = await import("./stand-in.ts");
  return {
    ...real,
    nodeHttp: (options: Parameters<typeof real.nodeHttp>[0]) => real.nodeHttp({ ...options, authorities: [authority] }),
  };
});

const secret = "Xq~8Q.right-secret_Value-of-40-characters";
let standIn: StandIn;
let proxy: StandInProxy;
let folder = "";

beforeAll(async () => {
  standIn = await startStandIn();
  proxy = await startProxy(standIn);
  folder = await mkdtemp(join(tmpdir(), "mim-failures-"));
  await writeFile(join(folder, "target.json"), JSON.stringify(target));
  return async () => {
    await proxy.close();
    await standIn.close();
    await rm(folder, { recursive: true, force: true });
  };
});
beforeEach(() => {
  const usual: Behaviour = {
    secret,
    roles: ["full_access_as_app"],
    scope: "https://outlook.office365.com/.default",
    entra: null,
    ews: null,
    dateOffset: 0,
  };
  Object.assign(standIn.behaviour, usual);
  proxy.behaviour.does = "tunnel";
});

const cloudCheck = (argv: readonly string[]): Promise<Captured> =>
  captured(["cloud-check", "--target", join(folder, "target.json"), ...argv], join(folder, "home"), {
    readSecret: async () => secret,
    now: () => new Date(),
    environment: { MIM_MAIL_HOME: join(folder, "home"), HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` },
  });

test("a check that succeeds ends with 0", async () => {
  const { code, stdout } = await cloudCheck(["--json", "--today", "2026-11-23"]);
  expect(code, stdout).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ ews: { ok: true }, windows: { status: "notApplicable" } });
});

describe.each([
  ["sign-in", signInFailures],
  ["probe", ewsFailures],
] as const)("a %s that fails, on the command line", (_name, failures) => {
  // The real time limit has its own test of the whole program; its rows would take 20 s each.
  const quick = failures.filter(({ code }) => code !== "network.timeLimit");
  test.each(quick)("by $what is told with its code, status, text and cure, and ends with 1", async (given) => {
    Object.assign(standIn.behaviour, given.behaviour, { entra: given.entra ?? null, ews: given.ews ?? null });
    if (given.proxied !== undefined) proxy.behaviour.does = given.proxied;
    const today = ["--today", given.options?.today ?? "2026-11-23"];
    const { code, stdout, stderr } = await cloudCheck(["--json", ...today]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    const { signIn, ews, findings } = JSON.parse(stdout) as {
      signIn: { ok: boolean };
      ews: { ok: boolean } | null;
      findings: { id: string; status: string; actual: string; advice: string[] }[];
    };
    expect(ews !== null && !ews.ok ? ews : signIn).toMatchObject({ ok: false, code: given.code });
    const finding = findings.find(({ id }) => id === given.row);
    expect(finding?.status).toBe(given.status ?? "action");
    // The stand-in is called by Microsoft's names here.
    const actual = (finding?.actual ?? "").replace(
      /(login\.microsoftonline|outlook\.office365)\.com(?=: HTTP)/,
      "localhost:443",
    );
    expect(actual.replace(/(login\.microsoftonline|outlook\.office365)\.com/, "localhost")).toMatch(given.actual);
    expect(finding?.advice.join("\n")).toMatch(given.cure);
    for (const [id, status] of Object.entries(given.also ?? {})) {
      expect(findings.find((one) => one.id === id)?.status, id).toBe(status);
    }
  });
});
