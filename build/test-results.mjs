/**
 * What a part of the test run showed.
 * @typedef {{ passed: number, failed: number, skipped: number, files: readonly TestFile[] }} PartResult
 * @typedef {{ name: string, seconds: number }} TestFile
 */

/**
 * Counts what Vitest wrote: every test, and every file that could not be run at all as one failure. An error outside of
 * any test makes Vitest fail although each test passed; it counts as one failure too.
 * @param {string} json what its JSON reporter wrote; anything else counts as one failure
 * @param {boolean} endedWell whether Vitest ended with exit code 0
 * @returns {PartResult}
 */
export function countTests(json, endedWell) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  /** @type {TestFile[]} */
  const files = [];
  try {
    for (const { name, status, assertionResults, startTime, endTime } of JSON.parse(json).testResults) {
      files.push({
        name: name.replaceAll("\\", "/").replace(/^.*\/test\//, "test/"),
        seconds: (endTime - startTime) / 1000,
      });
      const failedBefore = count.failed;
      for (const test of assertionResults) {
        if (test.status === "passed") count.passed += 1;
        else if (test.status === "failed") count.failed += 1;
        else count.skipped += 1;
      }
      if (status === "failed" && count.failed === failedBefore) count.failed += 1;
    }
    if (!endedWell && count.failed === 0) count.failed += 1;
  } catch {
    count.failed += 1;
  }
  return { ...count, files };
}

/**
 * What took long, as lines to print: every part, then the ten slowest files.
 * @param {readonly { title: string, seconds: number, result: PartResult }[]} parts
 * @returns {string[]}
 */
export function slowLines(parts) {
  const slowest = parts.flatMap(({ result }) => result.files).sort((one, other) => other.seconds - one.seconds);
  const width = Math.max(...parts.map(({ title }) => title.length));
  return [
    ...parts.map(
      ({ title, seconds, result: { passed, failed, skipped } }) =>
        `${title.padEnd(width)} ${inSeconds(seconds)}  ${passed} passed, ${failed} failed, ${skipped} skipped`,
    ),
    "",
    "The ten slowest files:",
    ...slowest.slice(0, 10).map(({ name, seconds }) => `${inSeconds(seconds)}  ${name}`),
  ];
}

const inSeconds = (/** @type {number} */ seconds) => `${seconds.toFixed(1).padStart(7)} s`;
