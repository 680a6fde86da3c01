// The live server's part of `npm run bench`: one full look at a server with many programs, by regedit, by reg.exe, and
// with one reg.exe call per value, and a plan of twenty values by both, in Wine. With PowerShell, also a look without
// regedit: by one PowerShell alone, and as it was before, with reg.exe for the registry. The processes are those this
// program starts; times include Wine's, and for regedit those of the stand-in that takes the place of Windows Script Host.
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureWine } from "./debian.mjs";
import { top } from "./install.mjs";
import { findPowershell } from "./powershell.mjs";

const programs = 60;
const rounds = 3;

/**
 * The live server and Wine's prefix, built for this run.
 * @param {string} folder
 */
async function load(folder) {
  const { rolldown } = await import("rolldown");
  const id = "\0live";
  const paths = [
    "electron/server/live/live-server.ts",
    "electron/server/live/live-machine.ts",
    "electron/server/live/reg-registry.ts",
    "electron/server/live/regedit-package.ts",
    "electron/server/windows-tool.ts",
    "electron/server/look.ts",
    "electron/assistant/changeable.ts",
    "electron/changes/catalogue.ts",
    "test/windows/wine-prefix.ts",
    "test/windows/powershell/prefix.ts",
  ];
  const bundle = await rolldown({
    input: id,
    cwd: top,
    platform: "node",
    external: ["regedit"],
    resolve: { mainFields: ["module", "main"] },
    plugins: [
      {
        name: "live",
        resolveId: (/** @type {string} */ asked) => (asked === id ? id : null),
        load: (/** @type {string} */ asked) =>
          asked === id ? paths.map((path) => `export * from ${JSON.stringify(join(top, path))};`).join("\n") : null,
      },
    ],
  });
  const { output } = await bundle.generate({ format: "esm", codeSplitting: false });
  await bundle.close();
  // Beside node_modules, where regedit is found.
  const file = join(folder, "bench-live.mjs");
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, output[0].code);
  return import(pathToFileURL(file).href);
}

/** A server with MIM's keys and many programs, twelve values each, as a .reg file. */
function serverFile() {
  const text = (/** @type {string} */ name, /** @type {string} */ data) => `"${name}"="${data}"`;
  const uninstall = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall";
  const sections = Array.from({ length: programs }, (_, index) => {
    const code = `{00000000-0000-4000-8000-${String(index).padStart(12, "0")}}`;
    const name = index === 7 ? "Microsoft Identity Manager Service and Portal" : `Program ${index}`;
    const values = ["Comments", "Contact", "InstallDate", "InstallLocation", "Publisher", "ReadMe", "URLInfoAbout"];
    return [
      `[${uninstall}\\${code}]`,
      text("DisplayName", name),
      text("DisplayVersion", "4.6.607.0"),
      text("UninstallString", `MsiExec.exe /I${code}`),
      ...values.map((value) => text(value, `${value} of ${name}`)),
      '"EstimatedSize"=dword:00001000',
      '"WindowsInstaller"=dword:00000001',
    ].join("\r\n");
  });
  const net = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319";
  const service = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Forefront Identity Manager\\2010\\Service";
  sections.push(`[${net}]\r\n"SchUseStrongCrypto"=dword:00000001\r\n"SystemDefaultTlsVersions"=dword:00000001`);
  sections.push(`[${service}]\r\n${text("ExchangeOnlineTenantID", "x")}\r\n${text("Location", "y")}`);
  const head = "\uFEFFWindows Registry Editor Version 5.00\r\n\r\n";
  return Buffer.from(`${head}${sections.join("\r\n\r\n")}\r\n`, "utf16le");
}

/**
 * The registry as a program reads it that asks reg.exe for each value by itself.
 * @param {(argv: readonly string[]) => Promise<{ code: number, stdout: Buffer }>} reg
 */
