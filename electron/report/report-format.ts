import type { ReportFormat } from "../contract/report.ts";
import type { ReportDocument } from "./report-document.ts";

/** How a format becomes a file. */
interface FormatFile {
  /** What the file's name begins with, after the product's. */
  readonly what: "report" | "plan";
  readonly ending: string;
  readonly mediaType: string;
  /** True for a text that begins with a byte-order mark: without one Excel takes UTF-8 for another encoding. */
  readonly byteOrderMark: boolean;
  /** True where several servers are several files. */
  readonly oneServer: boolean;
  /** Text, or bytes. Each is loaded when it is asked for, so that no command waits for a format it does not write. */
  readonly print: (document: ReportDocument) => Promise<string | Uint8Array>;
}

/** Every form a report is made in. */
export const formatFiles: Readonly<Record<ReportFormat, FormatFile>> = {
  html: {
    what: "report",
    ending: "html",
    mediaType: "text/html",
    byteOrderMark: false,
    oneServer: false,
    print: async (document) => (await import("./html.ts")).htmlReport(document),
  },
  pdf: {
    what: "report",
    ending: "pdf",
    mediaType: "application/pdf",
    byteOrderMark: false,
    oneServer: false,
    print: async (document) => (await import("./pdf.ts")).pdfReport(document),
  },
  json: {
    what: "report",
    ending: "json",
    mediaType: "application/json",
    byteOrderMark: false,
    oneServer: true,
    print: async (document) => (await import("./json.ts")).jsonReport(document),
  },
  csv: {
    what: "report",
    ending: "csv",
    mediaType: "text/csv",
    byteOrderMark: true,
    oneServer: false,
    print: async (document) => (await import("./csv.ts")).csvReport(document),
  },
  plan: {
    what: "plan",
    ending: "csv",
    mediaType: "text/csv",
    byteOrderMark: true,
    oneServer: false,
    print: async (document) => (await import("./plan.ts")).planReport(document),
  },
};

/**
 * A file's name that says what, which computers and which day. A recording may give a computer any name, so most of it
 * is replaced.
 */
export function fileName(what: string, computers: readonly string[], day: string, ending: string): string {
  const safe = computers.map((computer) => computer.replace(/[^A-Za-z0-9-]+/g, "-").slice(0, 63));
  const shown = safe.length <= 3 ? safe.join("-") : `${safe[0]}-and-${safe.length - 1}-more`;
  return `mim-mail-${what}-${shown}-${day}.${ending}`;
}
