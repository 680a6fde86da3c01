import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { NtExecutable, NtExecutableResource, Resource } from "resedit";
import { valueChanges, wantedData } from "../../../electron/changes/catalogue.ts";
import { headLine, noteLine } from "../../../electron/changes/journal.ts";
import { encodeRegFile, regFile } from "../../../electron/changes/reg-file.ts";
import type { PlacedValue } from "../../../electron/changes/registry.ts";
import type { JournalEntry } from "../../../electron/contract/history.ts";
import type { Recording, RegistryValue } from "../../../electron/recording/recording.ts";
import { recordingSchema } from "../../../electron/recording/recording.ts";
import { driveC, named, reg } from "../windows.ts";

/** A recording that stands in the prefix as a server of its own. */
export interface RecordedServer {
  /** What PowerShell has to be started with. */
  readonly environment: Readonly<Record<string, string>>;
  readonly standIns: string;
  readonly remove: () => void;
}

/** Keys that Windows itself needs: their values are set and removed, never the keys. */
const ofWindows = /\\(Uninstall|Session Manager|ActiveComputerName)$/i;
const computerKey = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ActiveComputerName";
const productFolder = "C:\\ProgramData\\MIM Mail Assistant";

/** The same recording with each of its moments so much later that it was made now. */
export function madeNow(recording: Recording, now = new Date()): Recording {
  const later = Math.floor(now.getTime() / 1000) * 1000 - Date.parse(recording.recordedAt);
  const moment = /"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)"/g;
  const moved = JSON.stringify(recording).replace(moment, (_all, at: string) =>
    JSON.stringify(new Date(Date.parse(at) + later).toISOString().replace(".000Z", "Z")),
  );
  return recordingSchema.parse(JSON.parse(moved));
}

/** A file of the server as this machine names it: Windows' names are compared without regard to case. */
function place(path: string): string {
  let folder = driveC();
  const whole = path.replace("%ProgramFiles%", "C:\\Program Files");
  for (const part of whole.replace(/^C:\\/i, "").split("\\").filter(Boolean)) {
    const there = existsSync(folder) ? readdirSync(folder) : [];
    folder = join(folder, there.find((name) => name.toLowerCase() === part.toLowerCase()) ?? part);
  }
  return folder;
}

/** A program that does nothing and has a version. */
function programOf(version: string): Uint8Array {
  const program = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(program);
  const info = Resource.VersionInfo.createEmpty();
  info.lang = 1033;
  info.setFileVersion(version, 1033);
  info.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  return Buffer.from(program.generate());
}

/** A value as it stands on the server; of a secret only that there is one is known. */
function standing(value: RegistryValue): Exclude<PlacedValue["to"], "absent"> {
  if ("data" in value) return value;
  const data = value.looksEncrypted ? "AQAAANCMnd8BFdERjHoAwE/Cl+sBAAAAsecretsecretsecret" : "in clear, and a secret";
  return { type: "REG_SZ", data };
}

function journalText(entry: JournalEntry): string {
  const addresses = new Set((entry.changes ?? []).map(({ address }) => address.toLowerCase()));
  const values = valueChanges.filter(({ key, name }) => addresses.has(`${key}\\${name}`.toLowerCase()));
  const at = entry.startedAt ?? "";
  const end = entry.endedAt ?? at;
  const head = headLine({
    format: "mim-mail-journal",
    version: 1,
    id: entry.id ?? "",
    kind: entry.kind ?? "apply",
    of: entry.of ?? null,
    at,
    ...(entry.by == null ? {} : { by: entry.by }),
    entries: values.map((change) => ({
      id: change.id,
      key: change.key,
      name: change.name,
      found: "absent",
      original: "absent",
      to: { type: change.type, data: wantedData(change, "guide") ?? 0 },
    })),
    creates: [],
    removes: [],
  });
  const notes = values.map(({ id }) => noteLine({ at, note: "set", id }));
  return [head, ...notes, noteLine({ at: end, note: "end", state: "applied", reason: entry.reason ?? null })].join("");
}

/**
 * Makes a recording's server in the prefix: its registry through reg.exe, its files, and what PowerShell's stand-ins tell.
 * @param folder for the files of this test
 */
