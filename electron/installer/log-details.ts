import type { LogReading } from "./log-reading.ts";

/** What a log tells beside how the run ended, under one heading. */
export interface LogDetail {
  readonly title: string;
  readonly items: readonly string[];
}

/** What a log tells beside how the run ended, in words; only headings under which something stands. */
export function logDetails(reading: LogReading): readonly LogDetail[] {
  const all: LogDetail[] = [
    { title: "Changed on the pages", items: reading.changedProperties.map(changed) },
    { title: "Features", items: features(reading) },
    { title: "In use", items: reading.inUse.map(inUse) },
    { title: "Slowest actions", items: slowest(reading) },
    {
      title: "Custom actions that failed and were passed over",
      items: reading.customActions
        .filter(({ ignored }) => ignored)
        .map(({ name, code, line }) => `${name === "" ? "without a name" : name}, code ${code}, line ${line}`),
    },
    {
      title: "Data without a name",
      items: reading.unnamedData.map(
        ({ action, line }) => `Line ${line}: ${action} was given data that may hold a secret; what it is no name tells`,
      ),
    },
    {
      title: "Policies",
      items: reading.policies.filter(({ value }) => value !== "0").map(({ name, value }) => `${name} is ${value}`),
    },
  ];
  return all.filter(({ items }) => items.length > 0);
}

const shownValue = (value: string | null): string => (value === null ? "not set" : value === "" ? "empty" : value);

function changed({ name, before, after }: LogReading["changedProperties"][number]): string {
  return `${name}: ${shownValue(before)} → ${shownValue(after)}`;
}

function features({ features: asked }: LogReading): string[] {
  if (asked === null) return [];
  if (asked.length === 0) return ["Nothing was asked of any feature: none was added, repaired or removed."];
  return asked.map(
    ({ name, installed, request, action }) => `${name}: installed ${installed}, asked ${request}, done ${action}`,
  );
}

function inUse({ file, process, id }: LogReading["inUse"][number]): string {
  return file === null ? `Files, by ${process} (${id})` : `${file.split("\\").at(-1)} by ${process} (${id})`;
}

/** A length of time a person reads: `9 s`, `1 min 5 s`, `1 h 10 min`. */
export function lengthWords(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function slowest({ slowest: timed, running }: LogReading): string[] {
  const still =
    running === null ? [] : [`${running.name} began at ${running.startedAt} and had not ended when the log stops`];
  return [
    ...still,
    ...timed.map(({ name, seconds, startedAt }) => `${name}: ${lengthWords(seconds)}, from ${startedAt}`),
  ];
}
