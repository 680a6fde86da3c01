import { signInMeaning } from "../checklist/sign-in-errors.ts";
import { capitalized } from "../contract/capitalized.ts";
import type { Explanation } from "../contract/change-mode.ts";
import type { LogLine } from "../contract/history.ts";
import { defaultTarget } from "../contract/target.ts";
import { knownProperties } from "../installer/known-properties.ts";
import { logDetails } from "../installer/log-details.ts";
import { explanationsOf } from "../installer/log-explanation.ts";
import { isOfMim, type LogReading, type RunKind, runSucceeded } from "../installer/log-reading.ts";
import { pagesOfDialogs } from "../installer/page-follower.ts";
import { wizardCaseOf, wizardPages } from "../installer/pages.ts";
import { shownText } from "../report/shown-text.ts";
import { hanging, wrapped } from "./columns.ts";
import type { Io } from "./io.ts";
import { type Paint, paintFor } from "./paint.ts";

/** A dialog with the page it was, as far as that is known. Another product's dialogs are no pages of this wizard. */
export function dialogsOf(reading: LogReading) {
  const pages = wizardPages(wizardCaseOf(defaultTarget));
  const followed = pagesOfDialogs(reading.dialogs, pages);
  return reading.dialogs.map((dialog, index) => {
    const page = isOfMim(reading) === false ? null : (followed[index] ?? null);
    return { ...dialog, page: page?.page ?? null, pageKnownBy: page?.known ?? null };
  });
}

/** The known properties the log gives a value, in the order of the wizard's pages. */
export function choicesOf({ properties }: LogReading) {
  return knownProperties.flatMap(({ name, title, page }) => {
    const value = properties.get(name);
    return value === undefined ? [] : [{ name, title, page, value }];
  });
}

/** Refusals of a sign-in that stand in the log, each with what it means. */
export function signInErrorsOf({ signInErrors }: LogReading) {
  return signInErrors.map((code) => ({ code: `AADSTS${code}`, ...signInMeaning(`AADSTS${code}`) }));
}

/** Labels of the text are as wide as the longest. */
const labelWidth = 10;

/** What a log says, for a person: how the run ended and why first, then all else. */
export function logText(
  reading: LogReading,
  log: string,
  cleanCopy: string | null,
  io: Pick<Io, "colours" | "columns">,
): string {
  const paint = paintFor(io.colours);
  const lines: string[] = [paint.bold(shownText(log, 400)), ""];
  const row = (label: string, text: string | null): void => {
    if (text === null) return;
    const first = `  ${paint.soft(label.padEnd(labelWidth))}  `;
    lines.push(...hanging(first, labelWidth + 4, wrapped(shownText(text), io.columns - labelWidth - 4)));
  };
  row("Log", logWords(reading));
  row("Product", productWords(reading));
  row("Run", runWords(reading));
  row("Result", resultWords(reading));
  if (reading.removes) row("", "This run removes the product. Change mode is not that.");
  row("Failed", failureWords(reading));
  row("Update", updateWords(reading));
  row("Restart", restartWords(reading));
  section("Cause and cure", causeWords(reading), lines, paint, io);
  excerpts(reading, lines, paint);
  section("Pages and dialogs", dialogWords(reading), lines, paint, io);
  section("Choices", choiceWords(reading), lines, paint, io);
  for (const { title, items } of logDetails(reading)) section(title, items, lines, paint, io);
  section("Secrets in clear", secretWords(reading), lines, paint, io);
  if (cleanCopy !== null) {
    lines.push(
      "",
      `Wrote ${shownText(cleanCopy, 400)}: the log without its secrets, ${counted(reading.lines, "line")}.`,
    );
  }
  return `${lines.join("\n")}\n`;
}

function section(
  title: string,
  items: readonly string[],
  lines: string[],
  paint: Paint,
  { columns }: Pick<Io, "columns">,
): void {
  if (items.length === 0) return;
  lines.push("", paint.bold(title));
  for (const item of items) lines.push(...hanging("  ", 4, wrapped(shownText(item), columns - 4)));
}

/** So many causes are shown with their lines. */
const shownExcerpts = 5;

