import { stat } from "node:fs/promises";
import { readWhenFree } from "../recording/busy-file.ts";
import { InputProblem } from "../recording/input-problem.ts";

/**
 * The bytes of a file that was handed in.
 * @param what what the file is, as a person calls it: "recording", "target"
 * @param limit the most bytes it may have; a larger file is not read
 * @throws InputProblem when there is no such file, it cannot be read, is no file, or is too large
 */
export async function readInput(
  path: string,
  what: string,
  limit: { readonly bytes: number; readonly problem: InputProblem },
): Promise<Uint8Array> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) {
      throw new InputProblem("is-folder", `the ${what} is a folder`, path, "Name the file in it.");
    }
    // A device or a pipe may have no end.
    if (!found.isFile()) {
      throw new InputProblem(
        "not-a-file",
        `the ${what} is no file`,
        path,
        "Name a file; devices and pipes are not read.",
      );
    }
    if (found.size > limit.bytes) throw limit.problem;
    return await readWhenFree(path, { limit: limit.bytes });
  } catch (error) {
    if (error instanceof InputProblem) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "too-large") throw limit.problem;
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new InputProblem("not-found", `the ${what} does not exist`, path, "Check the name and the folder.");
    }
    throw new InputProblem(
      "not-readable",
      `the ${what} cannot be read: ${code === "EACCES" || code === "EPERM" ? "access denied" : (code ?? String(error))}`,
      path,
      "Check that your account may read the file.",
    );
  }
}
