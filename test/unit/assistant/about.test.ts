import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAssistant } from "../../../electron/assistant/assistant.ts";
import { dispatch } from "../../../electron/assistant/dispatch.ts";
import { createProblemNotes } from "../../../electron/assistant/problem-notes.ts";
import { bareShell } from "../../../electron/assistant/window-shell.ts";
import type { About } from "../../../electron/contract/about.ts";
import type { Handlers } from "../../../electron/contract/methods.ts";
import { failed } from "../../../electron/contract/outcome.ts";

const assets = fileURLToPath(new URL("../../../assets", import.meta.url));
const now = (): Date => new Date("2026-11-23T10:00:00Z");

let home: string;
let handlers: Handlers;
let problems: ReturnType<typeof createProblemNotes>;

function assistantWith(folder: string): Handlers {
  return createAssistant({
    home,
    assets: folder,
    version: "1.2.3",
    now,
    platform: "linux",
    shell: { ...bareShell, runtime: "Electron 1, Chromium 2, Node 3", problems: problems.list },
    emit: () => {},
  });
}

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "person-of-contoso-"));
  problems = createProblemNotes(now);
  handlers = assistantWith(assets);
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function diagnostics(): Promise<string> {
  const answer = await handlers.getDiagnostics(null);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value.text;
}

/** Every text that stands anywhere in a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return [...Object.keys(value), ...Object.values(value).flatMap(textsIn)];
}

describe("diagnostics", () => {
  test("tell versions, settings, verdicts and the codes of problems", async () => {
    await handlers.openSample({ id: "old-build" });
    await handlers.setSettings({ theme: "dark" });
    problems.note("look", failed("look-cancelled", "the look at MIM01 was cancelled", "Look again."));
    problems.note("openTarget", failed("C:\\Users\\someone is no code", "x", "y"));
    const text = await diagnostics();
    expect(text).toContain("MIM Mail Assistant 1.2.3 (commit ");
    expect(text).toContain("Runs on: Electron 1, Chromium 2, Node 3\n");
    expect(text).toContain("Settings: theme dark\n");
    expect(text).toMatch(/^Server: recorded, elevated: not known$/m);
    expect(text).toMatch(/^MIM Service: 4\.\d+\.\d+\.\d+$/m);
    expect(text).toMatch(/^Findings: action \d+, .*done \d+/m);
    expect(text).toMatch(/^ {2}tls: /m);
    expect(text).toMatch(/^Left to do: .*server\.build/m);
    expect(text).toContain("Problems since the start: 2\n  2026-11-23T10:00:00.000Z look: look-cancelled\n");
    expect(text).toContain("openTarget: unknown\n");
  });

  test("hold nothing that was read on the server or typed by a person", async () => {
    const file = join(assets, "practice", "configured.json");
    const recording = JSON.parse(await readFile(file, "utf8"));
    recording.computer = "MIMSRV-CONTOSO-07";
    const opened = await dispatch(handlers, "openRecording", {
      name: "from \\\\fileserver\\administrator.json",
      text: JSON.stringify(recording),
    });
    expect(opened.ok).toBe(true);
    const target = {
      mailServer: "office365",
      authentication: "applicationContext",
      applicationId: "0f8fad5b-d9cb-469f-a165-70867728950e",
      tenantId: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
      serviceAccount: "CONTOSO\\svc-mim-secretname",
      serviceEmail: "mim.service@contoso.example",
      tlsProfile: "guide",
      accepted: [{ finding: "tls.costs", reason: "agreed with Ms Example", by: "A. Person", until: "2027-01-01" }],
    };
    const set = await dispatch(handlers, "setTarget", target);
    expect(set.ok).toBe(true);
    const refused = await dispatch(handlers, "openTarget", { name: "target-of-contoso.json", text: "{" });
    problems.note("openTarget", refused);
    expect(refused.ok).toBe(false);

    const text = await diagnostics();
    expect(text).toContain("openTarget: ");
    const known = [
      ...["done", "guide", "present", "running", "recorded", "system"],
      // What a field of a recording or a target is called, and here a method, a finding or a word.
      ...["registry", "mailServer", "authentication", "applicationId", "tenantId", "serviceAccount"],
    ];
    const read = [...textsIn(recording), ...textsIn(target), home, "fileserver", "target-of-contoso"].filter(
      // Statuses and ids are the program's own words; a build is what diagnostics are for.
      (found) => found.length > 5 && !known.includes(found) && !/^[\d.]+$/.test(found) && !found.startsWith("tls."),
    );
    expect(read.length).toBeGreaterThan(100);
    expect(read.filter((found) => text.includes(found))).toEqual([]);
  });

  test("say that settings are damaged by their code, and still answer", async () => {
    await writeFile(join(home, "settings.json"), "{");
    expect(await diagnostics()).toContain("Settings: set-aside\n");
  });

  test("keep the last fifty problems", async () => {
    for (let count = 0; count < 60; count += 1) problems.note("look", failed(`code-${count}`, "x", "y"));
    expect(problems.list()).toHaveLength(50);
    expect(problems.list()[0]?.code).toBe("code-10");
  });
});

describe("about", () => {
  const about = async (from: Handlers): Promise<About> => {
    const answer = await from.getAbout(null);
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.value;
  };

  test("tells what the build knows of itself", async () => {
    const product = join(home, "product");
    await mkdir(join(product, "out"), { recursive: true });
    const licences = [{ name: "zod", version: "4", licence: "MIT", text: "Permission is granted" }];
    await writeFile(join(product, "out", "licences.json"), JSON.stringify(licences));
    await writeFile(join(product, "out", "build-info.json"), '{"commit":"abc1234","builtOn":"2026-11-23"}');
    expect(await about(assistantWith(join(product, "assets")))).toEqual({
      version: "1.2.3",
      commit: "abc1234",
      builtOn: "2026-11-23",
      runtime: "Electron 1, Chromium 2, Node 3",
      licences,
    });
  });

  test("says nothing of the build where it is not known", async () => {
    expect(await about(assistantWith(join(home, "nowhere", "assets")))).toMatchObject({
      commit: null,
      builtOn: null,
      licences: [],
    });
  });
});
