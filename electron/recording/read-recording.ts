import * as z from "zod";
import { InputProblem } from "./input-problem.ts";
import { type Recording, recordingSchema, recordingSizeLimit } from "./recording.ts";
import { redactRecording } from "./redact.ts";
import { decodeText, readStrictJson } from "./strict-json.ts";

const headSchema = z.looseObject({ format: z.unknown().optional(), version: z.unknown().optional() });

const formatSchema = z.unknown().transform((value, context): Recording => {
  const head = headSchema.safeParse(value);
  if (!head.success || head.data.format !== "mim-mail-recording") {
    context.addIssue({
      code: "custom",
      path: ["format"],
      message: 'this is not a recording: "mim-mail-recording" expected',
    });
    return z.NEVER;
  }
  if (head.data.version !== 1) {
    const version = JSON.stringify(head.data.version) ?? "none";
    context.addIssue({
      code: "custom",
      path: ["version"],
      message: `version ${version}, this product reads version 1`,
    });
    return z.NEVER;
  }
  const parsed = recordingSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    context.addIssue({ code: "custom", path: issue.path, message: issue.message });
  }
  return z.NEVER;
});

/** A recording from its text. Strict; secrets it should not hold are redacted at once. Throws InputProblem. */
export function readRecordingText(text: string, where: string): Recording {
  if (text.length > recordingSizeLimit) throw tooLarge(where);
  return redactRecording(readStrictJson(text, formatSchema, "recording", where));
}

/** A recording from the bytes of a file, at most 64 MB. Throws InputProblem. */
export function readRecording(bytes: Uint8Array, where: string): Recording {
  if (bytes.byteLength > recordingSizeLimit) throw tooLarge(where);
  return readRecordingText(decodeText(bytes, "recording", where), where);
}

/** The refusal of a recording over the limit; for whoever knows the size before reading. */
export function tooLarge(where: string): InputProblem {
  return new InputProblem(
    "too-large",
    "the recording is larger than 64 MB",
    where,
    "Choose a recording made by collect; those are far smaller.",
  );
}
