import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";

/** A file of the built window, ready to be answered. */
export interface WindowFile {
  readonly content: Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
}

const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};

const plainPart = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/**
 * The path below the window's folder that a URL's path names, or null when it names none. Each part must be a plain
 * file name, so `..`, an encoded slash, a backslash, a drive letter or a hidden file can never leave the folder.
 */
export function windowPath(urlPath: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (!decoded.startsWith("/")) return null;
  const parts = decoded === "/" ? ["index.html"] : decoded.slice(1).split("/");
  return parts.every((part) => plainPart.test(part)) ? parts.join("/") : null;
}

/**
 * Reads a file of the built window; null when there is none of that name, or none of a kind the window is made of.
 *
 * Serves rule 18 of https://www.electronjs.org/docs/latest/tutorial/security
 */
export async function readWindowFile(folder: string, urlPath: string): Promise<WindowFile | null> {
  const path = windowPath(urlPath);
  const mediaType = path === null ? undefined : mediaTypes[extname(path)];
  if (path === null || mediaType === undefined) return null;
  try {
    return { content: await readFile(join(folder, path)), mediaType };
  } catch {
    return null;
  }
}
