import { judge } from "../checklist/judge.ts";
import type { Checklist } from "../contract/checklist.ts";
import type { Target } from "../contract/target.ts";
import type { Recording } from "../recording/recording.ts";
import type { Server } from "../server/server.ts";
import { type FarmTarget, namesNoServer, sameServer, targetOfServer, withConfirmationsOf } from "./farm-target.ts";
import { judgedAs, nameOf } from "./server-labels.ts";

/** A server that was looked at, with the target it is judged against and the verdicts of a day. */
export interface Judged {
  readonly server: Server;
  readonly recording: Recording;
  /** What is wanted of this server. */
  readonly target: Target;
  /** What is wanted of all servers, and was confirmed of each. */
  readonly farmTarget: FarmTarget;
  readonly checklist: Checklist;
}

/** A server that was looked at, and how it is to be judged. */
export interface JudgeServer extends Omit<Judged, "target" | "checklist"> {
  /** The day to judge for, `YYYY-MM-DD`. */
  readonly today: string;
  /** The name the checklist gives it; its own without this. */
  readonly name?: string;
  /** False where confirmations that name no server are not this one's. */
  readonly alone?: boolean;
}

/** Judges a server as it was looked at: by the shared wishes and its own confirmations. */
export function judgeServer({ server, recording, farmTarget, today, name, alone = true }: JudgeServer): Judged {
  const target = targetOfServer(farmTarget, recording.computer, alone, server.keptAs);
  const checklist = judge({ recording, target, today, server: judgedAs(server, name ?? nameOf(server)) });
  return { server, recording, target, farmTarget, checklist };
}

/** The same verdicts after something was asked and answered since the look: of the cloud, of the relay. */
export function judgedWith({ server, target, recording, checklist }: Judged, answer: Partial<Recording>): Checklist {
  const { server: name, today } = checklist;
  return judge({ recording: { ...recording, ...answer }, target, today, server: judgedAs(server, name) });
}

/**
 * What is wanted of a server as an earlier recording shows it: what is wanted now, but for the confirmations where that
 * was another computer.
 */
export function targetBefore(
  { server, recording, farmTarget }: Omit<Judged, "checklist" | "target">,
  before: Recording,
): Target {
  const same = sameServer(before.computer, recording.computer);
  return targetOfServer(farmTarget, before.computer, same, same ? server.keptAs : undefined);
}

/** A recording with the target that a report keeps beside it; null for none. */
export interface KeptRecording {
  readonly name: string;
  readonly server: Server;
  readonly recording: Recording;
  readonly savedTarget: FarmTarget | null;
}

/** Two recordings, judged alike. */
export interface JudgedPair {
  readonly before: Checklist;
  readonly after: Checklist;
  /** True where confirmations that name no server counted for neither. */
  readonly uncounted: boolean;
}

/**
 * Judges two recordings by one target and for one day, so that only the servers differ. Two of one computer are one server
 * before and after; of two computers, each has its own confirmations: where the target is a report's, those that its own
 * report keeps.
 */
export function judgePair(
  [before, after]: readonly [KeptRecording, KeptRecording],
  { farmTarget, kept, today }: { readonly farmTarget: FarmTarget; readonly kept: boolean; readonly today: string },
): JudgedPair {
  const same = sameServer(before.recording.computer, after.recording.computer);
  const own = [before, after].map(({ recording, savedTarget }) => ({
    computer: recording.computer,
    kept: savedTarget,
  }));
  const wanted = kept && !same ? withConfirmationsOf(farmTarget, own) : farmTarget;
  const checklistOf = ({ name, server, recording }: KeptRecording): Checklist =>
    judgeServer({ server, name, recording, farmTarget: wanted, alone: same, today }).checklist;
  return { before: checklistOf(before), after: checklistOf(after), uncounted: !same && namesNoServer(wanted) };
}
