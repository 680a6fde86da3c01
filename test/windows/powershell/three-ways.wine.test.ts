import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { judge } from "../../../electron/checklist/judge.ts";
import type { Target } from "../../../electron/contract/target.ts";
import { readRecording } from "../../../electron/recording/read-recording.ts";
import type { Recording } from "../../../electron/recording/recording.ts";
import { readSample, samples } from "../../../electron/server/practice/samples.ts";
import { hasWindows, named, top } from "../windows.ts";
import { mimMail } from "../windows-node.ts";
import { oddServer } from "./odd-server.ts";
import { installServer, madeNow, type RecordedServer } from "./recorded-server.ts";
import { openSession } from "./session.ts";

/** What a look at a server cannot know: the cloud is asked by its own check. */
const looked = (recording: Recording): Recording => ({ ...recording, cloud: null });

function checklist(recording: Recording, target: Target, today: string): unknown {
  const server = { name: "MIM" } as const;
  return judge({ recording: looked(recording), target, today, server }).steps.flatMap(({ findings }) =>
    findings.map(({ id, status, title, actual, expected, advice, remedy }) => ({
      id,
      status,
      title,
      actual,
      expected,
      advice,
      remedy,
    })),
  );
}

const servers = [
  ...samples.map(({ id }) => ({
    title: `of the practice recording ${id}`,
    id,
    made: (recording: Recording) => recording,
  })),
  { title: "with something odd in every place", id: "stuck-on-dotnet-2", made: oddServer },
];

/** The built program with all it ships but the collector; it lies where its packages are found. */
let withoutCollector = "";
beforeAll(() => {
  const cache = join(top, "node_modules", ".cache", "mim-mail-assistant");
  mkdirSync(cache, { recursive: true });
  const copy = mkdtempSync(join(cache, "without-collector-"));
  for (const part of ["out", "assets"]) cpSync(join(top, part), join(copy, part), { recursive: true });
  rmSync(join(copy, "assets", "powershell", "collect.ps1"));
  withoutCollector = join(copy, "out", "mim-mail.js");
  return () => rmSync(copy, { recursive: true });
});

describe.skipIf(!hasWindows).each(servers)("the server $title", ({ id, made }) => {
  let folder: string;
  let recording: Recording;
  let target: Target;
  let server: RecordedServer;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "mim-mail-three-"));
    const sample = await readSample(join(top, "assets"), id);
    recording = madeNow(made(sample.recording));
    target = sample.target;
    server = installServer(recording, folder);
  });
  afterAll(() => {
    server.remove();
    rmSync(folder, { recursive: true });
  });

  test("has the same checklist as the recording, collected by collect.ps1 and by the command line in both its ways", async () => {
    const today = recording.recordedAt.slice(0, 10);
    const wanted = checklist(recording, target, today);
    const byScript = join(folder, "script.json");
    const session = openSession(server.environment);
    const collected = await session.run({
      file: join(top, "assets", "powershell", "collect.ps1"),
      arguments: ["-OutFile", named(byScript)],
      standIns: server.standIns,
    });
    await session.end();
    expect(collected).toEqual({ code: 0, output: [], errors: [] });
    const script = readRecording(readFileSync(byScript), byScript);

    const collect = (name: string, built?: string): Recording => {
      const path = join(folder, name);
      const said = mimMail(folder, ["collect", "--out", named(path)], server.environment, built);
      expect([said.code, said.stdout]).toEqual([0, expect.stringContaining(name)]);
      return readRecording(readFileSync(path), path);
    };
    // Wine has no VBScript, so that regedit cannot be used: one PowerShell reads everything, and where that cannot,
    // reg.exe the registry and another PowerShell the rest.
    const byPowershell = collect("by-powershell.json");
    expect(byPowershell.tools).toEqual([
      expect.stringContaining("regedit cannot be used"),
      expect.stringContaining("collect.ps1"),
    ]);
    const byReg = collect("by-reg.json", withoutCollector);
    expect(byReg.tools?.[1]).toMatch(/^It is read with reg\.exe/);

    for (const one of [script, byPowershell, byReg]) expect(checklist(one, target, today)).toEqual(wanted);
    // No look asks a relay. Made some seconds apart, and so is the week before, whose events are read; .NET writes a blank before the end of an
    // element whose secret it took out.
    const facts = ({ recordedAt: _at, tools: _tools, relay: _asked, events, texts, ...rest }: Recording) => ({
      ...rest,
      events: { ...events, from: null },
      texts: JSON.stringify(texts).replaceAll(" />", "/>"),
    });
    expect(facts(script)).toEqual(facts(byPowershell));
    expect(facts(script)).toEqual(facts(byReg));
  });
});
