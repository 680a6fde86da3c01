// `npm run messages`: writes docs/messages.md, every message with its cure, from the code. A test holds the two together.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled, top } from "./install.mjs";
import { loadSource } from "./load-source.mjs";
import { keysOf, problemCodes, refusalCodes } from "./problem-codes.mjs";

/** What the command line's exit codes mean. */
const exitCodes = {
  0: ["done, or attention only", "Nothing has to be done."],
  1: ["something needs action, waits for you or is not known", "Read the checklist that was printed."],
  2: [
    "wrong usage, or an input that cannot be read",
    "The message names the place; `--help` behind a command explains it.",
  ],
  3: ["a change failed and was rolled back", "The message says what failed. Remove the cause and apply again."],
  4: [
    "a change failed and something stands that was not there before",
    "The message says where the journal is. Run `mim-mail undo`, or import the `.reg` file beside the journal.",
  ],
  5: ["refused: declined, not permitted, or not now", "The message says why. Nothing was changed."],
};

/** How a change that was refused goes on; the reason is in the message itself. */
const refusalCures = {
  altered: "Look again and review the changes anew; someone or something altered the plan on its way.",
  "damaged-journal":
    "Look at the file before you trust it: it may not be this program's. Use the build that wrote it, or move it out of the folder and try again.",
  "other-computer":
    "Undo it on the computer it names. Only if its values are what you want here: `mim-mail undo <journal> --other-computer`; without the option it shows what that would put here.",
  "modified-outside": "Decide which value shall stand; `--force`, or the window's own question, writes over it.",
  "journal-unwritable": "Make room on the disk, and run it as an administrator. Nothing was changed without a journal.",
  "no-journal": "Choose one of the list: `mim-mail undo --list`.",
  "not-available": "The message says what is missing on this computer.",
  "open-journal": "Finish the interrupted change or put it back; the window offers both, `mim-mail undo` puts it back.",
  "unknown-entry":
    "Start the program again, so that all its parts are of one version. If it stays so, install it anew.",
  unreadable: "Run it as an administrator, and check the rights on the place that is named.",
};

/**
 * A text as a cell of a table: nothing in it is markup, and an address that only shows a form is no link.
 * @param {string} text
 */
function cell(text) {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .replaceAll("|", "\\|")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/\bhttps?:\/\/[^\s,;)]+/g, "`$&`");
}

/** @param {string} text */
function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows the first cell is a code
 */
function table(head, rows) {
  const lines = rows.map(([code = "", ...cells]) => `| \`${code}\` | ${cells.map((text) => cell(text)).join(" | ")} |`);
  return [`| ${head.join(" | ")} |`, `|${head.map(() => "---").join("|")}|`, ...lines].join("\n");
}

/** What the checklist says of each answer of Exchange Online. @returns {Promise<string[][]>} */
async function mailboxRows() {
  const { judge } = await loadSource("electron/checklist/judge.ts");
  const { readRecording } = await loadSource("electron/recording/read-recording.ts");
  const { ewsCodes } = await loadSource("electron/facts/cloud.ts");
  const path = join(top, "assets", "practice", "configured.json");
  const target = JSON.parse(readFileSync(path.replace(".json", ".target.json"), "utf8"));
  const read = readRecording(readFileSync(path), path);
  return Object.keys(ewsCodes).map((code) => {
    const cloud = { ...read.cloud, at: read.recordedAt, signIn: { ok: true }, roles: [], ews: { error: code } };
    const { steps } = judge({
      recording: { ...read, cloud },
      target,
      today: "2026-11-23",
      server: { name: "messages", kind: "recorded", elevated: null },
    });
    const finding = steps
      .flatMap((/** @type {{ findings: { id: string }[] }} */ step) => step.findings)
      .find((/** @type {{ id: string }} */ { id }) => id === "azure.ews");
    // The last resort puts the code itself behind what it says.
    return [code, finding.actual.replace(`: ${code}`, ""), finding.advice.join(" ")];
  });
}

