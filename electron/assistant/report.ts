import { dayOf } from "../contract/date.ts";
import type { OfferedFile } from "../contract/methods.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { redactRecording } from "../recording/redact.ts";
import { htmlReport } from "../report/html.ts";
import { jsonReport } from "../report/json.ts";
import { buildReport, type ReportDocument } from "../report/report-document.ts";
import type { UseCases } from "./bind.ts";
import { type Desk, judged } from "./desk.ts";

const formats = {
  html: { mediaType: "text/html", print: htmlReport },
  json: { mediaType: "application/json", print: jsonReport },
} as const satisfies Record<string, { mediaType: string; print: (document: ReportDocument) => string }>;

/** A file name that says what, which computer and which day; a computer's name may hold anything in a recording. */
function fileName(what: string, computer: string, day: string, ending: string): string {
  const safe = computer.replace(/[^A-Za-z0-9-]+/g, "-").slice(0, 63);
  return `mim-mail-${what}-${safe}-${day}.${ending}`;
}

/** Handing out what was seen: as a recording, as a report. */
export function reportUseCases(
  desk: Desk,
): Pick<UseCases, "saveRecording" | "saveReport" | "previewReport" | "showSaved"> {
  return {
    saveRecording: async (): Promise<OfferedFile> => {
      const { recording } = await desk.session.shown();
      return {
        name: fileName("recording", recording.computer, dayOf(new Date(recording.recordedAt)), "json"),
        mediaType: "application/json",
        encoding: "utf8",
        text: `${JSON.stringify(redactRecording(recording), null, 2)}\n`,
      };
    },

    previewReport: async () => {
      const { recording, checklist, target } = await judged(desk, await desk.session.shown());
      const document = buildReport({
        servers: [{ name: checklist.server, recording, checklist, target }],
        createdAt: desk.now(),
        version: desk.version,
      });
      return { html: htmlReport(document) };
    },

    showSaved: async () => {
      if (desk.shell.showSaved?.() === true) return null;
      throw new InputProblem(
        "not-available",
        "the folder cannot be shown from here",
        "saved files",
        "Look into the folder where you saved it.",
      );
    },

    saveReport: async ({ format }): Promise<OfferedFile> => {
      const { recording, checklist, target } = await judged(desk, await desk.session.shown());
      const createdAt = desk.now();
      const document = buildReport({
        servers: [{ name: checklist.server, recording, checklist, target }],
        createdAt,
        version: desk.version,
      });
      if (format !== "html" && format !== "json") {
        throw new InputProblem("not-available", "this form is not built yet", format, "Choose another form.");
      }
      const { mediaType, print } = formats[format];
      return {
        name: fileName("report", recording.computer, dayOf(createdAt), format),
        mediaType,
        encoding: "utf8",
        text: print(document),
      };
    },
  };
}
