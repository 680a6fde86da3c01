import { stat, writeFile } from "node:fs/promises";
import * as z from "zod";
import { momentSchema } from "../../contract/date.ts";
import { readWhenFree } from "../../recording/busy-file.ts";
import type {
  AccountFact,
  EventsFact,
  FileFact,
  ServiceFact,
  UpdatesFact,
  WindowsFact,
} from "../../recording/recording.ts";
import { eventSchema, reasonSchema, windowsSchema } from "../../recording/recording.ts";
import { type RunScript, scriptFault } from "../powershell.ts";
import { ToolFailure, type WithScratch } from "../windows-tool.ts";

/** What a look asks PowerShell for, beside Windows, the service and the events. */
export interface PowershellRequest {
  readonly files: readonly string[];
  readonly accounts: readonly string[];
  /** Services to ask for beside MIM's own. */
  readonly services: readonly string[];
}

/** What PowerShell read. Files and accounts stand under the names they were asked by. */
export interface PowershellFacts {
  /** The computer's name as Windows keeps it. */
  readonly computer: string;
  readonly windows: WindowsFact;
  readonly service: ServiceFact;
  /** The other services, by the names they were asked by. */
  readonly services: ReadonlyMap<string, ServiceFact>;
  readonly files: ReadonlyMap<string, FileFact>;
  readonly accounts: ReadonlyMap<string, AccountFact>;
  readonly events: EventsFact;
  readonly updates: UpdatesFact | null;
}

/** PowerShell's answer, or why there is none: then every fact it would give is unreadable for that reason. */
export type PowershellAnswer =
  | { readonly facts: PowershellFacts; readonly reason: null }
  | { readonly facts: null; readonly reason: string };

/** How long the whole look of PowerShell may take, in milliseconds: a full event log on a busy server takes a while. */
const timeLimit = 90_000;

/** The largest answer that is read, in bytes; 200 events of 4,000 characters are two thirds of it. */
const answerLimit = 8 * 1024 * 1024;

/** A list as ConvertTo-Json writes it, which in Windows PowerShell 5.1 may be an object with value and Count. */
function list<Item extends z.ZodType>(item: Item): z.ZodType<z.output<Item>[]> {
  return z.preprocess((value) => {
    const wrapped = typeof value === "object" && value !== null && "value" in value && "Count" in value;
    return wrapped ? value.value : value;
  }, z.array(item)) as unknown as z.ZodType<z.output<Item>[]>;
}

const absent = z.strictObject({ state: z.literal("absent") });
const unreadable = z.strictObject({ state: z.literal("unreadable"), reason: reasonSchema });

const serviceForm = z.strictObject({
  state: z.literal("present"),
  status: z.string(),
  startedAt: momentSchema.nullable(),
  account: z.string().nullable(),
});

const answerSchema = z.strictObject({
  format: z.literal("mim-mail-powershell"),
  version: z.literal(1),
  languageMode: z.string(),
  computer: z.string(),
  windows: windowsSchema.strict(),
  service: z.union([serviceForm, absent, unreadable]),
  services: list(
    z.union([
      serviceForm.extend({ name: z.string() }),
      absent.extend({ name: z.string() }),
      unreadable.extend({ name: z.string() }),
    ]),
  ).optional(),
  updates: z.union([z.strictObject({ state: z.literal("present"), items: list(z.string()) }), unreadable]).optional(),
  files: list(
    z.union([
      z.strictObject({ path: z.string(), state: z.literal("present"), version: z.string().nullable() }),
      absent.extend({ path: z.string() }),
      unreadable.extend({ path: z.string() }),
    ]),
  ),
  accounts: list(
    z.union([
      z.strictObject({ name: z.string(), state: z.literal("present"), sid: z.string().regex(/^S-1(-\d+)+$/) }),
      unreadable.extend({ name: z.string() }),
    ]),
  ),
  events: z.union([
    z.strictObject({ state: z.literal("present"), from: momentSchema, items: list(eventSchema.strict()) }),
    unreadable,
  ]),
});

/**
 * Asks PowerShell for everything it is needed for in a look, in one call. Never rejects but for a cancelled look: what
 * goes wrong is the answer's reason.
 */
export async function askPowershell(
  ports: { readonly runScript: RunScript; readonly withScratch: WithScratch },
  request: PowershellRequest,
  signal?: AbortSignal,
): Promise<PowershellAnswer> {
  try {
    const facts = await ports.withScratch(async (scratch) => {
      const input = scratch.file("asked.json");
      const output = scratch.file("answer.json");
      await writeFile(input.path, asciiJson(request), { flag: "wx" });
      const ended = await ports.runScript("look.ps1", ["-InputPath", input.named, "-OutputPath", output.named], {
        timeLimit,
        ...(signal === undefined ? {} : { signal }),
      });
      if (ended.code !== 0) throw new Error(scriptFault(ended));
      return readAnswer(output.path);
    });
    return { facts, reason: null };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ToolFailure && error.kind === "cancelled") throw error;
    return { facts: null, reason: error instanceof Error ? error.message : String(error) };
  }
}

async function readAnswer(path: string): Promise<PowershellFacts> {
  let bytes: Buffer;
  try {
    if ((await stat(path)).size > answerLimit)
      throw new Error(`PowerShell's answer is larger than ${answerLimit} bytes`);
    bytes = await readWhenFree(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw new Error("PowerShell ended without an answer");
    throw error;
  }
  return factsIn(new TextDecoder("utf-8").decode(bytes));
}

/** The facts in PowerShell's answer. Throws with the place when it is not in the form the script writes. */
export function factsIn(text: string): PowershellFacts {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error("PowerShell's answer is not JSON");
  }
  const parsed = answerSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`PowerShell's answer is not in the expected form at ${issue?.path.join(".") || "its start"}`);
  }
  const { computer, windows, service, services = [], files, accounts, events, updates = null } = parsed.data;
  return {
    computer,
    windows,
    service,
    services: new Map(services.map(({ name, ...other }) => [name, other])),
    updates,
    files: new Map(files.map(({ path, ...file }) => [path, file])),
    accounts: new Map(accounts.map(({ name, ...account }) => [name, account])),
    events,
  };
}

/** JSON in ASCII, so that no code page matters on the way. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