function oneCallPerValue(reg) {
  const list = async (/** @type {string} */ key) => {
    const { code, stdout } = await reg(["query", key, "/reg:64"]);
    return code === 0 ? stdout.toString("latin1").split("\r\n") : null;
  };
  return {
    readKeys: async (/** @type {readonly string[]} */ keys) => {
      const found = new Map();
      for (const key of keys) {
        const lines = await list(key);
        /** @type {Record<string, { type: string, data: string }>} */
        const values = {};
        for (const line of lines ?? []) {
          const name = /^ {4}(.*?) {4}REG_/.exec(line)?.[1];
          if (name === undefined) continue;
          const { stdout } = await reg(["query", key, "/v", name, "/reg:64"]);
          const data = / {4}REG_\w+ {4}(.*)\r\n/.exec(stdout.toString("latin1"))?.[1] ?? "";
          values[name] = { type: "REG_SZ", data };
        }
        found.set(key, lines === null ? { state: "absent" } : { state: "present", values });
      }
      return found;
    },
    listSubKeys: async (/** @type {readonly string[]} */ keys) => {
      const found = new Map();
      for (const key of keys) {
        const names = (await list(key))?.flatMap((line) =>
          /^HKEY_/.test(line) && line.split("\\").length > key.split("\\").length
            ? [line.slice(line.lastIndexOf("\\") + 1)]
            : [],
        );
        found.set(key, names === undefined ? { state: "absent" } : { state: "present", names });
      }
      return found;
    },
  };
}

/**
 * Rows for the table of `npm run bench`.
 * @param {string} folder for what is built and written
 * @param {(milliseconds: number) => string} shown
 * @returns {Promise<string[][]>}
 */
