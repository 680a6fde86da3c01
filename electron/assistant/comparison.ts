import { farmOfServers } from "../checklist/farm.ts";
import { type JudgedAs, judge } from "../checklist/judge.ts";
import type { Checklist } from "../contract/checklist.ts";
import type { Comparison, Farm } from "../contract/comparison.ts";
import type { Target } from "../contract/target.ts";
import { areaTitles, compareRecordings, type Difference, serverDifferences } from "../recording/compare.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { readRecordingText } from "../recording/read-recording.ts";
import type { Recording } from "../recording/recording.ts";
import type { UseCases } from "./bind.ts";
import { comparisonWith, earlierOf } from "./earlier.ts";
import { targetOfServer } from "./farm-target.ts";
import { type Judged, targetBefore } from "./judged.ts";
import type { Uses } from "./parts.ts";
import { judgedAs } from "./server-labels.ts";
import { type NamedRecording, noFarm } from "./session.ts";

/** As many differences as the window lists. */
const differenceLimit = 500;

/** As much of one value as a difference shows, in characters. */
const valueLimit = 1000;

/** Comparing with an earlier look and with other servers. */
export function comparisonUseCases({ session, stateOf }: Uses<"session" | "stateOf">) {
  return {
    openBefore: async ({ name, text }) => {
      // Read before anything is looked at: a file that cannot be used changes nothing.
      const recording = readRecordingText(text, name);
      const shown = await session.shown();
      session.openBefore(shown.server, { name, recording });
      return stateOf(shown);
    },
    closeBefore: async () => {
      const shown = await session.shown();
      session.openBefore(shown.server, null);
      return stateOf(shown);
    },
    openFarm: async ({ files }) => {
      session.openFarm({ servers: farmFrom(files), failed: [] });
      return stateOf();
    },
    closeFarm: async () => {
      session.openFarm(noFarm);
      return stateOf();
    },
  } satisfies Partial<UseCases>;
}

/** The recordings of files; all of them or, when one cannot be used, none. Throws InputProblem that names the file. */
function farmFrom(files: readonly { readonly name: string; readonly text: string }[]): NamedRecording[] {
  if (files.length === 0) {
    throw new InputProblem("nothing-chosen", "no recording was chosen", "servers", "Choose at least one recording.");
  }
  const servers: NamedRecording[] = [];
  const problems: InputProblem[] = [];
  for (const { name, text } of files) {
    try {
      servers.push({ name, recording: readRecordingText(text, name) });
    } catch (error) {
      if (!(error instanceof InputProblem)) throw error;
      problems.push(error);
    }
  }
  const [first, ...others] = problems;
  if (first === undefined) return servers;
  const more = others.length === 0 ? "" : `; ${others.length} more of the files cannot be used either`;
  throw new InputProblem(first.code, `${first.message}${more}`, first.where, first.cure);
}

/**
 * What was seen before against what is seen now, judged alike: for today and the target on show; of another server's,
 * only the wishes count. Null while there is nothing earlier.
 */
export function comparisonOf({ session }: Uses<"session">, judged: Judged): Comparison | null {
  const earlier = earlierOf(session, judged);
  if (earlier === null) return null;
  const { server, recording, checklist } = judged;
  const target = targetBefore(judged, earlier.recording);
  const former = judgedOnce(earlier.recording, target, checklist.today, judgedAs(server, checklist.server));
  const differences = differencesBetween(earlier.recording, recording);
  const listed = differences.slice(0, differenceLimit).map(shownDifference);
  return { ...comparisonWith(earlier, former, checklist, listed), leftOut: differences.length - listed.length };
}

/** The server on show and the recordings opened beside it, each judged for today, the wishes and its confirmations. */
export function farmOf({ session }: Uses<"session">, judged: Judged): Farm | null {
  const { servers: others, failed } = session.farm();
  if (others.length === 0 && failed.length === 0) return null;
  const { server, recording, target, farmTarget, checklist } = judged;
  const { today } = checklist;
  return farmOfServers(
    [
      { name: server.label, recording, checklist, target },
      ...others.map(({ name, recording: other }) => {
        const wanted = targetOfServer(farmTarget, other.computer, false);
        return { name, recording: other, checklist: judgedOnce(other, wanted, today, { name }), target: wanted };
      }),
    ],
    [...failed],
  );
}

// The window asks for its state after every keystroke of a form; what was judged before is not judged again.
const checklists = new WeakMap<Recording, { readonly target: Target; readonly as: string; readonly made: Checklist }>();
const compared = new WeakMap<Recording, { readonly now: Recording; readonly made: readonly Difference[] }>();

function judgedOnce(recording: Recording, target: Target, today: string, server: JudgedAs): Checklist {
  const as = JSON.stringify([today, server]);
  const known = checklists.get(recording);
  if (known?.target === target && known.as === as) return known.made;
  const made = judge({ recording, target, today, server });
  checklists.set(recording, { target, as, made });
  return made;
}

function differencesBetween(before: Recording, now: Recording): readonly Difference[] {
  const known = compared.get(before);
  if (known?.now === now) return known.made;
  const made = serverDifferences(compareRecordings(before, now));
  compared.set(before, { now, made });
  return made;
}

function shownDifference({ area, address, change, from, to }: Difference): Comparison["differences"][number] {
  return { area: areaTitles[area], address: truncate(address), change, from: truncate(from), to: truncate(to) };
}

function truncate<Text extends string | null>(text: Text): Text | string {
  if (text === null || text.length <= valueLimit) return text;
  return `${text.slice(0, valueLimit)}… (cut: ${text.length.toLocaleString("en-US")} characters in all)`;
}
