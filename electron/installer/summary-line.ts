import type { RunKind } from "./log-reading.ts";

/** What Windows Installer says at the end of a run, also in a log that is not verbose. */
export interface RunSummary {
  readonly name: string;
  readonly version: string;
  /** What was done; null where the words are not known. */
  readonly did: RunKind | null;
  readonly update: string | null;
  /** msiexec's exit code; null where the line is cut before it. */
  readonly status: number | null;
}

const status = /(-?\d{1,10})[.。．]?\s*$/;
/** The version, and the number of the language that stands behind it, each after a label of a few words. */
const versionAndLanguage = /[:：]\s?(\d{1,6}(?:\.\d{1,6}){0,4})[.。、,]\s?[^:：\d]{2,60}[:：]\s?(\d{1,5})[.。、,]/;
/** A label of a few words between two values. */
const label = /[.。、,]\s?[^.。、,:：]{2,80}[:：]\s?/;

/** The words for what was done, in the languages of Windows; what is said last in this table is the most general. */
const verbs: readonly (readonly [RunKind, RegExp])[] = [
  ["change", /re-?conf|riconf|neu konf|rekonf|omkonf|opnieuw|перенастр|重新|再構成|재구성/i],
  [
    "remove",
    /remov|entfern|deinstal|supprim|désinst|quit[óo]|elimin|rimoss|verwijder|tog bort|usun|odebr|fjern|удал|删除|移除|削除|卸载|제거/i,
  ],
  ["install", /instal|安装|安裝|インストール|설치|установ|geïnst/i],
];

/**
 * `Windows Installer reconfigured the product. Product Name: X. Product Version: 4.6. Product Language: 1033.
 * Manufacturer: M. Reconfiguration success or error status: 0.`, in any language: the places of the numbers are the
 * same.
 */
export function summaryIn(text: string): RunSummary | null {
  const found = versionAndLanguage.exec(text);
  if (found === null) return null;
  const before = text.slice(0, found.index);
  const colon = /[:：]\s?/.exec(before);
  if (colon === null) return null;
  const nameAndLabel = before.slice(colon.index + colon[0].length);
  const end = Math.max(...[..."。、"].map((mark) => nameAndLabel.lastIndexOf(mark)), nameAndLabel.lastIndexOf(". "));
  const name = (end <= 0 ? nameAndLabel : nameAndLabel.slice(0, end)).trim();
  if (name === "") return null;
  // Behind the language: maker, the update where it was one, status.
  const rest = text.slice(found.index + found[0].length - 1).split(label);
  const last = rest.length > 1 ? status.exec(rest.at(-1) ?? "")?.[1] : undefined;
  const update = rest.length >= 4 ? (rest.at(-2)?.trim() ?? null) : null;
  const words = before.slice(0, colon.index).replace(/Windows Installer|Windows インストーラー?|Windows 安装程序/g, "");
  const verb = verbs.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
  const did = update === null ? verb : verb === "remove" ? "removeUpdate" : "update";
  return { name, version: found[1] ?? "", did, update, status: last === undefined ? null : Number(last) };
}
