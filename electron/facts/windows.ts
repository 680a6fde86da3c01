import { absent, type Fact, isUnknown, knownValue, notRecorded, present, unreadable } from "../recording/fact.ts";
import type { Seen } from "../recording/seen.ts";

/** The Windows generations the rules tell apart; `client` is any Windows that is no server. */
export type WindowsGeneration = "2008" | "2012" | "2012 R2" | "2016" | "2019" | "2022" | "2025" | "client";

const address = "Windows caption";

/** Windows' caption, such as "Windows Server 2022 Standard". */
export function windowsCaption(seen: Seen): Fact<string> {
  const windows = seen.recording.windows;
  const caption = windows?.caption?.trim() ?? "";
  if (caption !== "") return present(address, caption);
  return windows?.reason ? unreadable(address, windows.reason) : notRecorded(address);
}

/** The generation of a caption; null for one this product does not know. */
export function windowsGeneration(caption: string): WindowsGeneration | null {
  const server = /\bServer\D*?(20\d\d)(\s*R2)?/i.exec(caption);
  if (server !== null) {
    const year = server[1];
    if (year === "2012") return server[2] === undefined ? "2012" : "2012 R2";
    if (year === "2008" || year === "2016" || year === "2019" || year === "2022" || year === "2025") return year;
    return null;
  }
  return /\bWindows (XP|Vista|7|8|8\.1|10|11|12)\b/i.test(caption) ? "client" : null;
}

/** Windows' build, such as "10.0.20348"; null when it was not recorded. */
export function windowsBuild(seen: Seen): string | null {
  const build = seen.recording.windows?.build?.trim() ?? "";
  if (/^\d+(\.\d+){0,3}$/.test(build)) return build.includes(".") ? build : `10.0.${build}`;
  const caption = knownValue(windowsCaption(seen));
  const generation = caption === null ? null : windowsGeneration(caption);
  return generation === null ? null : (firstBuilds[generation] ?? null);
}

/** The build of each generation of Windows Server, for a recording that has no build. */
const firstBuilds: Readonly<Partial<Record<WindowsGeneration, string>>> = {
  "2008": "6.0.6001",
  "2012": "6.2.9200",
  "2012 R2": "6.3.9600",
  "2016": "10.0.14393",
  "2019": "10.0.17763",
  "2022": "10.0.20348",
  "2025": "10.0.26100",
};

/** When Windows last started. */
export function windowsStart(seen: Seen): Fact<string> {
  const windows = seen.recording.windows;
  const where = "Windows start time";
  if (windows?.startedAt) return present(where, windows.startedAt);
  return windows?.reason ? unreadable(where, windows.reason) : notRecorded(where);
}

const currentVersion = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion";

/** Keys that are there only while a restart is pending. */
export const pendingRestartKeys: readonly string[] = [
  `${currentVersion}\\Component Based Servicing\\RebootPending`,
  `${currentVersion}\\WindowsUpdate\\Auto Update\\RebootRequired`,
];

/** The key whose value PendingFileRenameOperations is there only while a restart is pending. */
export const sessionManagerKey = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager";

/** Each sign of a pending restart: present when it asks for one. */
export function restartSigns(seen: Seen): readonly Fact<unknown>[] {
  return [...pendingRestartKeys.map(seen.key), seen.value(sessionManagerKey, "PendingFileRenameOperations")];
}

/** Present when something asks for a restart, absent when nothing does, unknown when a sign could not be read. */
export function restartPending(seen: Seen): Fact<true> {
  const signs = restartSigns(seen);
  const asking = signs.find((sign) => sign.state === "present");
  if (asking !== undefined) return present(asking.address, true);
  const unknown = signs.find(isUnknown);
  return unknown !== undefined && isUnknown(unknown) ? unknown : absent(signs[0]?.address ?? sessionManagerKey);
}
