/**
 * What failed itself said, without what PowerShell says around it: `Exception calling "Translate" with "1" argument(s):
 * "Some or all identity references could not be translated."`. PowerShell writes it in the language of Windows; what
 * stays the same is the form: the name of a method in quotes, a number, a colon, and the message in quotes. Older looks
 * and recordings hold such reasons, one inside another.
 */
export function plainReason(reason: string): string {
  let plain = reason.trim();
  for (;;) {
    const [, head = "", inner = ""] = wrapped.exec(plain) ?? [];
    if (inner.trim() === "" || !namesMethod.test(head) || !/\d/.test(head)) return plain;
    plain = inner.trim();
  }
}

// Quotes of the languages Windows is written in. A reason that was cut has lost the last of them.
const wrapped =
  /^([^:\uFF1A]{1,200})[:\uFF1A]\s*["\u00AB\u00BB\u201C\u201D\u201E\u300C]\s*(.*?)["\u00AB\u00BB\u201C\u201D\u300D]?$/su;
const namesMethod = /["\u00AB\u201C\u201D\u201E\u300C]\s*\.?\w+\s*["\u00BB\u201C\u201D\u300D]/u;
