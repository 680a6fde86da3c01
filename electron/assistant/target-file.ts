import * as z from "zod";
import { namesSecret } from "../contract/secret-signs.ts";
import { type Target, targetSchema } from "../contract/target.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { decodeText, readStrictJson } from "../recording/strict-json.ts";

/** A target from the bytes of its file. Strict; a property named like a secret is refused. Throws InputProblem. */
export function readTarget(bytes: Uint8Array, where: string): Target {
  return readTargetText(decodeText(bytes, "target", where), where);
}

/** A target from its text; as {@link readTarget}. */
export function readTargetText(text: string, where: string): Target {
  const secret = secretPropertyIn(readStrictJson(text, z.unknown(), "target", where));
  if (secret !== null) {
    throw new InputProblem(
      "secret-in-target",
      "the target may not hold a secret",
      `${where}, at ${secret}`,
      "Take the property out. The client secret is typed only in the installer.",
    );
  }
  return readStrictJson(text, targetSchema, "target", where);
}

/** The target as its file: pretty-printed JSON with a line end. */
export function writeTarget(target: Target): string {
  return `${JSON.stringify(target, null, 2)}\n`;
}

function secretPropertyIn(value: unknown): string | null {
  if (typeof value !== "object" || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    if (namesSecret(name)) return name;
    const deeper = secretPropertyIn(inner);
    if (deeper !== null) return `${name}.${deeper}`;
  }
  return null;
}
