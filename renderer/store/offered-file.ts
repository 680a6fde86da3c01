import type { OfferedFile } from "../../electron/contract/methods.ts";
import { assistant } from "./bridge.ts";
import { bytesOf } from "./file-bytes.ts";

/** What became of a file: the program knows; a browser takes it and does not tell. */
export type HandedOut = "saved" | "cancelled" | "failed" | "offered";

/**
 * Hands a file to the person through the browser's own download; Electron asks where to put it. Gives what became of it,
 * in the program once the person has answered and it is written.
 */
export function offerFile(file: OfferedFile, host: "program" | "browser"): Promise<HandedOut> {
  const address = URL.createObjectURL(new Blob([bytesOf(file)], { type: file.mediaType }));
  const ended =
    host === "browser"
      ? Promise.resolve<HandedOut>("offered")
      : new Promise<HandedOut>((resolve) => {
          const deaf = assistant().on("handedOut", (end) => {
            if (end.address !== address) return;
            deaf();
            resolve(end.ended);
          });
        });
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  link.click();
  // The download has its own hold on the data once it began; a minute is far beyond that.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return ended;
}
