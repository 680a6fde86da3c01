import type { LogEvent } from "./log-event.ts";

/** The words before the time, the time, and what comes after it. Words are in the language of Windows, the form is not. */
const head = /^([^\d:：]{2,40}?)\s?(\d{1,2}[:.]\d\d[:.]\d\d(?: ?[AP]M)?)\s?[:：] ?/;
/** An action's name: what no blank and no letter of another script ends. Merge modules' names hold full stops. */
const nameOf = /^[!-~]{1,160}/;
/** Where one word alone says that an action begins or ends: languages that put no blank between words. */
const oneWord = { begins: /開始|开始|启动|啟動/, ends: /終了|结束|結束|完了|完成/ };
const returned = /(\d{1,5})[.。．]?\s*$/;
const ideographs = /[\u3000-\u9fff\uac00-\ud7af]/;

/**
 * `Action start 10:00:00: INSTALL.`, `Action 10:00:01: WelcomeDlg. Dialog created`, `Action ended 10:00:05: INSTALL.
 * Return value 1.` One word before the time describes an action, several begin or end it; `操作終了 10:00:32:
 * InstallFinalize。 戻り値 3。` says it in one.
 */
export function actionEvent(line: string): LogEvent | null {
  // Most lines that are none have no digit before their first colon: nothing more is tried on them.
  const colon = line.indexOf(":");
  const before = line.charCodeAt(colon - 1);
  if (colon < 3 || colon > 60 || !((before >= 0x30 && before <= 0x39) || before === 0x20)) return null;
  const found = head.exec(line);
  if (found === null) return null;
  const [whole, words = "", time = ""] = found;
  const body = line.slice(whole.length);
  const token = nameOf.exec(body)?.[0] ?? "";
  const next = body.charCodeAt(token.length);
  const isStopped = token.endsWith(".");
  // Behind the name stands a full stop, in the script of the language.
  if (token === "" || token === "." || !(isStopped || next > 0x7f)) return null;
  const name = isStopped ? token.slice(0, -1) : token;
  const text = body.slice(token.length).replace(/^[。．｡]/, "");
  const rest = text.startsWith(" ") ? text.slice(1) : text;
  const kind = kindOf(words, rest);
  if (kind === "described") {
    if (rest.trimEnd() === "Dialog created") return { kind: "dialog", name, time };
    return { kind: "actionDescribed", name, time, text: rest };
  }
  if (kind === "started") return { kind: "actionStarted", name, time };
  const value = returned.exec(rest.slice(0, 80))?.[1];
  return value === undefined ? null : { kind: "actionEnded", name, time, returnValue: Number(value) };
}

function kindOf(words: string, rest: string): "described" | "started" | "ended" {
  const isEmpty = rest.trim() === "";
  if (words.includes(" ")) return isEmpty ? "started" : "ended";
  if (!ideographs.test(words)) return "described";
  if (oneWord.begins.test(words) && isEmpty) return "started";
  return oneWord.ends.test(words) && returned.test(rest.slice(0, 80)) ? "ended" : "described";
}
