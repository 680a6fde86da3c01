import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { judge } from "../../../electron/checklist/judge.ts";
import { findingIds } from "../../../electron/contract/checklist.ts";
import { defaultTarget } from "../../../electron/contract/target.ts";
import { registryValues } from "../../../electron/facts/registry-values.ts";
import { InputProblem } from "../../../electron/recording/input-problem.ts";
import { createPracticeServer } from "../../../electron/server/practice/practice-server.ts";

let home: string;
const now = () => new Date("2026-11-23T10:00:00Z");
const file = () => join(home, "practice", "server.json");
const digest = async () =>
  createHash("sha256")
    .update(await readFile(file()))
    .digest("hex");

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "mim-practice-"));
});
afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});

describe("the practice server", () => {
  test("is nowhere before it is used, and in one file after", async () => {
    const server = createPracticeServer({ home, now });
    expect(await readdir(home)).toEqual([]);
    await server.look();
    expect(await readdir(join(home, "practice"))).toEqual(["server.json"]);
  });

  test("is not written by looking: its file stays the same to the byte", async () => {
    await createPracticeServer({ home, now }).reset();
    const before = { digest: await digest(), changed: (await stat(file())).mtimeMs };
    const server = createPracticeServer({ home, now: () => new Date("2026-12-24T10:00:00Z") });
    await server.look();
    await server.look();
    expect({ digest: await digest(), changed: (await stat(file())).mtimeMs }).toEqual(before);
    expect(await readdir(join(home, "practice"))).toEqual(["server.json"]);
  });

  test("stands where the guide begins", async () => {
    const recording = await createPracticeServer({ home, now }).look();
    const checklist = judge({
      recording,
      target: defaultTarget,
      today: "2026-11-23",
      server: { name: "practice" },
    });
    const status = Object.fromEntries(
      checklist.steps.flatMap((step) => step.findings.map((finding) => [finding.id, finding.status])),
    );
    expect(Object.keys(status)).toEqual(Object.values(findingIds).flat());
    expect(checklist.verdict).toBe("action");
    expect(status).toMatchObject({
      "server.windows": "done",
      "server.product": "done",
      "server.build": "done",
      "server.media": "done",
      "server.service": "done",
      "server.restartPending": "done",
      "tls.1.0.client": "action",
      "tls.1.0.server": "action",
      "tls.1.1.client": "action",
      "tls.1.1.server": "action",
      "tls.dotnet.v4.64": "done",
      "tls.dotnet.v4.32": "done",
      "tls.dotnet.v2.64": "action",
      "tls.dotnet.v2.32": "action",
      "mail.serverType": "action",
      "mail.authentication": "action",
      "azure.secret": "action",
      "account.service": "done",
      "account.sid": "done",
      "change.command": "done",
      "verify.token": "action",
      "verify.events": "action",
    });
    expect(Object.values(status)).not.toContain("unknown");
    for (const { key, finding } of registryValues) {
      expect(recording.registry[key]?.state, key).toBe(finding.startsWith("tls.dotnet.") ? "present" : "absent");
    }
    expect(recording.windows).toEqual({
      caption: "Windows Server 2022 Standard",
      build: "10.0.20348",
      startedAt: "2026-11-20T10:00:00Z",
    });
  });

  test("keeps its times when it is looked at later, and its event stays in the log", async () => {
    const first = await createPracticeServer({ home, now }).look();
    const later = await createPracticeServer({ home, now: () => new Date("2026-12-23T10:00:00Z") }).look();
    expect(later.windows).toEqual(first.windows);
    expect(later.recordedAt).toBe("2026-12-23T10:00:00.000Z");
    expect(later.events).toMatchObject({ state: "present", items: [{ id: 12 }, { id: 12 }] });
  });

  test("is changed through its registry, and another start sees the change", async () => {
    const key = registryValues[0]?.key ?? "";
    const { registry } = createPracticeServer({ home, now });
    await registry.writeValues([{ key, name: "Enabled", to: { type: "REG_DWORD", data: 0 } }]);
    const recording = await createPracticeServer({ home, now }).look();
    expect(recording.registry[key]).toEqual({
      state: "present",
      values: { Enabled: { type: "REG_DWORD", data: 0 } },
    });
  });

  test("starts over on reset", async () => {
    const server = createPracticeServer({ home, now });
    const before = await server.look();
    await server.registry.createKeys(["HKLM\\SOFTWARE\\Contoso"]);
    await server.reset();
    expect(await server.look()).toEqual(before);
  });

  test.each([
    ["cut in half", (whole: string) => whole.slice(0, whole.length / 2)],
    ["of another version", (whole: string) => whole.replace('"version": 1', '"version": 2')],
    ["with a number where a text belongs", (whole: string) => whole.replace('"MIM01"', "7")],
    ["empty", () => ""],
    ["full of zero bytes", () => "\0\0\0"],
  ])("sets a file aside that is %s, says so, and starts over", async (_what, damage) => {
    const notices: string[] = [];
    const server = createPracticeServer({ home, now, notice: (text) => notices.push(text) });
    const whole = await server.look();
    const damaged = damage(await readFile(file(), "utf8"));
    await writeFile(file(), damaged);
    expect(await server.look()).toEqual(whole);
    const names = (await readdir(join(home, "practice"))).sort();
    expect(names).toEqual(["server.damaged-2026-11-23T10-00-00-000Z.json", "server.json"]);
    expect(await readFile(join(home, "practice", names[0] ?? ""), "utf8")).toBe(damaged);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain(names[0]);
  });

  test("says what is wrong when its folder cannot be made", async () => {
    await writeFile(join(home, "practice"), "a file in the place of the folder");
    await expect(createPracticeServer({ home, now }).look()).rejects.toBeInstanceOf(InputProblem);
    expect(await readFile(join(home, "practice"), "utf8")).toBe("a file in the place of the folder");
  });

  test("leaves no temporary file behind when it cannot be written", async () => {
    await mkdir(file(), { recursive: true });
    await expect(createPracticeServer({ home, now }).reset()).rejects.toBeInstanceOf(InputProblem);
    expect(await readdir(join(home, "practice"))).toEqual(["server.json"]);
  });

  test("stops a look that is cancelled", async () => {
    const reason = new Error("enough");
    await expect(createPracticeServer({ home, now }).look({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
