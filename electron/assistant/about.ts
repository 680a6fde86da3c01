import { readFile } from "node:fs/promises";
import { arch, release, version as systemName } from "node:os";
import { join } from "node:path";
import type * as z from "zod";
import { type About, aboutSchema } from "../contract/about.ts";
import { findingsIn } from "../contract/findings.ts";
import { statuses } from "../contract/status.ts";
import { buildIn } from "../facts/found.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { UseCases } from "./bind.ts";
import type { Uses } from "./parts.ts";

type AboutParts = Uses<"assets" | "version" | "shell" | "judged" | "settings">;

const buildInfoSchema = aboutSchema.pick({ commit: true, builtOn: true });

/**
 * A file the build wrote beside the programs; the given value when it is not there, as in a test that runs the sources.
 * @param assets the product's assets folder, which lies beside the programs' own
 */
async function builtFile<Value>(assets: string, name: string, schema: z.ZodType<Value>, absent: Value): Promise<Value> {
  try {
    return schema.parse(JSON.parse(await readFile(join(assets, "..", "out", name), "utf8")));
  } catch {
    return absent;
  }
}

/** What the program is and what it is made of. The licences are read when someone asks for them. */
async function aboutOf({ assets, version, shell }: Uses<"assets" | "version" | "shell">): Promise<About> {
  const [info, licences] = await Promise.all([
    builtFile(assets, "build-info.json", buildInfoSchema, { commit: null, builtOn: null }),
    builtFile(assets, "licences.json", aboutSchema.shape.licences, []),
  ]);
  return { version, ...info, runtime: shell.runtime, licences };
}

/** "action 2, done 31": the statuses that occur, worst first. */
function counted(found: readonly string[]): string {
  const parts = statuses.flatMap((status) => {
    const count = found.filter((other) => other === status).length;
    return count === 0 ? [] : [`${status} ${count}`];
  });
  return parts.length === 0 ? "none" : parts.join(", ");
}

/** What is on show, by kind, build and verdicts: no name of a computer, an account, a file or an application. */
async function serverLines({ judged }: Uses<"judged">): Promise<readonly string[]> {
  try {
    const { server, recording, checklist } = await judged();
    const findings = findingsIn(checklist);
    const elevated = server.elevated === null ? "not known" : server.elevated ? "yes" : "no";
    return [
      `Server: ${server.kind}, elevated: ${elevated}`,
      `MIM Service: ${/^[\d.]{1,40}$/.exec(buildIn(recording) ?? "")?.[0] ?? "build not known"}`,
      `Server's Windows: ${/^[\d.]{1,40}$/.exec(recording.windows?.build ?? "")?.[0] ?? "not known"}`,
      `Findings: ${counted(findings.map(({ status }) => status))}`,
      ...checklist.steps.map((step) => `  ${step.id}: ${counted(step.findings.map(({ status }) => status))}`),
      `Left to do: ${findings.flatMap(({ id, status }) => (status === "done" || status === "notApplicable" ? [] : [id])).join(", ") || "nothing"}`,
    ];
  } catch (error) {
    return [`Server: none on show (${error instanceof InputProblem ? error.code : "unexpected"})`];
  }
}

/** How the settings stand; that they cannot be read is told by its code. */
async function settingsLine({ settings }: Uses<"settings">): Promise<string> {
  try {
    const { theme } = await settings.read();
    return `Settings: theme ${theme}`;
  } catch (error) {
    return `Settings: ${error instanceof InputProblem ? error.code : "not readable"}`;
  }
}

/**
 * What helps whoever looks into a fault. Made of versions, ids, codes and counts alone, never of anything that was read
 * on the server or typed by a person, so that it can be put into a public issue.
 */
async function diagnosticsOf(parts: AboutParts): Promise<string> {
  const { commit, builtOn } = await aboutOf(parts);
  const problems = parts.shell.problems?.() ?? [];
  const lines = [
    `MIM Mail Assistant ${parts.version} (commit ${commit ?? "not known"}, ${builtOn ?? "day not known"})`,
    `Runs on: ${parts.shell.runtime}`,
    `System: ${systemName()} ${release()} ${arch()}`,
    await settingsLine(parts),
    ...(await serverLines(parts)),
    `Problems since the start: ${problems.length === 0 ? "none" : problems.length}`,
    ...problems.map(({ at, method, code }) => `  ${at.toISOString()} ${method}: ${code}`),
  ];
  return `${lines.join("\n")}\n`;
}

/** What the program is, and what helps when something is wrong. */
export function aboutUseCases(parts: AboutParts) {
  return {
    getAbout: () => aboutOf(parts),
    getDiagnostics: async () => ({ text: await diagnosticsOf(parts) }),
  } satisfies Partial<UseCases>;
}
