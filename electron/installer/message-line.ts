import { isInstallerMessage } from "../facts/installer-messages.ts";
import type { LogEvent, MessageLevel } from "./log-event.ts";

/** As much of a message as is kept of one line. */
export const textLimit = 400;

/** How Windows Installer calls a message, by its language; what is none of these may still be one by its number. */
const levels: ReadonlyMap<string, MessageLevel> = new Map([
  ..."Error Fehler Erreur Errore Erro Fout Fel Feil Fejl Virhe Błąd Chyba Hata Hiba Eroare Ошибка Σφάλμα エラー 错误 錯誤 오류"
    .split(" ")
    .map((word) => [word, "error"] as const),
  ..."Warning Warnung Avertissement Advertencia Aviso Avviso Waarschuwing Varning Advarsel Varoitus Ostrzeżenie Upozornění Uyarı Figyelmeztetés Предупреждение 警告 경고"
    .split(" ")
    .map((word) => [word, "note"] as const),
  ..."Info Information Informationen Informations Información Informações Informazioni Informatie Informacje Сведения 情報 信息 資訊 정보"
    .split(" ")
    .map((word) => [word, "note"] as const),
]);

const numbered = /^(?:DEBUG: )?(?:Internal )?([^\s\d]{2,20}?)\s?(\d{4,5})[.:。．：]\s?(.*)$/s;
const unexpected = /The error code is (\d{4,5})\b/;

/** Scheduling a restart. Source: Windows Installer's error messages. */
const restarts = new Set([1902, 1903]);

/**
 * `Error 1920. Service … failed to start.`, in whatever language: a word, a number, a full stop. A word that is not
 * known to be one for an error counts only before a number that Windows Installer has.
 */
function numberedMessage(text: string, product: string | null): LogEvent | null {
  const found = numbered.exec(text);
  if (found === null) return null;
  const [, word = "", digits = "", rest = ""] = found;
  const code = Number(digits);
  const level = levels.get(word);
  if (code < 1000 || code > 32000 || (level === undefined && !(isInstallerMessage(code) && isWord(word)))) return null;
  if (restarts.has(code)) return { kind: "restart" };
  const isTold = (level ?? "error") === "error" && !text.startsWith("DEBUG");
  return { kind: "message", level: isTold ? "error" : "note", code, text: rest.slice(0, textLimit).trim(), product };
}

const isWord = (word: string): boolean => /^\p{L}+$/u.test(word);

/** What may stand before the word for an error. */
const before = ["Internal ", "DEBUG: "];
const ideograph = 0x2e80;

/** A line that begins like a numbered message: decided by characters, as most lines are none. */
function mayBeNumbered(line: string): boolean {
  const prefix =
    line.charCodeAt(0) === 0x49 || line.charCodeAt(0) === 0x44 ? before.find((one) => line.startsWith(one)) : undefined;
  const from = prefix?.length ?? 0;
  const blank = line.indexOf(" ", from);
  if (isDigit(line.charCodeAt(blank + 1)))
    return blank > from + 1 && blank < from + 24 && isDigit(line.charCodeAt(blank + 4));
  // Languages that put no blank between a word and a number.
  return line.charCodeAt(0) >= ideograph && /^\D{2,12}\d{4}/.test(line);
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** What the installer told the person. */
export function messageEvent(line: string): LogEvent | null {
  if (mayBeNumbered(line)) return numberedMessage(line.slice(0, textLimit * 2), null);
  // The installer has encountered an unexpected error installing this package. … The error code is 2755.
  if (line.charCodeAt(0) !== 0x54 || !line.startsWith("The installer ")) return null;
  const text = line.slice(0, textLimit * 2);
  const code = unexpected.exec(text)?.[1];
  if (code === undefined) return null;
  return { kind: "message", level: "error", code: Number(code), text: text.slice(0, textLimit).trim(), product: null };
}

/** `Product`, `Produkt`, `Produit `, `产品`: one word and a colon. */
const productWord = /^[^\s:：]{2,20}\s?[:：]\s?/;
const separator = " -- ";
const updated = /^(.{1,200}?) - [^\s'"„“«‘]{2,30}\s?['"„“«‘](.{1,200}?)['"”“»’](?=[\s.。]|\p{L})(.*)$/u;
const failedUpdate = /(?:^|\D)(1\d{3}|3010)(?:\D|$)/;

/** What the engine says of the product, and writes to the event log as well: `Product: X -- …`. */
export function productEvent(message: string): LogEvent | null {
  const word = productWord.exec(message.slice(0, 24))?.[0];
  if (word === undefined) return null;
  const text = message.slice(word.length, word.length + textLimit * 2);
  const at = text.indexOf(separator);
  if (at > 0 && at <= 200) {
    const product = text.slice(0, at);
    const said = text.slice(at + separator.length);
    return numberedMessage(said, product) ?? { kind: "said", product, text: said.slice(0, textLimit).trim() };
  }
  if (word.startsWith("Product:") && /^.{1,200}\. Restart required\./.test(text)) return { kind: "restart" };
  const found = text.includes(" - ") ? updated.exec(text) : null;
  if (found === null) return null;
  const [, product = "", name = "", rest = ""] = found;
  return { kind: "update", product, name, installed: !failedUpdate.test(rest) };
}

/** `CustomAction X returned actual error code 1603 …`; the name is left out now and then. */
export function customActionEvent(line: string): LogEvent | null {
  if (!line.startsWith("CustomAction ")) return null;
  const found = /^CustomAction (\S{0,160}) returned actual error code (-?\d{1,10})(.*)$/.exec(line);
  if (found === null) return null;
  const [, name = "", code = "", rest = ""] = found;
  return { kind: "customActionFailed", name, code: Number(code), ignored: rest.includes("translated to success") };
}
