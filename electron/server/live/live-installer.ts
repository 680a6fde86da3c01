import { access, lstat, mkdir, realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, win32 } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { RegistryReader } from "../../changes/registry.ts";
import type { ServerActions, WatchedInstaller } from "../../changes/run-plan.ts";
import type { InstallerRun } from "../../contract/history.ts";
import { type NotedRun, runInstaller } from "../../installer/run-installer.ts";
import { cleanLogFile } from "../../installer/scrub-log.ts";
import { InputProblem } from "../../recording/input-problem.ts";
import { type InstalledProduct, installedProduct } from "../installed-product.ts";
import type { InstallerRuns } from "../installer-runs.ts";
import type { RunScript } from "../powershell.ts";
import { type RunTool, systemTool, ToolFailure } from "../windows-tool.ts";
import { expanded, fileFact } from "./live-machine.ts";
import { endedByLog, isRunning, openRun } from "./open-run.ts";

export interface LiveInstallerPorts {
  readonly run: RunTool;
  readonly runScript: RunScript;
  readonly registry: RegistryReader;
  readonly runs: InstallerRuns;
  /** The folder of the logs; each run's lies in a folder of its own below it. */
  readonly logs: string;
  /** Closes a new folder to everybody but administrators; rejects when it cannot. */
  readonly close: (folder: string) => Promise<void>;
  readonly now: () => Date;
  /** How Windows' programs name a path of this process, and this process one that the registry names. */
  readonly named?: (path: string) => string;
  readonly opened?: (path: string) => string;
  /** Milliseconds between two looks at a log that did not grow. */
  readonly lookEvery?: number;
  /** Whether the process of a run goes on; tests hand in their own. */
  readonly isRunning?: (run: NotedRun) => boolean;
}

const where = "the installer";

/**
 * The installer of the product that is found on this server. It is started by its product code alone, never by the
 * UninstallString, which may be one that uninstalls. Needs elevation.
 */
export function createLiveInstaller(
  ports: LiveInstallerPorts,
): Pick<ServerActions, "changeMode" | "resumeChangeMode" | "cleanLog"> {
  const { run, registry, runs, logs, close, now, lookEvery } = ports;
  const { named = (path: string) => path, opened = (path: string) => path } = ports;
  const { isRunning: goesOn = (one: NotedRun) => isRunning(one, now()) } = ports;

  /** Follows a run that an earlier start of this program began, to its end: only the person cancels it. */
  async function resume(open: NotedRun, tell: WatchedInstaller["tell"]): Promise<InstallerRun> {
    return runInstaller({
      start: async () => {
        while (goesOn(open)) {
          if ((await endedByLog(open)).exitCode != null) break;
          await pause(lookEvery ?? 1000);
        }
        // What is written last may be late.
        for (let look = 0; look < 10; look += 1) {
          const { exitCode } = await endedByLog(open);
          if (exitCode != null) return exitCode;
          await pause(lookEvery ?? 300);
        }
        throw new Error("its log ends without saying how the installer ended");
      },
      startedAt: open.startedAt ?? "",
      productCode: open.productCode ?? "",
      log: open.log ?? "",
      notes: runs,
      now,
      ...(tell === undefined ? {} : { tell }),
      ...(lookEvery === undefined ? {} : { lookEvery }),
    });
  }

  return {
    async resumeChangeMode({ tell }) {
      const open = openRun(await runs.read());
      return open === null || !goesOn(open) ? null : resume(open, tell);
    },

    async changeMode({ tell, signal, log }) {
      const open = openRun(await runs.read());
      // One that is open already is followed: a second one would only be refused by Windows Installer.
      if (open !== null && goesOn(open)) return resume(open, tell);
      // One that ended while nobody followed it is noted as its log tells.
      if (open !== null) {
        const ended = await endedByLog(open);
        await runs.put({ ...ended, endedAt: ended.endedAt ?? now().toISOString() });
      }
      const product = await installedProduct(registry);
      await refuseWithoutMedia(product, opened);
      if (await anotherInstalls(ports.runScript)) {
        throw refused("another installation is running", "Wait for it to end, then start Change mode again.");
      }
      const path = log === undefined ? await newLog(logs, now(), close) : await chosenLog(log);
      return runInstaller({
        start: async (running) => {
          const argv = [`/I${product.productCode}`, "/lvxi*!", `"${named(path)}"`];
          // The person may sit on a page for as long as it takes.
          const { code } = await run(systemTool("msiexec.exe"), argv, {
            timeLimit: 0,
            asTyped: true,
            started: running,
          });
          return code;
        },
        productCode: product.productCode,
        log: path,
        notes: runs,
        now,
        ...(tell === undefined ? {} : { tell }),
        ...(signal === undefined ? {} : { signal }),
        ...(lookEvery === undefined ? {} : { lookEvery }),
      });
    },

    async cleanLog() {
      const last = (await runs.read()).at(-1);
      if (!last?.log || !last.secretsInLog) {
        throw refused("there is no log with a secret in it", "Nothing is to do.");
      }
      // Elevated, nothing is written over but what this program had written there itself.
      const own = await ownLog(last.log, logs);
      if (own === null) {
        throw refused(
          "its log lies in another folder",
          "Write a clean copy with mim-mail read-log --scrub, then delete the log.",
        );
      }
      const { secretCount } = await cleanLogFile(own);
      await runs.put({ ...last, secretsInLog: secretCount });
      return last.log;
    },
  };
}

