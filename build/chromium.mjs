import { existsSync } from "node:fs";
import { join } from "node:path";
import { installOnDebian } from "./debian.mjs";

/** Where a Chromium is looked for: the person's choice, then the platform's usual places. Edge is always on Windows. */
function places() {
  const { MIM_MAIL_CHROMIUM, ProgramFiles } = process.env;
  const edge = ["Microsoft", "Edge", "Application", "msedge.exe"];
  return [
    MIM_MAIL_CHROMIUM,
    // Without a browser's own windows around the page: half the work for each page that is opened.
    "/usr/bin/chromium-headless-shell",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    process.env["ProgramFiles(x86)"] && join(process.env["ProgramFiles(x86)"], ...edge),
    ProgramFiles && join(ProgramFiles, ...edge),
  ];
}

/** @returns {string | null} the path of a Chromium, null when there is none */
export function findChromium() {
  return places().find((path) => path && existsSync(path)) ?? null;
}

/** Arguments that keep Chromium quiet and off the network; the sandbox needs rights that containers do not give. */
export const chromiumArguments = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Finds Chromium, and on Debian as root installs it when it is missing.
 * @returns {string | null}
 */
export function ensureChromium() {
  const found = findChromium();
  if (found !== null) return found;
  installOnDebian("Chromium for the window tests", [["chromium-headless-shell"], ["chromium"]]);
  return findChromium();
}
