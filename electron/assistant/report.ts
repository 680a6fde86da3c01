import { dayOf } from "../contract/date.ts";
import type { OfferedFile } from "../contract/methods.ts";
import type { ReportOptions } from "../contract/report.ts";
import type { Target } from "../contract/target.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { Recording } from "../recording/recording.ts";
import { redactRecording } from "../recording/redact.ts";
import { htmlReport } from "../report/html.ts";
import { jsonText } from "../report/json-text.ts";
import type { ReportDocument } from "../report/report-document.ts";
import { fileName, formatFiles } from "../report/report-format.ts";
import type { UseCases } from "./bind.ts";
import { journalsOf } from "./changeable.ts";
import { type Dependencies, judged } from "./dependencies.ts";
import { sameServer, targetOfServer } from "./farm-target.ts";
import { type ReportedServer, reportContents } from "./report-contents.ts";
import { reportedPictures } from "./reported-pictures.ts";

/** Handing out what was seen: as a recording, as a report. */
export function reportUseCases(
  dependencies: Dependencies,
): Pick<UseCases, "saveRecording" | "saveReport" | "previewReport" | "showSaved"> {
  return {
    saveRecording: async (): Promise<OfferedFile> => {
      const { recording } = await dependencies.session.shown();
      return {
        name: fileName("recording", [recording.computer], dayOf(new Date(recording.recordedAt)), "json"),
        mediaType: "application/json",
        encoding: "utf8",
        text: jsonText(redactRecording(recording)),
      };
    },

    previewReport: async (options) => ({ html: htmlReport(await reportOf(dependencies, options)) }),

    showSaved: async () => {
      if (dependencies.shell.showSaved?.() === true) return null;
      throw new InputProblem(
        "not-available",
        "the folder cannot be shown from here",
        "saved files",
        "Look into the folder where you saved it.",
      );
    },

    saveReport: async ({ format, options }): Promise<OfferedFile> => {
      const document = await reportOf(dependencies, options);
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
  };
}

/** The report of what is on show, with the recordings opened beside it. */
async function reportOf(dependencies: Dependencies, options: ReportOptions): Promise<ReportDocument> {
  const shown = await dependencies.session.shown();
  const { server, recording, target, farmTarget, checklist } = await judged(dependencies, shown);
  const journals = await journalsOf(server);
  const opened = dependencies.session.openedBefore(server);
  const first = dependencies.session.firstLook(server);
  const looked = first === recording ? null : first;
  const wantedBefore = (before: Recording): Target => {
    const same = sameServer(before.computer, recording.computer);
    return targetOfServer(farmTarget, before.computer, same, same ? server.keptAs : undefined);
  };
  const before: ReportedServer["before"] =
    opened !== null
      ? { label: opened.name, origin: "file", recording: opened.recording, target: wantedBefore(opened.recording) }
      : looked !== null
        ? {
            label: "The first look of this session",
            origin: "session",
            recording: looked,
            target: wantedBefore(looked),
          }
        : null;
  const pictures = await reportedPictures(dependencies.home, server, target);
  return reportContents({
    servers: [{ name: checklist.server, server, recording, target, journals, before, pictures }],
    beside: dependencies.session
      .farm()
      .servers.map((other) => ({ ...other, target: targetOfServer(farmTarget, other.recording.computer, false) })),
    failed: [...dependencies.session.farm().failed],
    today: checklist.today,
    createdAt: dependencies.now(),
    version: dependencies.version,
    options,
  });
}
