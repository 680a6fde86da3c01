import { spawnSync } from "node:child_process";
import { top } from "./install.mjs";

/**
 * Asks git about the commit that is checked out.
 * @param {string} format
 * @returns {string | null} null where there is no git, or no repository
 */
function ofCommit(format) {
  const asked = spawnSync("git", ["log", "-1", `--format=${format}`], { cwd: top, encoding: "utf8" });
  const text = asked.status === 0 ? asked.stdout.trim() : "";
  return text === "" ? null : text;
}

/**
 * What the program is built from: the commit, shortened, and its day. Taken from the commit and not from the clock, so
 * that the same sources give the same program; null for both where that is not known.
 * @returns {{ commit: string | null, builtOn: string | null }}
 */
export function buildInfo() {
  const commit = process.env.GITHUB_SHA?.slice(0, 7) ?? ofCommit("%h");
  return { commit, builtOn: ofCommit("%cs") };
}
