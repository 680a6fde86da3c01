import { type Fact, knownValue, mapFact, notRecorded, present, unreadable } from "../recording/fact.ts";
import type { Seen } from "../recording/seen.ts";
import { type WindowsGeneration, windowsCaption, windowsGeneration } from "./windows.ts";

/** Where .NET Framework keeps its releases. */
export const dotnetReleaseKeys: readonly string[] = [
  "HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v3.5",
  "HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full",
];

/**
 * The update by which .NET Framework 3.5 follows Windows' TLS versions, on the Windows that did not come with it. Later
 * updates of .NET Framework hold it too.
 * Source: https://support.microsoft.com/help/3154519 and /3154520
 */
const updates: Readonly<Partial<Record<WindowsGeneration, string>>> = {
  "2012": "KB3154519",
  "2012 R2": "KB3154520",
};

/** The update this Windows needs; null for a Windows that does not, or that is not known. */
export function neededDotnetUpdate(seen: Seen): string | null {
  const caption = knownValue(windowsCaption(seen));
  const generation = caption === null ? null : windowsGeneration(caption);
  return generation === null ? null : (updates[generation] ?? null);
}

/** The numbers of the updates that Windows lists as installed. */
export function installedUpdates(seen: Seen): Fact<readonly string[]> {
  const address = "Updates of Windows";
  const recorded = seen.recording.updates;
  if (recorded === undefined || recorded === null) return notRecorded(address);
  return recorded.state === "unreadable" ? unreadable(address, recorded.reason) : present(address, recorded.items);
}

/** Whether the update that .NET Framework 3.5 needs on this Windows is listed. */
export function hasDotnetUpdate(seen: Seen, update: string): Fact<boolean> {
  return mapFact(installedUpdates(seen), (items) => items.some((item) => item.toUpperCase() === update));
}
