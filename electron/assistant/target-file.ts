import { join } from "node:path";
import * as z from "zod";
import { namesSecret } from "../contract/secret-signs.ts";
import { confirmationsSchema, defaultTarget, targetSchema } from "../contract/target.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { decodeText, readStrictJson } from "../recording/strict-json.ts";
import { type FarmTarget, farmTargetOf, foldedServer } from "./farm-target.ts";
import { createFileStore, type FileStore } from "./file-store.ts";

/** The file: a target, and beside it the confirmations of servers by their computers' names. */
const targetFileSchema = targetSchema.extend({
  servers: z
    .record(z.string(), confirmationsSchema)
    .refine(namesEachOnce, "a server is named twice; its name is one in upper and lower case")
    .optional(),
});

/** A target from the bytes of its file. Strict; a property named like a secret is refused. Throws InputProblem. */
export function readTarget(bytes: Uint8Array, where: string): FarmTarget {
  return readTargetText(decodeText(bytes, "target", where), where);
}

/** A target from its text; as {@link readTarget}. */
export function readTargetText(text: string, where: string): FarmTarget {
  const secret = secretPropertyIn(readStrictJson(text, z.unknown(), "target", where));
  if (secret !== null) {
    throw new InputProblem(
      "secret-in-target",
      "the target may not hold a secret",
      `${where}, at ${secret}`,
      "Take the property out. The client secret is typed only in the installer.",
    );
  }
  const { servers, ...target } = readStrictJson(text, targetFileSchema, "target", where);
  return { target, servers: servers ?? {} };
}

/** The target as its file: pretty-printed JSON with a line end. */
export function writeTarget({ target, servers }: FarmTarget): string {
  const named = Object.keys(servers).length === 0 ? {} : { servers };
  return `${JSON.stringify({ ...target, ...named }, null, 2)}\n`;
}

/** Where the person's own target is kept, in the home folder. */
export function targetPath(home: string): string {
  return join(home, "target.json");
}

/** What the person wants of their servers, kept between starts. */
export function createTargetStore(home: string, now: () => Date): FileStore<FarmTarget> {
  return createFileStore({
    path: targetPath(home),
    what: "target",
    parse: readTarget,
    print: writeTarget,
    initial: farmTargetOf(defaultTarget),
    now,
  });
}

function namesEachOnce(servers: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(servers);
  return new Set(names.map(foldedServer)).size === names.length;
}

/** The place of a property that is named like a secret; null for none. A server may be named as it likes. */
function secretPropertyIn(value: unknown, where = ""): string | null {
  if (typeof value !== "object" || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    const place = where === "" ? name : `${where}.${name}`;
    if (where !== "servers" && namesSecret(name)) return place;
    const deeper = secretPropertyIn(inner, place);
    if (deeper !== null) return deeper;
  }
  return null;
}
