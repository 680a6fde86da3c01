import { readFileSync } from "node:fs";

/**
 * The most memory this process has had, in kB. What getrusage tells begins with the peak of the process that started
 * this one; Linux has this one's own beside it.
 * @returns {number}
 */
export function peakMemory() {
  try {
    const own = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    if (own !== undefined) return Number(own);
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS;
}
