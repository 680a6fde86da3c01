import { existsSync } from "node:fs";
import { join } from "node:path";
import { Option } from "commander";
import { readTarget } from "../assistant/target-file.ts";
import { judge } from "../checklist/judge.ts";
import type { Checklist } from "../contract/checklist.ts";
import { dayOf, daySchema } from "../contract/date.ts";
import { defaultTarget, type Target } from "../contract/target.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { Recording } from "../recording/recording.ts";
import type { Server } from "../server/server.ts";
import { readInput } from "./input-file.ts";
import type { Context } from "./io.ts";
import { type NamedServer, openServer } from "./server-option.ts";

/** The largest target that is read, in bytes; one is a few hundred. */
const targetSizeLimit = 1024 * 1024;

/** A server that was looked at and judged. */
export interface JudgedServer {
  readonly name: string;
  readonly label: string;
  readonly server: Server;
  readonly recording: Recording;
  readonly target: Target;
  /** Where the target came from, in words. */
  readonly targetFrom: string;
  readonly checklist: Checklist;
}

export interface JudgeOptions {
  readonly target?: string;
  readonly today?: string;
}

export function targetOption(): Option {
  return new Option("--target <file>", "what is wanted; the default is the target kept for this computer's servers");
}

export function todayOption(): Option {
  return new Option("--today <YYYY-MM-DD>", "the day to judge for; the default is today");
}

/** Opens, looks at and judges servers by their names, one after the other. Throws InputProblem. */
export async function judgeServers(
  names: readonly string[],
  options: JudgeOptions,
  context: Context,
): Promise<JudgedServer[]> {
  const today = dayFrom(options.today, context.io.now());
  const given = options.target === undefined ? null : await readTargetFile(options.target);
  const opened: NamedServer[] = [];
  for (const name of names) opened.push(await openServer(name, context));
  const judged: JudgedServer[] = [];
  for (const named of opened) {
    const { target, targetFrom } =
      given === null ? await targetFor(named, context.home) : { target: given, targetFrom: options.target ?? "" };
    const recording = await named.server.look();
    const { kind, label, elevated } = named.server;
    const checklist = judge({ recording, target, today, server: { name: named.name, kind, elevated } });
    judged.push({ name: named.name, label, server: named.server, recording, target, targetFrom, checklist });
  }
  return judged;
}

/** The day given, or the local day of a moment. Throws InputProblem for a text that is no day. */
export function dayFrom(given: string | undefined, now: Date): string {
  if (given === undefined) return dayOf(now);
  if (daySchema.safeParse(given).success) return given;
  throw new InputProblem("no-day", `not a day: ${given}`, "--today", "Write a day that exists as YYYY-MM-DD.");
}

/** What is wanted of a server: what its report keeps, else what is kept at home, else the defaults; and where from. */
export async function targetFor(
  { server, keptTarget }: NamedServer,
  home: string,
): Promise<{ readonly target: Target; readonly targetFrom: string }> {
  if (keptTarget !== null) return { target: keptTarget, targetFrom: "kept in the report" };
  const kept = join(home, "target.json");
  if (server.kind === "recorded" || !existsSync(kept)) return { target: defaultTarget, targetFrom: "the defaults" };
  return { target: await readTargetFile(kept), targetFrom: kept };
}

export async function readTargetFile(path: string): Promise<Target> {
  const problem = new InputProblem(
    "too-large",
    "the target is larger than 1 MB",
    path,
    "Choose a target file; one has a few lines.",
  );
  return readTarget(await readInput(path, "target", { bytes: targetSizeLimit, problem }), path);
}
