import { dayOf } from "../contract/date.ts";
import type { OfferedFile } from "../contract/methods.ts";
import type { ReportOptions } from "../contract/report.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { redactRecording } from "../recording/redact.ts";
import { htmlReport } from "../report/html.ts";
import { jsonText } from "../report/json-text.ts";
import type { ReportDocument } from "../report/report-document.ts";
import { fileName, formatFiles } from "../report/report-format.ts";
import type { UseCases } from "./bind.ts";
import { earlierOf } from "./earlier.ts";
import { targetOfServer } from "./farm-target.ts";
import type { Uses } from "./parts.ts";
import { reportContents, reportedServer } from "./report-contents.ts";

/** Handing out what was seen: as a recording, as a report. */
export function reportUseCases(parts: ReportParts) {
  const { session, shell } = parts;
  return {
    saveRecording: async (): Promise<OfferedFile> => {
      const { recording } = await session.shown();
      return {
        name: fileName("recording", [recording.computer], dayOf(new Date(recording.recordedAt)), "json"),
        mediaType: "application/json",
        encoding: "utf8",
        text: jsonText(redactRecording(recording)),
      };
    },

    previewReport: async (options) => ({ html: htmlReport(await reportOf(parts, options)) }),

    showSaved: async () => {
      if (shell.showSaved?.() === true) return null;
      throw new InputProblem(
        "not-available",
        "the folder cannot be shown from here",
        "saved files",
        "Look into the folder where you saved it.",
      );
    },

    saveReport: async ({ format, options }): Promise<OfferedFile> => {
      const document = await reportOf(parts, options);
      const { what, ending, mediaType, byteOrderMark, print } = formatFiles[format];
      const content = await print(document);
      const computers = document.servers.map(({ computer }) => computer);
      return {
        name: fileName(what, computers, dayOf(new Date(document.createdAt)), ending),
        mediaType,
        ...(typeof content === "string"
          ? { encoding: byteOrderMark ? ("utf8Bom" as const) : ("utf8" as const), text: content }
          : { encoding: "base64" as const, text: Buffer.from(content).toString("base64") }),
      };
    },
  } satisfies Partial<UseCases>;
}

type ReportParts = Uses<"session" | "judged" | "shell" | "home" | "now" | "version">;

/** The report of what is on show, with the recordings opened beside it. */
async function reportOf(
  { session, judged, home, now, version }: ReportParts,
  options: ReportOptions,
): Promise<ReportDocument> {
  const seen = await judged();
  const { farmTarget, checklist } = seen;
  const { servers: beside, failed } = session.farm();
  return reportContents({
    servers: [await reportedServer(seen, earlierOf(session, seen), home)],
    beside: beside.map((other) => ({ ...other, target: targetOfServer(farmTarget, other.recording.computer, false) })),
    failed: [...failed],
    today: checklist.today,
    createdAt: now(),
    version,
    options,
  });
}
