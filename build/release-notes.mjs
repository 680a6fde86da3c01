// `node build/release-notes.mjs v<version>`: prints the section of CHANGELOG.md that a release is described with. Fails
// when the tag is not the version of package.json, or when nothing is written about it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { top } from "./install.mjs";

/**
 * The section of one version.
 * @param {string} changelog
 * @param {string} version
 * @returns {string | null} null when there is none, or nothing in it
 */
export function notesOf(changelog, version) {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => /^\[?([^\]\s]+)/.exec(text)?.[1] === version);
  const notes = section?.slice(section.indexOf("\n") + 1).trim() ?? "";
  return notes === "" ? null : notes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const tag = process.argv[2] ?? "";
  const { version } = JSON.parse(readFileSync(join(top, "package.json"), "utf8"));
  const notes = notesOf(readFileSync(join(top, "CHANGELOG.md"), "utf8"), version);
  if (tag !== `v${version}` || notes === null) {
    const reason =
      notes === null ? `CHANGELOG.md says nothing about ${version}` : `the tag is ${tag}, the version ${version}`;
    process.stderr.write(`release-notes: ${reason}\n`);
    process.exit(1);
  }
  process.stdout.write(`${notes}\n`);
}
