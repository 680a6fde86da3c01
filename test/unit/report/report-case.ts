import { join } from "node:path";
import { judge } from "../../../electron/checklist/judge.ts";
import type { Target } from "../../../electron/contract/target.ts";
import type { Recording } from "../../../electron/recording/recording.ts";
import { buildReport, type ReportDocument } from "../../../electron/report/report-document.ts";
import { readSample } from "../../../electron/server/practice/samples.ts";

const assets = join(import.meta.dirname, "../../../assets");

export const sample = (id: string) => readSample(assets, id);

/** A report of recordings as the command line makes it, for 2026-11-23. */
export function reportOf(
  servers: readonly { readonly name: string; readonly recording: Recording; readonly target: Target }[],
): ReportDocument {
  return buildReport({
    servers: servers.map(({ name, recording, target }) => ({
      name,
      recording,
      target,
      checklist: judge({ recording, target, today: "2026-11-23", server: { name, kind: "recorded", elevated: null } }),
    })),
    createdAt: new Date("2026-11-23T12:34:56Z"),
    version: "1.2.3",
  });
}