export async function benchLive(folder, shown) {
  if (process.platform === "win32" || !ensureWine()) return [["One look at the live server", "no Wine here", ""]];
  const cache = join(top, "node_modules", ".cache", "mim-mail-assistant");
  const built = join(cache, `bench-${process.pid}`);
  const live = await load(built);
  const { prefix, remove } = live.openPrefix(cache);
  try {
    const environment = live.environmentFor(prefix);
    let started = 0;
    const named = (/** @type {string} */ path) => `Z:${path.replaceAll("/", "\\")}`;
    const run = (
      /** @type {string} */ program,
      /** @type {readonly string[]} */ argv,
      /** @type {Record<string, any>} */ options = {},
    ) => {
      started += 1;
      return live.runTool("wine", [program, ...argv], {
        ...options,
        environment: { ...environment, ...options.environment },
      });
    };
    const withScratch = live.scratchBelow(async () => folder, named);
    const reg = (/** @type {readonly string[]} */ argv) => run(live.systemTool("reg.exe"), argv);
    await withScratch(async (/** @type {any} */ scratch) => {
      const file = scratch.file("server.reg");
      writeFileSync(file.path, serverFile());
      const { code } = await reg(["import", file.named, "/reg:64"]);
      if (code !== 0) throw new Error("the server could not be made");
    });

    const calls = join(folder, "cscript-calls");
    const cscript = join(folder, "cscript.exe");
    const lines = [
      "#!/bin/sh",
      `export WINEPREFIX='${prefix}' WINEDEBUG=-all CSCRIPT_LOG='${calls}'`,
      "unset DISPLAY WAYLAND_DISPLAY",
      `exec '${process.execPath}' '${join(top, "test", "windows", "cscript-stand-in.mjs")}' "$@"`,
    ];
    writeFileSync(cscript, `${lines.join("\n")}\n`);
    chmodSync(cscript, 0o755);
    const scripts = join(top, "assets", "powershell");
    const server = (/** @type {() => Promise<unknown>} */ regedit, from = scripts) =>
      live.createWindowsServer({ scripts: from, home: folder, run, withScratch, regedit });
    const noRegedit = () => Promise.reject(new live.ToolFailure("missing", "left out for this measurement"));
    const routes = {
      regedit: () => server(() => live.loadRegedit({ cscript })).look(),
      "reg.exe": () => server(noRegedit).look(),
      "one reg.exe call per value": () =>
        live.look({
          registry: oneCallPerValue(reg),
          machine: live.createLiveMachine({
            ask: async () => ({ facts: null, reason: "left out for this measurement" }),
            history: async () => ({ journal: [], installerRuns: [], cloud: null }),
          }),
          now: () => new Date(),
        }),
    };
    /** @type {string[][]} */
    const rows = [];
    for (const [name, look] of Object.entries(routes)) {
      const times = [];
      let processes = 0;
      // The slow way once: its point is made.
      for (let round = 0; round < (name.startsWith("one") ? 1 : rounds); round += 1) {
        rmSync(calls, { force: true });
        started = 0;
        const began = performance.now();
        const recording = await look();
        times.push(performance.now() - began);
        processes = started + (existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n").length : 0);
        if (!JSON.stringify(recording.registry).includes("Identity Manager Service and Portal")) {
          throw new Error(`the look by ${name} did not find the product`);
        }
      }
      const time = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
      rows.push([`One look in Wine, ${programs} programs, ${name}: processes started`, String(processes), ""]);
      rows.push([`One look in Wine, ${programs} programs, ${name}: time`, shown(time), ""]);
    }

    const counted = async (/** @type {() => Promise<unknown>} */ work) => {
      rmSync(calls, { force: true });
      started = 0;
      const began = performance.now();
      await work();
      const time = performance.now() - began;
      return {
        time,
        processes: started + (existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n").length : 0),
      };
    };
    const now = () => new Date();
    const wanted = live.valueChanges.map((/** @type {any} */ change) => ({
      id: change.id,
      data: live.wantedData(change, "guide") ?? 0,
    }));
    const plans = {
      "a plan of 20 values": { format: "mim-mail-plan", version: 1, entries: wanted.slice(0, 20) },
      "its undo": { format: "mim-mail-plan", version: 1, undo: { journal: null, force: false } },
    };
    const ways = {
      regedit: () => live.loadRegedit({ cscript }),
      "reg.exe": noRegedit,
    };
    for (const [name, regedit] of Object.entries(ways)) {
      for (const [what, plan] of Object.entries(plans)) {
        const { time, processes } = await counted(async () => {
          const ended = await live.runOn(server(regedit), plan, { now });
          if (ended.outcome !== "applied") throw new Error(`${what} by ${name}: ${ended.reason}`);
        });
        const goal = what.startsWith("a plan") && name === "regedit" ? "at most 8" : "";
        rows.push([`In Wine, ${what}, ${name}: processes started`, String(processes), goal]);
        rows.push([`In Wine, ${what}, ${name}: time`, shown(time), ""]);
      }
    }
    // Told when it was found: one call a list, a key and a value. It cannot be measured any more.
    rows.push(["Before batches (told on 2026-11-26): a plan of 20 values, processes started", "104", ""]);
    rows.push(["Before batches (told on 2026-11-26): a plan of 20 values, time", "20 to 27 s", ""]);

    const powershell = findPowershell();
    if (powershell === null) return rows;
    live.installPowershell(prefix, powershell);
    // Wine has no CIM and no event logs: what they tell is stood in, as in the desktop's journey.
    const told = join(prefix, "drive_c", "stand-in");
    mkdirSync(told, { recursive: true });
    const service = {
      status: "Running",
      account: "NT AUTHORITY\\SYSTEM",
      sid: "S-1-5-18",
      startedAt: "2026-11-01T08:00:00Z",
    };
    const windows = {
      caption: "Microsoft Windows Server 2022",
      build: "10.0.20348",
      startedAt: "2026-11-01T07:00:00Z",
    };
    writeFileSync(join(told, "server.json"), JSON.stringify({ windows, service, events: [] }));
    environment["POWERSHELL_STAND_INS"] = named(join(top, "test", "windows", "desktop", "stand-ins.ps1"));
    const withoutCollector = join(folder, "without-collector");
    cpSync(scripts, withoutCollector, { recursive: true });
    rmSync(join(withoutCollector, "collect.ps1"));
    const looks = {
      "reg.exe and PowerShell": () => server(noRegedit, named(withoutCollector)).look(),
      "PowerShell alone": async () => {
        const { tools } = await server(noRegedit, named(scripts)).look();
        if (!/collect\.ps1/.test(tools[1] ?? "")) throw new Error(`PowerShell alone did not look: ${tools}`);
      },
    };
    for (const [name, look] of Object.entries(looks)) {
      const all = [await counted(look), await counted(look), await counted(look)].toSorted((a, b) => a.time - b.time);
      const goal = name === "PowerShell alone" ? "at most 12" : "";
      rows.push([`One look in Wine, ${name}: processes started`, String(all[1]?.processes), goal]);
      rows.push([`One look in Wine, ${name}: time`, shown(all[1]?.time ?? Number.NaN), ""]);
    }
    return rows;
  } finally {
    remove();
    rmSync(built, { recursive: true, force: true });
  }
}