function refused(message: string, cure: string): InputProblem {
  return new InputProblem("refused", message, where, cure);
}

/** Without the cached package and the folder it came from, the installer could only ask for a disk nobody has. */
async function refuseWithoutMedia(product: InstalledProduct, opened: (path: string) => string): Promise<void> {
  for (const path of [product.cachedPackage, product.installSource]) {
    if (path === null) continue;
    if ((await fileFact(opened(expanded(path)))).state !== "absent") return;
  }
  if (product.cachedPackage === null && product.installSource === null) return;
  throw refused(
    "the media are missing: neither the cached package nor the installation source is there",
    "See the step Server for where they belong. Nothing was started.",
  );
}

/** Whether another installation runs, as far as that can be told: msiexec itself refuses as well. */
async function anotherInstalls(runScript: RunScript): Promise<boolean> {
  try {
    const { code, stdout } = await runScript("other-installation.ps1", [], { timeLimit: 30_000 });
    return code === 0 && stdout.toString("latin1").trim() === "running";
  } catch (error) {
    if (error instanceof ToolFailure) return false;
    throw error;
  }
}

/** A log in a new folder of its own, which nobody else can have put anything into. */
async function newLog(logs: string, at: Date, close: (folder: string) => Promise<void>): Promise<string> {
  await mkdir(logs, { recursive: true });
  const folder = join(logs, at.toISOString().replace(/[:.]/g, "-"));
  await mkdir(folder);
  await close(folder);
  return join(folder, "change-mode.log");
}

/** A log where the person wants it: not over a file that is there, and named as a command line can name it. */
async function chosenLog(log: string): Promise<string> {
  const problem = (code: string, message: string, cure: string): InputProblem =>
    new InputProblem(code, message, log, cure);
  if (!(isAbsolute(log) || win32.isAbsolute(log)) || /["\r\n\0]/.test(log)) {
    throw problem("no-log-name", "the log cannot be named so", "Name a file in a folder that exists.");
  }
  await access(dirname(log)).catch(() => {
    throw problem("no-folder", "the folder of the log does not exist", "Create the folder first.");
  });
  const isThere = await lstat(log).then(
    () => true,
    () => false,
  );
  if (isThere) throw problem("exists", "the log exists already and is not written over", "Choose another name.");
  return log;
}

/**
 * Where the log of a run really lies; null when that is not in its own folder below the folder of the logs. The name comes
 * from a file: it may lead out by `..` or by a link.
 */
async function ownLog(log: string, logs: string): Promise<string | null> {
  try {
    if (!(await lstat(log)).isFile()) return null;
    const [real, folder] = await Promise.all([realpath(log), realpath(logs)]);
    return dirname(dirname(real)).toLowerCase() === folder.toLowerCase() ? real : null;
  } catch {
    return null;
  }
}
