import { hostname, release, uptime } from "node:os";
import type { RegistryReader } from "../../changes/registry.ts";
import { InputProblem } from "../../recording/input-problem.ts";
import type { RegistryKey, WindowsFact } from "../../recording/recording.ts";
import { look } from "../look.ts";
import type { Server } from "../server.ts";
import { liveMachine } from "./live-machine.ts";
import { createRegeditRegistry, type RegeditList } from "./regedit-registry.ts";

const windowsKey = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
/** The hive of LocalService is loaded on every Windows and opens for administrators who run elevated, only. */
const elevatedKey = "HKU\\S-1-5-19";

export interface LiveServerOptions {
  readonly now?: () => Date;
  readonly platform?: NodeJS.Platform;
  /** Where regedit's scripts lie when the program is packed into an archive, which Windows Script Host cannot open. */
  readonly registryScripts?: string;
  /** `regedit`'s list; the package itself unless told otherwise. */
  readonly list?: RegeditList;
}

/**
 * This computer. So far its registry, its files and Windows' own facts are read; what is not read yet is answered as
 * unreadable, never guessed. Whether the program runs elevated is known after the first look.
 */
export function createLiveServer({
  now = () => new Date(),
  platform = process.platform,
  registryScripts,
  list,
}: LiveServerOptions = {}): Server {
  let elevated: boolean | null = null;
  return {
    kind: "live",
    label: "This server",
    get elevated() {
      return elevated;
    },
    async look(options) {
      if (platform !== "win32") {
        throw new InputProblem(
          "not-windows",
          "the live server can be looked at on Windows only",
          "live",
          "Use the practice server, or a recording made on the server with collect.",
        );
      }
      const registry = createRegeditRegistry(list ?? (await regeditList(registryScripts)));
      const identity = async () => {
        const own = await ownKeys(registry);
        elevated = own.elevated;
        return { computer: hostname(), windows: windowsFact(own.windows, now()) };
      };
      return look({ registry, machine: { ...liveMachine, identity }, now }, options);
    },
  };
}

async function ownKeys(registry: RegistryReader): Promise<{ elevated: boolean | null; windows: RegistryKey }> {
  let keys: ReadonlyMap<string, RegistryKey>;
  try {
    keys = await registry.readKeys([windowsKey, elevatedKey]);
  } catch {
    throw new InputProblem(
      "no-script-host",
      "the registry cannot be read: Windows Script Host is missing or blocked",
      "live",
      "Allow Windows Script Host (cscript.exe) on this server and look again.",
    );
  }
  const probe = keys.get(elevatedKey)?.state;
  return {
    elevated: probe === "present" ? true : probe === "unreadable" ? false : null,
    windows: keys.get(windowsKey) ?? { state: "absent" },
  };
}

function windowsFact(key: RegistryKey, now: Date): WindowsFact {
  const startedAt = new Date(now.getTime() - Math.round(uptime()) * 1000).toISOString();
  const product = key.state === "present" ? key.values["ProductName"] : undefined;
  const caption = product && "data" in product && typeof product.data === "string" ? product.data : null;
  const reason = caption === null ? "Windows does not say its name in the registry" : null;
  return { caption, build: release(), startedAt, reason };
}

async function regeditList(scripts: string | undefined): Promise<RegeditList> {
  const { default: regedit } = await import("regedit");
  if (scripts) regedit.setExternalVBSLocation(scripts);
  return (keys) => regedit.promisified.list(keys) as Promise<Awaited<ReturnType<RegeditList>>>;
}
