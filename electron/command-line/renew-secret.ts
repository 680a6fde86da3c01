import { createRenewalStore, type RenewalWord, renew, targetAfter } from "../assistant/renewal.ts";
import { createTargetStore } from "../assistant/target-file.ts";
import type { Renewal, RenewalStep } from "../contract/renewal.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { jsonText } from "../report/json-text.ts";
import { shownText } from "../report/shown-text.ts";
import { hanging, wrapped } from "./columns.ts";
import type { Define } from "./define.ts";
import type { Io } from "./io.ts";
import { type JudgeOptions, judgeNamed, targetOption, todayOption } from "./judged-server.ts";
import { paintFor } from "./paint.ts";
import { openNamed } from "./planned-server.ts";
import { serverOption } from "./server-option.ts";

interface RenewOptions extends JudgeOptions {
  readonly server?: string;
  readonly json?: true;
  readonly start?: true;
  readonly made?: string;
  readonly checked?: true;
  readonly removed?: true;
  readonly abandon?: true;
}

/** `renew-secret`: where the renewal of the client secret stands and what is next. Ends with 0 when nothing is to be done. */
export const defineRenewSecret: Define = (command, context, end) => {
  const { io, home } = context;
  command
    .addOption(serverOption())
    .addOption(targetOption())
    .addOption(todayOption())
    .option("--json", "print JSON")
    .option("--start", "begin a renewal")
    .option("--made <YYYY-MM-DD>", "say that the new secret was made, and the day it expires")
    .option("--checked", "say that the new secret was checked elsewhere")
    .option("--removed", "say that the old secret was removed")
    .option("--abandon", "forget a renewal that was begun")
    .addHelpText(
      "after",
      `
Each step is told by what a look shows (the cloud check, the installer's run, the service, its token and events) or by what
you say here; it can be left and taken up again. No secret is asked for or kept.

Exit codes: 0 nothing to do: finished, or not begun and not due; 1 something is next; 2 wrong usage or unreadable input.

Examples:
  mim-mail renew-secret
  mim-mail renew-secret --start
  mim-mail renew-secret --made 2028-11-01
  mim-mail renew-secret --removed`,
    )
    .action(async (options: RenewOptions) => {
      const word = wordIn(options);
      const {
        server: looked,
        recording,
        target,
        checklist,
      } = await judgeNamed(await openNamed(options, context), options, context);
      const server = { keptAs: looked.keptAs, recording, target, checklist };
      const renewal = await renew(server, word, { store: createRenewalStore(home, io.now), now: io.now });
      io.stdout(options.json ? jsonText(renewal) : renewalText(renewal, io));
      if (word?.say === "removed") {
        if (options.target === undefined) await saveExpiry(renewal, home, io.now);
        else io.stderr(`mim-mail: set secretExpires to ${renewal.newExpires} in ${shownText(options.target)}\n`);
      }
      const isDue = renewal.due.status !== "done" && renewal.due.status !== "pending";
      end(renewal.finished || (renewal.startedAt === null && !isDue) ? 0 : 1);
    });
};

function wordIn(options: RenewOptions): RenewalWord | null {
  const words: RenewalWord[] = [
    ...(["start", "checked", "removed", "abandon"] as const).flatMap((say) => (options[say] === true ? [{ say }] : [])),
    ...(options.made === undefined ? [] : [{ say: "made" as const, expires: options.made }]),
  ];
  if (words.length <= 1) return words[0] ?? null;
  throw new InputProblem(
    "usage",
    "only one thing can be said at a time",
    "mim-mail renew-secret",
    "Leave all but one of --start, --made, --checked, --removed and --abandon out.",
  );
}

/** From now on the day the secret expires is the new one's. */
async function saveExpiry(renewal: Renewal, home: string, now: () => Date): Promise<void> {
  const store = createTargetStore(home, now);
  const farm = await store.read();
  await store.write({ ...farm, target: targetAfter(farm.target, renewal) });
}

function renewalText(renewal: Renewal, io: Io): string {
  const paint = paintFor(io.colours);
  const { applicationId, due, startedAt, steps, finished } = renewal;
  const lines = [
    ...wrapped(`${paint.bold("Client secret")} of ${applicationId}: ${shownText(due.text, 200)}.`, io.columns),
    ...wrapped(
      startedAt === null
        ? "No renewal was begun. Begin it with mim-mail renew-secret --start."
        : finished
          ? `The renewal begun at ${startedAt} is finished.`
          : `Renewal begun at ${startedAt}.`,
      io.columns,
    ),
    "",
  ];
  for (const [index, step] of steps.entries()) lines.push(...stepLines(step, index + 1, io));
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

const marks: Readonly<Record<RenewalStep["state"], string>> = { done: "[x]", next: "[>]", waiting: "[ ]" };

function stepLines({ id, title, state, text, how, commands }: RenewalStep, place: number, io: Io): string[] {
  const paint = paintFor(io.colours);
  const below = (said: string): string[] => hanging("       ", 7, wrapped(said, io.columns - 7));
  const head = `${marks[state]} ${place}. ${title}`;
  const lines = [state === "next" ? paint.bold(head) : head];
  if (state === "waiting") return lines;
  lines.push(...below(shownText(text, 600)));
  if (state === "done") return lines;
  for (const one of how) lines.push(...below(`> ${one}`));
  for (const { runIn, title: what, text: command, note } of commands) {
    lines.push(...below(`${runIn}, ${what}:`), `         ${command}`, ...(note === null ? [] : below(note)));
  }
  const say = { made: "--made YYYY-MM-DD", checked: "--checked", removed: "--removed" } as const;
  if (id in say) lines.push(...below(`Then: mim-mail renew-secret ${say[id as keyof typeof say]}`));
  return lines;
}
