import { describe, test } from "vitest";

/** The systems a test is for, where it is not for all of them. */
export type Systems = "windows" | "posix";

const isHere = (systems: Systems): boolean => (process.platform === "win32") === (systems === "windows");
const none = Object.assign(() => {}, { each: () => () => {} });

/**
 * `describe` on these systems. On any other there are no such tests: what is not for a system is not skipped there, and
 * a skip stays what it is, something that a machine lacks.
 */
export function describeOn(systems: Systems): typeof describe {
  return isHere(systems) ? describe : (none as unknown as typeof describe);
}

/** The same for one test. */
export function testOn(systems: Systems): typeof test {
  return isHere(systems) ? test : (none as unknown as typeof test);
}