/** What was said before the first failure, and the lines around the causes; as they stand, not wrapped. */
function excerpts(reading: LogReading, lines: string[], paint: Paint): void {
  const failure = reading.firstFailure;
  const causes = [...explanationsOf(reading), ...(failure === null ? [] : [failure])]
    .filter(({ around }) => around.length > 0)
    .slice(0, shownExcerpts);
  const shown = new Map(causes.flatMap(({ around }) => around).map(({ line, text }) => [line, text]));
  add("Said before it", failure?.said ?? []);
  add(
    "The lines around it",
    [...shown].map(([line, text]) => ({ line, text })).sort((one, other) => one.line - other.line),
  );

  function add(title: string, told: readonly LogLine[]): void {
    if (told.length === 0) return;
    const width = String(told.at(-1)?.line ?? 0).length;
    const marked = new Set(causes.map(({ line }) => line));
    lines.push("", paint.bold(title));
    for (const [index, { line, text }] of told.entries()) {
      if (index > 0 && line !== (told[index - 1]?.line ?? 0) + 1) lines.push(`  ${paint.soft("…")}`);
      lines.push(
        `${marked.has(line) ? ">" : " "} ${paint.soft(String(line).padStart(width))}  ${shownText(text, 300)}`.trimEnd(),
      );
    }
  }
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en-US")} ${what}${count === 1 ? "" : "s"}`;
}

function logWords(reading: LogReading): string {
  const parts = [reading.encoding, counted(reading.lines, "line"), counted(reading.bytes, "byte")];
  if (reading.startedAt !== null) parts.push(`begun ${reading.startedAt}`);
  if (reading.runs > 1) parts.push(`${reading.runs} runs, of which this is the last`);
  if (reading.endsInZeros) parts.push("ends in zeros: Windows or its disk stopped while it was written");
  if (reading.endsAmidCharacter) parts.push("ends in the middle of a character: it was cut, or is still being written");
  if (reading.overlongLines > 0) {
    parts.push(`${counted(reading.overlongLines, "line")} of more than 2 MB not read: what they hold is not known`);
  }
  return parts.join(", ");
}

function productWords(reading: LogReading): string {
  const { bootstrapper, product } = reading;
  if (bootstrapper !== null) {
    const where = bootstrapper.logs.length === 0 ? "a file beside it" : bootstrapper.logs.join(", ");
    return `This is the log of a bootstrapper. The log of the package is ${where}.`;
  }
  const { name, version, code, file } = product;
  const named = name === null || version === null || name.endsWith(version) ? (name ?? version) : `${name} ${version}`;
  const parts = [named, code].filter((part) => part !== null && part !== "");
  const package_ = file === null ? "" : `, its package is ${file}`;
  const told = parts.length === 0 ? `The log does not name it${package_}.` : parts.join(", ");
  return isOfMim(reading) === false
    ? `${told.replace(/\.$/, "")}. This is not the log of the MIM Service and Portal.`
    : told;
}

const kindWords: Readonly<Record<RunKind, string>> = {
  install: "installs the product",
  change: "changes what is installed",
  repair: "repairs the product",
  remove: "removes the product",
  update: "installs an update",
  removeUpdate: "removes an update",
  upgrade: "an upgrade: removes the older version and installs the new one",
};

