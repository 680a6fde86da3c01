import * as z from "zod";
import { createPowershell, type RunScript, type ScriptName, scriptFault } from "../powershell.ts";
import { outsideArchive, type RunTool, runTool, ToolFailure } from "../windows-tool.ts";

export interface ProbeOptions {
  /** The folder of the product's PowerShell scripts. */
  readonly scripts: string;
  /** What stands for Windows in tests. */
  readonly run?: RunTool;
  /** How long the whole may take, in milliseconds. */
  readonly timeLimit?: number;
}

/** What a probe's script found, with the versions it ran on; or why it could not be tried, on one line. */
export type Probed<Found> =
  | {
      readonly ok: true;
      readonly powershell: string;
      /** The version of the common language runtime it ran on. */
      readonly clr: string;
      readonly found: readonly Found[];
    }
  | { readonly ok: false; readonly reason: string };

/** A line of text in an answer. */
export const line = z.string().max(400);
const runtimeSchema = z.strictObject({
  step: z.literal("runtime"),
  languageMode: line,
  powershell: line,
  clr: line,
});
const doneSchema = z.strictObject({ step: z.literal("done") });

/**
 * One call of Windows PowerShell that tries a way through .NET Framework and SCHANNEL: a script that changes nothing and is
 * told no secret. Rejects only when the signal is aborted, with its reason.
 * @param schema what a line of its finding holds
 */
export function createProbe<Found>(
  script: ScriptName,
  schema: z.ZodType<Found>,
  { scripts, run = runTool, timeLimit }: ProbeOptions & { readonly timeLimit: number },
): (argv: readonly string[], signal?: AbortSignal) => Promise<Probed<Found>> {
  const runScript: RunScript = createPowershell({ run, scripts: outsideArchive(scripts) });
  return async (argv, signal) => {
    signal?.throwIfAborted();
    try {
      const ended = await runScript(script, argv, {
        timeLimit,
        outputLimit: 64 * 1024,
        ...(signal === undefined ? {} : { signal }),
      });
      if (ended.code !== 0) return { ok: false, reason: scriptFault(ended) };
      return probedIn(ended.stdout.toString("latin1"), schema);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof ToolFailure) return { ok: false, reason: error.message };
      throw error;
    }
  };
}

/** What the script's lines say. An answer that is cut off or is none counts as not tried, with the reason. */
export function probedIn<Found>(text: string, schema: z.ZodType<Found>): Probed<Found> {
  const found: Found[] = [];
  let runtime: z.infer<typeof runtimeSchema> | undefined;
  let isDone = false;
  for (const written of text.split(/\r?\n/).filter((one) => one.trim() !== "")) {
    const step = jsonIn(written);
    isDone = doneSchema.safeParse(step).success;
    if (isDone) continue;
    const told = runtimeSchema.safeParse(step);
    if (told.success) {
      runtime = told.data;
      continue;
    }
    const parsed = schema.safeParse(step);
    if (!parsed.success) return { ok: false, reason: "PowerShell's answer is not in the expected form" };
    found.push(parsed.data);
  }
  if (runtime === undefined || !isDone) return { ok: false, reason: "PowerShell ended without an answer" };
  const { languageMode, powershell, clr } = runtime;
  if (languageMode !== "FullLanguage") {
    return { ok: false, reason: `PowerShell runs in ${languageMode}, which cannot ask a host` };
  }
  if (found.length === 0) return { ok: false, reason: "PowerShell ended without an answer" };
  return { ok: true, powershell, clr, found };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
