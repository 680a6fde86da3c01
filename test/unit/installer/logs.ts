import { defaultTarget, type Target } from "../../../electron/contract/target.ts";
import { LogReader, type LogReaderOptions } from "../../../electron/installer/log-reader.ts";
import type { LogReading } from "../../../electron/installer/log-reading.ts";
import { wizardCaseOf, wizardPages } from "../../../electron/installer/pages.ts";
import { logLineBytes, logMark, type PracticeRun, practiceLog } from "../../../electron/installer/practice-log.ts";

export const productCode = "{5A7CB0A3-7AA2-4F36-8D77-3B0E4A6C1F52}";
export const password = "Practice-only-1";

const target: Target = {
  ...defaultTarget,
  applicationId: "1a2b3c4d-1111-4222-8333-444455556666",
  tenantId: "9f8e7d6c-1111-4222-8333-444455556666",
  serviceAccount: "CONTOSO\\svcMIMService",
  serviceEmail: "mimservice@contoso.com",
};

/** The lines of a rehearsed run. Its clock goes on by a second a line, its pauses take no time. */
export async function practiceLines(run: PracticeRun, passwordInClear: string | null = null): Promise<string[]> {
  const wanted = wizardCaseOf(target);
  let second = 0;
  const lines: string[] = [];
  const log = practiceLog({
    run,
    wanted: () => wanted,
    pages: () => wizardPages(wanted),
    productCode,
    version: "4.6.607.0",
    passwordInClear,
    now: () => new Date(2026, 10, 23, 10, 0, second++),
    pause: async () => {},
  });
  for await (const line of log) lines.push(line);
  return lines;
}

/** The bytes of lines as Windows Installer writes them. */
export function logBytes(lines: readonly string[]): Buffer {
  return Buffer.concat([logMark, ...lines.map(logLineBytes)]);
}

/** What a reader says of bytes handed over in pieces of at most `size`, and the clean copy it makes. */
export function readBytes(
  bytes: Uint8Array,
  options: Pick<LogReaderOptions, "typed"> = {},
  size = Number.POSITIVE_INFINITY,
): { readonly reading: LogReading; readonly clean: Buffer } {
  const parts: Buffer[] = [];
  const reader = new LogReader({ ...options, clean: (part) => void parts.push(Buffer.from(part)) });
  for (let from = 0; from < bytes.length; from += size) reader.push(bytes.subarray(from, from + size));
  reader.end();
  return { reading: reader.reading(), clean: Buffer.concat(parts) };
}

/** What a reader says of a log of these lines, in UTF-16LE. */
export function readLines(lines: readonly string[], typed: readonly string[] = []): LogReading {
  return readBytes(logBytes(lines), { typed }).reading;
}
