import { stat } from "node:fs/promises";
import { hostname } from "node:os";
import { fixedServices } from "../../facts/addresses.ts";
import { serviceName } from "../../facts/service.ts";
import { readWhenFree } from "../../recording/busy-file.ts";
import type { FileFact, TextFact } from "../../recording/recording.ts";
import type { History, Machine } from "../machine.ts";
import type { PowershellAnswer, PowershellRequest } from "./powershell-look.ts";

/** The largest configuration file that is read, in bytes; MIM's is a few thousand. */
const textSizeLimit = 4 * 1024 * 1024;

/** Files whose version is of interest and not only that they are there. */
const versioned = /\.(exe|dll)$/i;

/** The services to ask for beside MIM's own. */
const otherServices = fixedServices.filter((name) => name !== serviceName);

export interface LiveMachinePorts {
  /** Asks PowerShell; called once. */
  readonly ask: (request: PowershellRequest) => Promise<PowershellAnswer>;
  readonly history: () => Promise<History>;
}

/** What a look asks of this computer beside its registry: PowerShell's facts from one call, files and texts by itself. */
export function createLiveMachine({ ask, history }: LiveMachinePorts): Machine {
  let answer: Promise<PowershellAnswer> | null = null;
  const answered = (
    request: PowershellRequest = { files: [], accounts: [], services: otherServices },
  ): Promise<PowershellAnswer> => {
    answer ??= ask(request);
    return answer;
  };
  return {
    async prepare({ files, accounts }) {
      await answered({
        files: files.filter((path) => versioned.test(path)).map((path) => expanded(path)),
        accounts,
        services: otherServices,
      });
    },
    async identity() {
      const { facts, reason } = await answered();
      const unread = { caption: null, build: null, startedAt: null, reason };
      return { computer: facts?.computer || hostname(), windows: facts?.windows ?? unread };
    },
    async service(name) {
      const { facts, reason } = await answered();
      const known = name.toLowerCase() === serviceName.toLowerCase() ? facts?.service : facts?.services.get(name);
      return known ?? { state: "unreadable", reason: reason ?? "it was not asked for" };
    },
    async file(path) {
      const there = await fileFact(expanded(path));
      if (there.state !== "present" || !versioned.test(path)) return there;
      const { facts, reason } = await answered();
      const version = facts?.files.get(expanded(path));
      if (version !== undefined) return version;
      return {
        state: "unreadable",
        reason: `it is there; its version was not read: ${reason ?? "it was not asked for"}`,
      };
    },
    text: async (path) => textFact(expanded(path)),
    async account(name) {
      const { facts, reason } = await answered();
      const known = facts?.accounts.get(name);
      return known ?? { state: "unreadable", reason: reason ?? "it was not asked for" };
    },
    async events() {
      const { facts, reason } = await answered();
      return facts?.events ?? { state: "unreadable", reason: reason ?? "" };
    },
    async updates() {
      const { facts, reason } = await answered();
      return facts === null ? { state: "unreadable", reason: reason ?? "" } : facts.updates;
    },
    history,
  };
}

/** A path with the variables the registry may keep in it replaced. */
export function expanded(
  path: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  return path.replace(/%([^%\\/]+)%/g, (whole, name: string) => {
    const found = Object.entries(environment).find(([variable]) => variable.toLowerCase() === name.toLowerCase());
    return found?.[1] ?? whole;
  });
}

/** Whether a file or folder is there. */
export async function fileFact(path: string): Promise<FileFact> {
  try {
    await stat(path);
    return { state: "present", version: null };
  } catch (error) {
    return missing(error);
  }
}

/** The text of a file, UTF-8. */
export async function textFact(path: string): Promise<TextFact> {
  try {
    const { size } = await stat(path);
    if (size > textSizeLimit) return { state: "unreadable", reason: "it is larger than 4 MB" };
    return { state: "present", text: (await readWhenFree(path, { limit: textSizeLimit })).toString("utf8") };
  } catch (error) {
    return missing(error);
  }
}

function missing(error: unknown): { state: "absent" } | { state: "unreadable"; reason: string } {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  if (code === "ENOENT" || code === "ENOTDIR") return { state: "absent" };
  return { state: "unreadable", reason: code === "EACCES" || code === "EPERM" ? "access denied" : code };
}
