import { constants, copyFile, mkdir } from "node:fs/promises";
import { basename, join, win32 } from "node:path";
import * as z from "zod";
import type { RegistryReader } from "../../changes/registry.ts";
import type { ServerActions } from "../../changes/run-plan.ts";
import { configPath, executableIn, serviceKey } from "../../facts/service.ts";
import { readWhenFree } from "../../recording/busy-file.ts";
import { type RunScript, scriptFault } from "../powershell.ts";
import type { WithScratch } from "../windows-tool.ts";
import { expanded } from "./live-machine.ts";

export interface LiveActionPorts {
  readonly runScript: RunScript;
  readonly withScratch: WithScratch;
  readonly registry: RegistryReader;
  /** The folder for copies of the configuration. */
  readonly copies: string;
  readonly now: () => Date;
  /** How a path that the registry names is opened from here. */
  readonly opened?: (path: string) => string;
}

/** How long one stop or one start may take, in seconds. */
const stepLimit = 120;
/** The whole restart, with its dependents and putting back, in milliseconds. */
const restartLimit = 15 * 60_000;

const stepSchema = z.union([
  z.object({ step: z.enum(["stopping", "starting", "done"]), service: z.string() }),
  z.object({ step: z.literal("failed"), service: z.string(), reason: z.string(), notRunning: z.string() }),
]);
type Step = z.infer<typeof stepSchema>;

/** What may be done to this server's service. Both need elevation. */
export function createLiveActions(ports: LiveActionPorts): Pick<ServerActions, "restartService" | "copyConfig"> {
  const { runScript, withScratch, registry, copies, now, opened = (path: string) => path } = ports;
  return {
    async restartService(progress = () => {}) {
      const steps: Step[] = [];
      // A restart that ended in its midst would leave the service stopped: it goes on whatever becomes of this program.
      const ended = await withScratch((scratch) =>
        runScript("restart-service.ps1", ["-TimeLimit", String(stepLimit)], {
          timeLimit: restartLimit,
          outlivesInto: scratch.file("steps.txt").path,
          line: (line) => {
            const step = stepIn(line);
            if (step === null) return;
            steps.push(step);
            if (step.step === "stopping") progress(`Stopping ${step.service}`);
            if (step.step === "starting") progress(`Starting ${step.service}`);
          },
        }),
      );
      const last = steps.at(-1);
      if (ended.code === 0 && last?.step === "done") return;
      if (last?.step !== "failed") throw new Error(`FIMService could not be restarted: ${scriptFault(ended)}`);
      const left = last.notRunning === "" ? "what ran before runs again" : `not running: ${last.notRunning}`;
      throw new Error(`FIMService could not be restarted: ${last.reason}; ${left}`);
    },

    async copyConfig() {
      const key = (await registry.readKeys([serviceKey])).get(serviceKey);
      if (key?.state !== "present") {
        const reason = key?.state === "unreadable" ? `: ${key.reason}` : "";
        throw new Error(`the service FIMService was not found in the registry${reason}`);
      }
      const image = Object.entries(key.values).find(([name]) => name.toLowerCase() === "imagepath")?.[1];
      const text = image !== undefined && "data" in image && typeof image.data === "string" ? image.data : "";
      if (text === "") throw new Error("the service FIMService has no program");
      const source = configPath(executableIn(expanded(text)));
      const moment = now().toISOString().replace(/[:.]/g, "-");
      await mkdir(copies, { recursive: true });
      const copy = join(copies, `${moment}-${basename(win32.basename(source))}`);
      try {
        await copyFile(opened(source), copy, constants.COPYFILE_EXCL);
      } catch (error) {
        throw new Error(`the configuration ${source} cannot be copied: ${(error as NodeJS.ErrnoException).code}`);
      }
      if (!(await readWhenFree(copy)).equals(await readWhenFree(opened(source)))) {
        throw new Error(`the copy ${copy} does not read as the configuration does`);
      }
      return copy;
    },
  };
}

/** A line of the script as a step; null for anything else a line may be. */
function stepIn(line: string): Step | null {
  try {
    const parsed = stepSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