export function installServer(recording: Recording, folder: string): RecordedServer {
  const full = (key: string): string =>
    key.replace(/^HKLM\\/, "HKEY_LOCAL_MACHINE\\").replace(/^HKU\\/, "HKEY_USERS\\");
  const importText = (sections: readonly string[], values: readonly PlacedValue[]): void => {
    const [head = "", ...rest] = regFile(values).split("\r\n\r\n");
    const file = join(folder, "server.reg");
    writeFileSync(file, encodeRegFile([head, ...sections, ...rest].join("\r\n\r\n")));
    reg("import", named(file), "/reg:64");
  };
  const keys = Object.entries(recording.registry).filter(([key]) => !ofWindows.test(key));
  const values = Object.entries(recording.registry).flatMap(([key, found]) =>
    found.state !== "present"
      ? []
      : Object.entries(found.values).map(([name, value]) => ({ key, name, to: standing(value) })),
  );
  const present = keys.filter(([, found]) => found.state === "present").map(([key]) => `[${full(key)}]`);
  const computer = {
    key: computerKey,
    name: "ComputerName",
    to: { type: "REG_SZ", data: recording.computer },
  } as const;
  importText([...keys.map(([key]) => `[-${full(key)}]`), ...present], [...values, computer]);

  const made = new Set<string>();
  const keep = (path: string, content: string | Uint8Array): void => {
    const where = place(path);
    mkdirSync(dirname(where), { recursive: true });
    writeFileSync(where, content);
    made.add(where);
  };
  for (const [path, file] of Object.entries(recording.files)) {
    if (file.state !== "present") continue;
    if (path.endsWith("\\")) mkdirSync(place(path), { recursive: true });
    else keep(path, file.version == null ? "" : programOf(file.version));
  }
  for (const [path, text] of Object.entries(recording.texts)) if (text.state === "present") keep(path, text.text);
  for (const entry of recording.journal) keep(`${productFolder}\\journal\\${entry.id}.journal`, journalText(entry));
  const runs = { format: "mim-mail-installer-runs", version: 1, runs: recording.installerRuns };
  if (runs.runs.length > 0) keep(`${productFolder}\\journal\\installer-runs.json`, JSON.stringify(runs));

  const described = join(folder, "described.json");
  writeFileSync(described, JSON.stringify(description(recording)));
  const standIns = join(import.meta.dirname, "stand-ins.ps1");
  return {
    environment: { MIM_MAIL_TEST_SERVER: named(described), POWERSHELL_STAND_INS: named(standIns) },
    standIns,
    remove() {
      const left = values
        .filter(({ key }) => ofWindows.test(key))
        .map((value) => ({ ...value, to: "absent" }) as const);
      importText(
        keys.map(([key]) => `[-${full(key)}]`),
        left,
      );
      for (const path of made) rmSync(path);
    },
  };
}

const levels = ["", "Critical", "Error", "Warning", "Information", "Verbose"];

/** What the stand-ins tell of a recording's server, with events of others that a look has to leave out. */
function description({ windows, services, accounts, events, updates, registry }: Recording): unknown {
  const account = (name: string): unknown => {
    const key = registry[`HKLM\\SYSTEM\\CurrentControlSet\\Services\\${name}`];
    const value = key?.state === "present" ? key.values["ObjectName"] : undefined;
    return value !== undefined && "data" in value ? value.data : "LocalSystem";
  };
  const items = events?.state === "present" ? events.items : [];
  const at = windows?.startedAt ?? "";
  const others = [
    { log: "Application", provider: "Windows Error Reporting", id: 1001, level: "Error", at, text: "Somebody else's" },
    {
      log: "Application",
      provider: "Microsoft-Windows-Winlogon",
      id: 12,
      level: "Information",
      at,
      text: "Other's 12",
    },
    { log: "Application", provider: "Microsoft.ResourceManagement", id: 1, level: "Information", at, text: "Started" },
  ];
  return {
    windows,
    services: Object.entries(services).flatMap(([name, service], index) =>
      service.state !== "present"
        ? []
        : [
            {
              name,
              state: service.status.replace(/^./, (letter) => letter.toUpperCase()),
              process: service.startedAt == null ? 0 : 1000 + index,
              startedAt: service.startedAt ?? null,
              account: service.account ?? account(name),
            },
          ],
    ),
    accounts: Object.entries(accounts).flatMap(([name, found]) =>
      found.state === "present" ? [{ name, sid: found.sid }] : [],
    ),
    events: [...items, ...others].map((item, record) => ({ ...item, record, level: levels.indexOf(item.level ?? "") })),
    updates: updates?.state === "present" ? updates.items : [],
  };
}
