import { existsSync } from "node:fs";
import { Option } from "commander";
import { type FarmTarget, farmTargetOf, namesNoServer } from "../assistant/farm-target.ts";
import { type Judged, judgeServer } from "../assistant/judged.ts";
import { type LookEnd, manyLooks } from "../assistant/many-looks.ts";
import { readTarget, targetPath } from "../assistant/target-file.ts";
import { dayOf, daySchema } from "../contract/date.ts";
import { defaultTarget } from "../contract/target.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { Recording } from "../recording/recording.ts";
import { shownText } from "../report/shown-text.ts";
import { behindBackslashes } from "../server/remote/computer-name.ts";
import type { Server } from "../server/server.ts";
import { readInput } from "./input-file.ts";
import type { Context } from "./io.ts";
import { problemText } from "./problem-text.ts";
import { type NamedServer, openServer } from "./server-option.ts";

/** The largest target that is read, in bytes; one is a few hundred. */
const targetSizeLimit = 1024 * 1024;

/** A server that was looked at and judged. */
export interface JudgedServer extends Judged {
  readonly name: string;
  /** True where confirmations that name no server are this one's. */
  readonly alone: boolean;
  /** Where the target came from, in words. */
  readonly targetFrom: string;
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

/** A server of several that could not be looked at. */
export interface FailedServer {
  readonly name: string;
  readonly problem: InputProblem;
}

/** Servers as they were looked at, apart from those that could not be. */
export interface ManyServers {
  readonly judged: readonly JudgedServer[];
  readonly failed: readonly FailedServer[];
}

/**
 * Opens, looks at and judges servers by their names: each by the shared wishes and its own confirmations. Throws
 * InputProblem; where several are named, one that cannot be looked at is told beside the others.
 */
export async function judgeServers(
  names: readonly string[],
  options: JudgeOptions,
  context: Context,
): Promise<ManyServers> {
  const judged: JudgedServer[] = [];
  const failed: FailedServer[] = [];
  for await (const server of judgedServers(names, options, context)) {
    if ("problem" in server) failed.push(server);
    else judged.push(server);
  }
  return { judged, failed };
}

/**
 * As {@link judgeServers}, one after the other as they are asked for: what was seen of one can be forgotten before the
 * next is looked at, so that hundreds take no more memory than what is kept of them. Other computers are looked at a
 * few at a time, ahead of being asked for; Ctrl+C stops the looks that have not ended.
 */
export async function* judgedServers(
  names: readonly string[],
  options: JudgeOptions,
  context: Context,
): AsyncGenerator<JudgedServer | FailedServer> {
  const judge = await judging(options, context);
  for await (const looked of lookedServers(names, context)) {
    yield "problem" in looked ? looked : judge(looked, names.length === 1);
  }
}

/** Looks at a server that was opened, and judges it alone. Throws InputProblem. */
export async function judgeNamed(named: NamedServer, options: JudgeOptions, context: Context): Promise<JudgedServer> {
  const judge = await judging(options, context);
  return judge({ named, recording: await named.server.look() }, true);
}

/** How servers are judged as the options say. A day or a target that cannot be used is told before anything is looked at. */
async function judging(
  options: JudgeOptions,
  { io, home }: Context,
): Promise<(looked: LookedServer, only: boolean) => Promise<JudgedServer>> {
  const today = dayFrom(options.today, io.now());
  const { target: path } = options;
  const given = path === undefined ? null : await wantedIn(path);
  return async ({ named, recording }, only) => {
    const { farmTarget, targetFrom, kept } = given ?? (await wantedFor(named, undefined, home));
    const { name, server } = named;
    // A report's target was made for its one server.
    const alone = only || kept;
    return { ...judgeServer({ server, recording, farmTarget, today, name, alone }), name, alone, targetFrom };
  };
}

/** A server and what was seen on it. */
export interface LookedServer {
  readonly named: NamedServer;
  readonly recording: Recording;
}

/** Opens and looks at servers by their names, as {@link judgedServers} does. */
export async function* lookedServers(
  names: readonly string[],
  context: Context,
): AsyncGenerator<LookedServer | FailedServer> {
  const ends = await remoteLooks(names, context);
  for (const [index, name] of names.entries()) {
    const { named, end } = ends.get(index) ?? (await lookedAt(name, names.length === 1, context));
    const { recording, problem } = await end;
    if (recording !== null) yield { named, recording };
    else if (names.length === 1) throw problem;
    else yield { name, problem };
  }
}

interface LookedAt {
  readonly named: NamedServer;
  readonly end: LookEnd | Promise<LookEnd>;
}

async function lookedAt(name: string, alone: boolean, context: Context): Promise<LookedAt> {
  const named = await openServer(name, context);
  try {
    return { named, end: { recording: await named.server.look(), problem: null } };
  } catch (error) {
    if (alone || !(error instanceof InputProblem)) throw error;
    return { named, end: { recording: null, problem: error } };
  }
}

/** Starts to look at the other computers among the names; by their places. Every name is checked before one is asked. */
async function remoteLooks(names: readonly string[], context: Context): Promise<ReadonlyMap<number, LookedAt>> {
  const places = [...names.keys()].filter((index) => behindBackslashes(names[index] ?? "") !== null);
  if (places.length === 0) return new Map();
  const opened = await Promise.all(places.map((index) => openServer(names[index] ?? "", context)));
  const { io } = context;
  const tell = (count: number, { label }: Server, { problem }: LookEnd): void => {
    if (!io.showsProgress) return;
    io.stderr(
      `${count} of ${places.length}  ${shownText(label)}${problem === null ? "" : `: ${shownText(problem.message)}`}\n`,
    );
  };
  const servers = opened.map(({ server }) => server);
  const ends = await new Promise<readonly Promise<LookEnd>[]>((started, failed) => {
    // Until the last has ended, Ctrl+C stops them and not the program.
    const work = async (signal: AbortSignal): Promise<void> => {
      const looks = manyLooks(servers, { signal, ended: tell });
      started(looks);
      await Promise.allSettled(looks);
    };
    io.stoppable(work).catch(failed);
  });
  return new Map(
    places.flatMap((place, index): [number, LookedAt][] => {
      const [named, end] = [opened[index], ends[index]];
      return named === undefined || end === undefined ? [] : [[place, { named, end }]];
    }),
  );
}

/** Tells on standard error which servers could not be looked at, why, and what to do. */
export function tellFailed(failed: readonly FailedServer[], { stderr }: Pick<Context["io"], "stderr">): void {
  for (const { problem } of failed) stderr(problemText(problem.message, problem.where, problem.cure));
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

/** What is wanted, where that came from, in words, and whether a report kept it. */
interface WantedFrom {
  readonly farmTarget: FarmTarget;
  readonly targetFrom: string;
  readonly kept: boolean;
}

/**
 * What is wanted of a server: the target of the file given, else what its report keeps, else what is kept at home, else
 * the defaults. Throws InputProblem.
 */
export async function wantedFor(
  { server, savedTarget }: NamedServer,
  given: string | undefined,
  home: string,
): Promise<WantedFrom> {
  if (given !== undefined) return wantedIn(given);
  if (savedTarget !== null) return { farmTarget: savedTarget, targetFrom: "kept in the report", kept: true };
  const path = targetPath(home);
  if (server.refreshable && existsSync(path)) return wantedIn(path);
  return { farmTarget: farmTargetOf(defaultTarget), targetFrom: "the defaults", kept: false };
}

/** What the target of a file wants. Throws InputProblem. */
async function wantedIn(path: string): Promise<WantedFrom> {
  const problem = new InputProblem(
    "too-large",
    "the target is larger than 1 MB",
    path,
    "Choose a target file; one has a few lines.",
  );
  const bytes = await readInput(path, "target", { bytes: targetSizeLimit, problem });
  return { farmTarget: readTarget(bytes, path), targetFrom: path, kept: false };
}