function runWords({ runKind, runBy }: LogReading): string | null {
  const { user, computer, elevated, installer } = runBy;
  const parts = [
    runKind === null ? null : kindWords[runKind],
    user === null ? null : `by ${user}`,
    computer === null ? null : `on ${computer}`,
    elevated === null ? null : elevated ? "elevated" : "not elevated",
    installer === null ? null : `Windows Installer ${installer}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(", ");
}

/** What went wrong in a run that succeeded, so many of them at the most. */
const shownButs = 3;

function resultWords(reading: LogReading): string {
  const { exitCode } = reading;
  if (exitCode === null) return `The log does not say how the run ended; it stops ${stopWords(reading)}`;
  const reasons = explanationsOf(reading);
  if (!runSucceeded(reading)) {
    const exit = reasons.find(({ origin }) => origin === "exit");
    return `Exit code ${exitCode}: ${exit?.cause ?? "it failed"}`;
  }
  const succeeded = exitCode === 0 ? "Succeeded (exit code 0)" : `Succeeded (exit code ${exitCode}), with a restart`;
  if (reasons.length === 0) return succeeded;
  const buts = reasons.slice(0, shownButs).map((reason) => reasonWords(reason).replace(/\.$/, ""));
  const more = reasons.length > shownButs ? "; and more" : "";
  return `${succeeded}, but: ${buts.join("; ")}${more}`;
}

function stopWords({ bytes, phase, changesBegun, current }: LogReading): string {
  if (bytes <= 2) return "where it begins: nothing is written to it yet";
  const doing = current === null ? "" : `; last seen: ${current}`;
  const phases = {
    begun: "before its first page",
    pages: "on its pages",
    installing: changesBegun ? "while it installed" : "before it changed anything",
    ended: "",
  };
  return `${phases[phase]}${doing}`;
}

function failureWords(reading: LogReading): string | null {
  const { firstFailure } = reading;
  if (firstFailure === null) return null;
  const { action, time, line, customAction, nested } = firstFailure;
  const within = !nested
    ? ""
    : reading.runKind === "upgrade"
      ? "; it failed while the older version was removed"
      : "; it failed in a run within this one";
  if (!reading.actions.some(({ returnValue }) => returnValue === 3)) {
    return `The custom action ${customAction === "" ? "whose name the log leaves out" : action}, line ${line}${within}`;
  }
  const by =
    customAction === null || customAction === action
      ? ""
      : `; the custom action ${customAction === "" ? "whose name the log leaves out" : customAction} failed in it`;
  return `${action}, first to return 3, at ${time}, line ${line}${by}${within}`;
}

function updateWords({ update, runKind }: LogReading): string | null {
  if (update === null) return null;
  const [done, notDone] = runKind === "removeUpdate" ? ["not removed", "removed"] : ["installed", "not installed"];
  return `${update.name}, ${update.installed ? done : notDone}`;
}

function restartWords({ restart, restartWasPending }: LogReading): string | null {
  const before = restartWasPending ? "Windows waited for a restart already before it." : null;
  const after =
    restart === "begun"
      ? "The run itself restarts Windows."
      : restart === "needed"
        ? "Windows has to be restarted."
        : null;
  return before === null && after === null ? null : [after, before].filter((part) => part !== null).join(" ");
}

function dialogWords(reading: LogReading): string[] {
  return dialogsOf(reading).map(({ name, time, line, page, pageKnownBy }) => {
    const guess = pageKnownBy === "order" ? ", by its order: its name is not known" : "";
    return `${time}  ${name}${page === null ? "" : `: page ${page}${guess}`} (line ${line})`;
  });
}

function choiceWords(reading: LogReading): string[] {
  return choicesOf(reading).map(({ name, title, value }) => `${title} (${name}): ${value === "" ? "empty" : value}`);
}

/** A reason in the installer's own words where there are some. */
function reasonWords({ code, origin, cause, text, line }: Explanation): string {
  if (origin === "exit") return `Exit code ${code}: ${cause}`;
  if (origin === "customAction") return `${capitalized(cause)} (line ${line})`;
  return `Error ${code}, line ${line}: ${text ?? cause}`;
}

function causeWords(reading: LogReading): string[] {
  const signIn = signInErrorsOf(reading).map(({ code, meaning, cure }) => `${code}: ${meaning}. ${cure}`);
  const explained = explanationsOf(reading).map((reason) => {
    const { cause, cure, text } = reason;
    const meaning = text === null || text === cause ? "" : `That is: ${cause}.`;
    const said = reasonWords(reason);
    return [/[.。!?]$/.test(said) ? said : `${said}.`, meaning, cure].filter((part) => part !== "").join(" ");
  });
  return [...signIn, ...explained];
}

const signWords = {
  name: "by its name",
  typed: "a value typed this time",
  clientSecret: "has the form of a client secret",
  token: "has the form of an access token",
  repeated: "a value that another line has under a secret's name",
} as const;

function secretWords({ secretCount, secrets }: LogReading): string[] {
  if (secretCount === 0) return ["None found."];
  const shown = secrets.slice(0, 50).map(({ line, name, sign }) => `Line ${line}: ${name ?? signWords[sign]}`);
  const more = secretCount - shown.length;
  return [
    `${counted(secretCount, "place")}. Write a clean copy with --scrub and delete the log; change the secret when others could read it.`,
    ...shown,
    ...(more > 0 ? [`and ${counted(more, "place")} more`] : []),
  ];
}
