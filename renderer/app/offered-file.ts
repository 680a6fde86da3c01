import type { OfferedFile } from "../../electron/contract/methods.ts";
import { bytesOf } from "./file-bytes.ts";

/** Hands a file to the person through the browser's own download; Electron asks where to put it. */
export function offerFile(file: OfferedFile): void {
  const address = URL.createObjectURL(new Blob([bytesOf(file)], { type: file.mediaType }));
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  link.click();
  // The download has its own hold on the data once it began; a minute is far beyond that.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
