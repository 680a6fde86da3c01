// The installer-log reader against `iconv | wc -l` on the same log of 200 MB, in one run.
import { spawnSync } from "node:child_process";
import { closeSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { top } from "./install.mjs";

const megabyte = 2 ** 20;
const size = 200 * megabyte;
const rounds = 5;

/** Where the engine writes to the registry, as its lines say it. */
const rollback = "HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows\\CurrentVersion\\Installer\\Rollback\\Scripts";
const folderOfMim = "C:\\Program Files\\Microsoft Forefront Identity Manager\\2010\\Service\\";

/**
 * Lines in about the shares a verbose log has them in: of fifty, thirty-five of the engine (operations, components,
 * notes, properties), nine of what an action copies or registers, three that begin, tell and end an action, three of
 * properties; now and then a password.
 * @param {number} from
 */
function lines(from) {
  return Array.from({ length: 500 }, (_, index) => {
    const number = from + index;
    const two = (/** @type {number} */ part) => String(part % 60).padStart(2, "0");
    const time = `10:${two(Math.floor(number / 60))}:${two(number)}`;
    const engine = `MSI (s) (88:1C) [${time}:${String(number % 1000).padStart(3, "0")}]: `;
    const kind = number % 50;
    if (kind === 0) return `Action ${time}: Configure${number % 7000}. Configuring`;
    if (kind === 1) return `Action start ${time}: Configure${(number - 1) % 7000}.`;
    if (kind === 2) return `Action ended ${time}: Configure${(number - 2) % 7000}. Return value 1.`;
    if (kind === 3 && number % 1000 === 3) return `Property(S): SERVICE_ACCOUNT_PASSWORD = Practice-only-${number}`;
    if (kind < 6) return `Property(S): FOLDER_${number} = ${folderOfMim}`;
    if (kind < 12) return `InstallFiles: File: a${number}.dll,  Directory: ${folderOfMim},  Size: ${number}`;
    if (kind < 15) return `MsiPublishAssemblies: Component Id: {${number}}, publicKeyToken="31bf3856ad364e35"`;
    if (kind < 20) return `${engine}PROPERTY CHANGE: Adding FEATURE_${number} property. Its value is '100'.`;
    if (kind < 28) return `${engine}Component: Part${number}; Installed: Local;   Request: Null;   Action: Null`;
    if (kind < 34) return `${engine}Note: 1: 1402 2: ${rollback} 3: 2 `;
    if (kind < 42) return `${engine}Executing op: RegAddValue(Name=Publisher,Value=A${number},)`;
    return `${engine}Executing op: FileCopy(SourceName=a${number}.dll,DestName=a${number}.dll,FileSize=${number},,)`;
  });
}

/** @param {string} path */
function writeLog(path) {
  const file = openSync(path, "w");
  let written = writeSync(
    file,
    Buffer.from("\ufeff=== Verbose logging started: 11/23/2026  10:00:00 ===\r\n", "utf16le"),
  );
  for (let from = 0; written < size; from += 500) {
    written += writeSync(file, Buffer.from(`${lines(from).join("\r\n")}\r\n`, "utf16le"));
  }
  closeSync(file);
}

/**
 * The reader as a program of its own, so that its memory can be told: prints milliseconds, lines, and kilobytes.
 * @param {string} folder
 */
async function buildReader(folder) {
  const { rolldown } = await import("rolldown");
  const id = "\0read-log";
  const bundle = await rolldown({
    input: id,
    cwd: top,
    platform: "node",
    resolve: { mainFields: ["module", "main"] },
    plugins: [
      {
        name: "read-log",
        resolveId: (/** @type {string} */ asked) => (asked === id ? id : null),
        load: (/** @type {string} */ asked) =>
          asked === id
            ? `import { peakMemory } from ${JSON.stringify(join(top, "build/peak-memory.mjs"))};
               import { readLogFile } from ${JSON.stringify(join(top, "electron/installer/log-file.ts"))};
               const started = performance.now();
               const { lines } = await readLogFile(process.argv[2]);
               const taken = performance.now() - started;
               console.log(JSON.stringify({ taken, lines, memory: peakMemory() }));`
            : null,
      },
    ],
  });
  const { output } = await bundle.generate({ format: "esm", codeSplitting: false });
  await bundle.close();
  const file = join(folder, "read-log.mjs");
  writeFileSync(file, output[0].code);
  return file;
}

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/**
 * @param {string} folder a folder for files that whoever calls this clears away
 * @returns {Promise<string[][]>} rows of the table: what, figure, limit
 */
export async function benchLog(folder) {
  const log = join(folder, "bench.log");
  writeLog(log);
  const reader = await buildReader(folder);
  const taken = { reader: /** @type {number[]} */ ([]), iconv: /** @type {number[]} */ ([]) };
  let memory = 0;
  let counted = 0;
  // In turn, so that what else the machine does falls on both; the first round only warms the disk's cache.
  for (let round = 0; round <= rounds; round += 1) {
    const run = spawnSync(process.execPath, [reader, log], { encoding: "utf8" });
    if (run.status !== 0) throw new Error(`the reader failed: ${run.stderr}`);
    const told = JSON.parse(run.stdout);
    const started = performance.now();
    const iconv = spawnSync("sh", ["-c", 'iconv -f UTF-16LE -t UTF-8 "$1" | wc -l', "sh", log], { encoding: "utf8" });
    const took = performance.now() - started;
    const isThere = iconv.status === 0 && iconv.stdout.trim() !== "0";
    counted = isThere ? Number(iconv.stdout) : told.lines;
    if (counted !== told.lines) throw new Error(`the reader counts ${told.lines} lines, wc ${counted}`);
    memory = Math.max(memory, told.memory);
    if (round === 0) continue;
    taken.reader.push(told.taken);
    if (isThere) taken.iconv.push(took);
  }
  rmSync(log, { force: true });
  const speed = (/** @type {number} */ milliseconds) => `${Math.round(size / megabyte / (milliseconds / 1000))} MB/s`;
  const own = median(taken.reader);
  const others = median(taken.iconv);
  return [
    [`Reading an installer log of 200 MB, ${counted.toLocaleString("en-US")} lines`, speed(own), ""],
    ["`iconv -f UTF-16LE -t UTF-8 \\| wc -l` on it", taken.iconv.length > 0 ? speed(others) : "no iconv here", ""],
    ["Ratio of the two times", taken.iconv.length > 0 ? (own / others).toFixed(2) : "", "at most 2"],
    ["Peak memory of the reader's process", `${Math.round(memory / 1024)} MB`, "under 200 MB"],
  ];
}