/** @returns {Promise<string>} the document */
export async function messagesDocument() {
  const { logProblem } = await loadSource("electron/installer/log-file.ts");
  const { networkFailure } = await loadSource("electron/checklist/network-failures.ts");
  const { signInMeaning } = await loadSource("electron/checklist/sign-in-errors.ts");
  const { messageCures } = await loadSource("electron/installer/installer-errors.ts");
  const { errorSources } = await loadSource("electron/installer/log-explanation.ts");
  const { installerExits } = await loadSource("electron/facts/installer-exits.ts");
  const { installerMessages } = await loadSource("electron/facts/installer-messages.ts");
  const { networkCodes } = await loadSource("electron/facts/cloud.ts");

  const logCodes = keysOf("electron/installer/log-file.ts", "problems").map((key) => logProblem(key, "…"));
  const problems = new Map(
    problemCodes().map(({ code, what, cure }) => [code, [code, sentence(what) || "…", cure || "…"]]),
  );
  for (const { code, message, cure } of logCodes) {
    if (!problems.has(code)) problems.set(code, [code, sentence(message), cure]);
  }
  const refusals = refusalCodes().map(({ code, what }) => {
    const cure = /** @type {Readonly<Record<string, string>>} */ (refusalCures)[code];
    if (cure === undefined) throw new Error(`build/messages.mjs has no cure for the refusal ${code}`);
    return [code, sentence(what), cure];
  });
  const exits = installerExits.map(
    (/** @type {{ code: number, name: string, cause: string, cure: string }} */ { code, name, cause, cure }) => [
      `${code} ${name}`,
      sentence(cause),
      cure,
    ],
  );
  const cureOf = new Map(
    messageCures.map((/** @type {{ code: number, cure: string }} */ { code, cure }) => [code, cure]),
  );
  const messages = [...installerMessages].map(([code, cause]) => [
    String(code),
    sentence(cause),
    cureOf.get(code) ?? "",
  ]);

  return `# Messages

Every code the program tells, what it means and what to do. In the window a message shows its cure; \`mim-mail\` prints
\`mim-mail: <what> (<where>)\` and the cure below it. "…" stands for what differs from case to case, " / " for other
wordings of the same code.

This page is written by \`npm run messages\` from the code itself.

## Exit codes of mim-mail

${table(
  ["code", "meaning", "what to do"],
  Object.entries(exitCodes).map(([code, words]) => [code, ...words.map(sentence)]),
)}

## Problems

${table(
  ["code", "what it says", "what to do"],
  [...problems.values()].sort(([one = ""], [other = ""]) => (one < other ? -1 : 1)),
)}

## Changes that are refused

Nothing was changed then. The reason is in the message.

${table(["code", "what it says", "what to do"], refusals)}

## Sign-in to Microsoft Entra ID

Source: <https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes>. A code that is not here is
looked up there.

${table(
  ["code", "meaning", "what to do"],
  keysOf("electron/checklist/sign-in-errors.ts", "meanings").map((number) => {
    const { meaning, cure } = signInMeaning(`AADSTS${number}`);
    return [`AADSTS${number}`, sentence(meaning), cure];
  }),
)}

## The network

${table(
  ["code", "meaning", "what to do"],
  networkCodes.map((/** @type {string} */ code) => {
    const { meaning, cure } = networkFailure(code);
    return [code, sentence(meaning), cure];
  }),
)}

## The mailbox

What each of them rests on, and how sure that is: [the cloud check](cloud.md#mailbox).

${table(["code", "meaning", "what to do"], await mailboxRows())}

## Windows Installer: how a run ended

Source: <${errorSources.exit}>

${table(["code", "meaning", "what to do"], exits)}

## Windows Installer: messages in its log

Source: <${errorSources.message}>

${table(["code", "meaning", "what to do"], messages)}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureInstalled();
  writeFileSync(join(top, "docs", "messages.md"), await messagesDocument());
}
