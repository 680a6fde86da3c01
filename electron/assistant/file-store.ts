import { rename } from "node:fs/promises";
import { basename } from "node:path";
import type * as z from "zod";
import { readWhenFree } from "../recording/busy-file.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { decodeText, readStrictJson } from "../recording/strict-json.ts";
import { writeFault } from "../recording/write-fault.ts";
import { replaceFile } from "../server/replace-file.ts";

/** One value kept in one file of the home folder. */
export interface FileStore<Value> {
  /**
   * The value as kept, or the initial one when there is no file. A damaged file is set aside under another name and
   * told once, as an InputProblem; the next call gives the initial value.
   */
  readonly read: () => Promise<Value>;
  /** Keeps a value: written beside the file and renamed, one after the other in the order of the calls. */
  readonly write: (value: Value) => Promise<void>;
}

export interface FileStoreOptions<Value> {
  readonly path: string;
  /** What the file is, as a person calls it: "target", "settings". */
  readonly what: string;
  /** Gives the value of a file's bytes; throws when they are damaged. */
  readonly parse: (bytes: Uint8Array, where: string) => Value;
  readonly print: (value: Value) => string;
  readonly initial: Value;
  readonly now: () => Date;
}

/** What is told when a file of the home folder cannot be written. @param what "the target", as a person calls it */
export function notKept(what: string, path: string, error: unknown): InputProblem {
  return new InputProblem(
    "home-not-writable",
    `${what} cannot be kept: ${writeFault(error)}`,
    path,
    "Give your account write access to that folder, or name another with MIM_MAIL_HOME.",
  );
}

/** A store of one value in one file of JSON, as its schema reads it. */
export function createJsonStore<Value>({
  schema,
  ...options
}: Omit<FileStoreOptions<Value>, "parse" | "print"> & { readonly schema: z.ZodType<Value> }): FileStore<Value> {
  const { what } = options;
  return createFileStore({
    ...options,
    parse: (bytes, where) => readStrictJson(decodeText(bytes, what, where), schema, what, where),
    print: (value) => `${JSON.stringify(value, null, 2)}\n`,
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A store of one value in one file. Nothing is read or written before the first call. */
export function createFileStore<Value>(options: FileStoreOptions<Value>): FileStore<Value> {
  const { path, what, parse, print, initial, now } = options;
  let kept: { readonly value: Value } | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  /** Runs after everything that was asked for before, whether or not that went well. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = queue.then(work, work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function setAside(fault: unknown): Promise<never> {
    const moment = now()
      .toISOString()
      .replace(/[-:]|\.\d+/g, "");
    const aside = `${path}.damaged-${moment}`;
    await rename(path, aside);
    throw new InputProblem(
      "set-aside",
      `the ${what} that was kept cannot be used: ${reasonOf(fault)}`,
      path,
      `It was kept as ${basename(aside)} beside it, and the ${what} starts anew.`,
    );
  }

  async function load(): Promise<Value> {
    if (kept !== null) return kept.value;
    let bytes: Uint8Array;
    try {
      bytes = await readWhenFree(path);
    } catch (error) {
      if (codeOf(error) !== "ENOENT") {
        throw new InputProblem(
          "home-not-readable",
          `the ${what} cannot be read: ${reasonOf(error)}`,
          path,
          "Give your account read and write access to that file, or name another folder with MIM_MAIL_HOME.",
        );
      }
      kept = { value: initial };
      return initial;
    }
    let value: Value;
    try {
      value = parse(bytes, path);
    } catch (fault) {
      return setAside(fault);
    }
    kept = { value };
    return value;
  }

  return {
    read: () => inTurn(load),
    write: (value) =>
      inTurn(async () => {
        // A damaged file that was never read must be set aside first, not written over.
        await load();
        try {
          await replaceFile(path, print(value));
        } catch (error) {
          throw notKept(`the ${what}`, path, error);
        }
        kept = { value };
      }),
  };
}
