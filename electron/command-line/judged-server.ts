import { existsSync } from "node:fs";
import { join } from "node:path";
import { Option } from "commander";
import { type FarmTarget, farmTargetOf, namesNoServer, targetOfServer } from "../assistant/farm-target.ts";
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
  /** What is wanted of it. */
  readonly target: Target;
  /** What is wanted of all servers, and was confirmed of each. */
  readonly farmTarget: FarmTarget;
  /** True where confirmations that name no server are this one's. */
  readonly alone: boolean;
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

/**
 * Opens, looks at and judges servers by their names: each by the shared wishes and its own confirmations. Throws
 * InputProblem.
 */
export async function judgeServers(
  names: readonly string[],
  options: JudgeOptions,
  context: Context,
): Promise<JudgedServer[]> {
  const judged: JudgedServer[] = [];
  for await (const server of judgedServers(names, options, context)) judged.push(server);
  return judged;
}

/**
 * As {@link judgeServers}, one after the other as they are asked for: what was seen of one can be forgotten before the
 * next is looked at, so that hundreds take no more memory than what is kept of them.
 */
export async function* judgedServers(
  names: readonly string[],
  options: JudgeOptions,
  context: Context,
): AsyncGenerator<JudgedServer> {
  const today = dayFrom(options.today, context.io.now());
  const given = options.target === undefined ? null : await readTargetFile(options.target);
  for (const name of names) {
    const named = await openServer(name, context);
    const { farmTarget, targetFrom, kept } =
      given === null
        ? await targetFor(named, context.home)
        : { farmTarget: given, targetFrom: options.target ?? "", kept: false };
    const recording = await named.server.look();
    // A report's target was made for its one server.
    const alone = names.length === 1 || kept;
    const { kind, label, elevated } = named.server;
    const target = targetOfServer(farmTarget, recording.computer, alone, kind);
    const checklist = judge({ recording, target, today, server: { name: named.name, kind, elevated } });
    yield {
      name: named.name,
      label,
      server: named.server,
      recording,
      target,
      farmTarget,
      alone,
      targetFrom,
      checklist,
    };
  }
}

/**
 * The line that says that confirmations of a target were counted for no server, because it does not say for which they
 * are; null where every one had its server.
 */
export function uncountedConfirmations(
  judged: readonly Pick<JudgedServer, "farmTarget" | "alone" | "targetFrom">[],
): string | null {
  const left = judged.find(({ farmTarget, alone }) => !alone && namesNoServer(farmTarget));
  return left === undefined ? null : uncounted(left.targetFrom);
}

/** As {@link uncountedConfirmations}, of one target's file. */
export function uncounted(targetFrom: string): string {
  return `Confirmations at the top of ${targetFrom} count for no server here: they hold for one. Name it under "servers".`;
}

/** The day given, or the local day of a moment. Throws InputProblem for a text that is no day. */
export function dayFrom(given: string | undefined, now: Date): string {
  if (given === undefined) return dayOf(now);
  if (daySchema.safeParse(given).success) return given;
  throw new InputProblem("no-day", `not a day: ${given}`, "--today", "Write a day that exists as YYYY-MM-DD.");
}

/**
 * What is wanted of a server: what its report keeps, else what is kept at home, else the defaults; where from, and
 * whether its report kept it.
 */
export async function targetFor(
  { server, savedTarget }: NamedServer,
  home: string,
): Promise<{ readonly farmTarget: FarmTarget; readonly targetFrom: string; readonly kept: boolean }> {
  if (savedTarget !== null) return { farmTarget: savedTarget, targetFrom: "kept in the report", kept: true };
  const path = join(home, "target.json");
  if (server.kind === "recorded" || !existsSync(path)) {
    return { farmTarget: farmTargetOf(defaultTarget), targetFrom: "the defaults", kept: false };
  }
  return { farmTarget: await readTargetFile(path), targetFrom: path, kept: false };
}

/** A target from its file. Throws InputProblem. */
export async function readTargetFile(path: string): Promise<FarmTarget> {
  const problem = new InputProblem(
    "too-large",
    "the target is larger than 1 MB",
    path,
    "Choose a target file; one has a few lines.",
  );
  return readTarget(await readInput(path, "target", { bytes: targetSizeLimit, problem }), path);
}
