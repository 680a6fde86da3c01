import { join } from "node:path";
import { deflateSync } from "node:zlib";
import {
  type ReportContents,
  type ReportedServer,
  reportContents,
} from "../../../electron/assistant/report-contents.ts";
import { judge } from "../../../electron/checklist/judge.ts";
import { type ReportFormat, reportFormats } from "../../../electron/contract/report.ts";
import type { Target } from "../../../electron/contract/target.ts";
import type { Recording } from "../../../electron/recording/recording.ts";
import { buildReport, type ReportDocument, type ReportPicture } from "../../../electron/report/report-document.ts";
import { formatFiles } from "../../../electron/report/report-format.ts";
import { readSample } from "../../../electron/server/practice/samples.ts";

const assets = join(import.meta.dirname, "../../../assets");

export const sample = (id: string) => readSample(assets, id);

/** A report of recordings without anything beside them, for 2026-11-23. */
export function reportOf(
  servers: readonly { readonly name: string; readonly recording: Recording; readonly target: Target }[],
): ReportDocument {
  return buildReport({
    servers: servers.map(({ name, recording, target }) => ({
      name,
      recording,
      target,
      checklist: judge({ recording, target, today: "2026-11-23", server: { name } }),
    })),
    createdAt: new Date("2026-11-23T12:34:56Z"),
    version: "1.2.3",
  });
}

/** A server of a report with nothing beside what was seen. */
export function reported(
  name: string,
  { recording, target }: { readonly recording: Recording; readonly target: Target },
  more: Partial<ReportedServer> = {},
): ReportedServer {
  const pictures = { pictures: [], leftOut: 0 };
  return { name, server: { elevated: null }, recording, target, journals: [], before: null, pictures, ...more };
}

/** A report as the window and the command line make it, for 2026-11-23. */
export function contentsOf(servers: readonly ReportedServer[], more: Partial<ReportContents> = {}): ReportDocument {
  return reportContents({
    servers,
    today: "2026-11-23",
    createdAt: new Date("2026-11-23T12:34:56Z"),
    version: "1.2.3",
    options: { maskNames: false, before: true, pictures: true },
    ...more,
  });
}

/** Every format of a report as the bytes or the text of its file. JSON is of the first server. */
export async function everyFormat(document: ReportDocument): Promise<Record<ReportFormat, string | Uint8Array>> {
  const files: [ReportFormat, string | Uint8Array][] = [];
  for (const format of reportFormats) {
    const { oneServer, print } = formatFiles[format];
    files.push([format, await print(oneServer ? { ...document, servers: document.servers.slice(0, 1) } : document)]);
  }
  return Object.fromEntries(files) as Record<ReportFormat, string | Uint8Array>;
}

/** A PNG of one colour: what a picture of the installer is in a test. */
export function png(width: number, height: number): Uint8Array {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([size, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const lines = Buffer.alloc(height * (1 + width * 3), 0x80);
  for (let line = 0; line < height; line += 1) lines[line * (1 + width * 3)] = 0;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(lines)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

export function picture(more: Partial<ReportPicture> = {}): ReportPicture {
  return {
    id: "p1",
    at: "2026-11-23T11:00:00Z",
    mediaType: "image/png",
    width: 60,
    height: 40,
    masked: true,
    origin: "added",
    title: "Configure mail server connection",
    base64: Buffer.from(png(60, 40)).toString("base64"),
    ...more,
  };
}
