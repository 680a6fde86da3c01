import type { OfferedFile } from "../../electron/contract/methods.ts";

/** The bytes of an offered file: its text in the encoding asked for, with a byte-order mark where one belongs. */
export function bytesOf({ text, encoding }: Pick<OfferedFile, "text" | "encoding">): Uint8Array<ArrayBuffer> {
  switch (encoding) {
    case "utf8":
      return new TextEncoder().encode(text);
    case "utf8Bom":
      return new TextEncoder().encode(`\uFEFF${text}`);
    case "base64":
      return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    case "utf16leBom": {
      const view = new DataView(new ArrayBuffer(2 * text.length + 2));
      view.setUint16(0, 0xfeff, true);
      for (let at = 0; at < text.length; at += 1) view.setUint16(2 * at + 2, text.charCodeAt(at), true);
      return new Uint8Array(view.buffer);
    }
  }
}
