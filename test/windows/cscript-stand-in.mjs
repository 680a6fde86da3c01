// Stands in for cscript.exe where there is none that runs VBScript: speaks the protocol of regedit's scripts over
// reg.exe, with the faults they have on Windows. It has its own, line-based reader of exports, so that a fault of the
// program's reader is not cancelled here.
//   nothing            the banner
//   regListStream.wsf  A, keys on stdin            one escape()d line each, an empty line ends; a line of JSON each
//   regCreateKey.wsf   A, keys on stdin
//   regDeleteKey.wsf   A, keys on stdin
//   regDeleteValue.wsf A, paths on stdin
//   regPutValue.wsf    A, key, name, data, type on stdin, a line each
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const [, , ...argv] = process.argv;
if (process.env.CSCRIPT_LOG) appendFileSync(process.env.CSCRIPT_LOG, `${JSON.stringify(argv)}\n`);
if (process.env.CSCRIPT_FAILS === "vbscript") {
  process.stdout.write(`CScript Error: Can't find script engine "VBScript" for script "${argv[1]}".\r\n`);
  process.exit(1);
}
if (process.env.CSCRIPT_FAILS === "nonsense") {
  process.stdout.write("{}");
  process.exit(0);
}
if (process.env.CSCRIPT_FAILS === "hangs") await new Promise((resolve) => setTimeout(resolve, 600_000));

function banner() {
  process.stdout.write(
    "Microsoft (R) Windows Script Host Version 5.812\r\nCopyright (C) Microsoft Corporation. All rights reserved.\r\n\r\n",
  );
}

const folder = mkdtempSync(join(tmpdir(), "cscript-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

function reg(...args) {
  return spawnSync("wine", ["C:\\windows\\system32\\reg.exe", ...args, "/reg:64"], { encoding: "latin1" });
}

const longHive = (key) => key.replace(/^HKLM(?=\\|$)/i, "HKEY_LOCAL_MACHINE").replace(/^HKU(?=\\|$)/i, "HKEY_USERS");

const bytesOf = (text) => Buffer.from(text.replace(/[^0-9a-f]/gi, ""), "hex");
const wide = (bytes) => bytes.toString("utf16le").replace(/\0$/, "");
const unquoted = (text) => text.replace(/\\(.)/g, (_, escaped) => ({ n: "\n", r: "\r", 0: "\0" })[escaped] ?? escaped);

/** Small keys below which tests and looks ask for many: each is exported once, and answers for all below it. */
const trees = [
  "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL",
  "HKLM\\SOFTWARE\\Microsoft\\.NETFramework",
  "HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\.NETFramework",
  "HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP",
  "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall",
  "HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall",
];

const folded = (key) => longHive(key).toLowerCase();
const isWithin = (key, root) => `${folded(key)}\\`.startsWith(`${folded(root)}\\`);

/** What was exported since anything was last written: keys by folded name, by the folded root of their export. */
const exported = new Map();

/** The keys of an export: each with its values by name as [type number, data], and the names of its sub-keys. */
function exportOf(root) {
  const before = exported.get(folded(root));
  if (before !== undefined) return before;
  const file = join(folder, "export.reg");
  rmSync(file, { force: true });
  const keys = new Map();
  exported.set(folded(root), keys);
  if (reg("export", root, `Z:${file.replaceAll("/", "\\")}`, "/y").status !== 0) return keys;
  const lines = readFileSync(file, "utf16le")
    .replace(/\\\r\n\s*/g, "")
    .split("\r\n");
  let current = { keys: [], values: new Map() };
  for (const line of lines) {
    if (line.startsWith("[")) {
      const path = line.slice(1, -1);
      const cut = path.lastIndexOf("\\");
      current = { keys: [], values: new Map() };
      keys.set(path.toLowerCase(), current);
      keys.get(path.slice(0, cut).toLowerCase())?.keys.push(path.slice(cut + 1));
      continue;
    }
    const parts = /^(?:@|"((?:[^"\\]|\\.)*)")=(.*)$/.exec(line);
    if (parts === null) continue;
    const [, name = "", data = ""] = parts;
    const hex = /^hex(?:\(([0-9a-f]+)\))?:(.*)$/.exec(data);
    if (data.startsWith('"')) current.values.set(unquoted(name), [1, unquoted(data.slice(1, -1))]);
    else if (data.startsWith("dword:")) current.values.set(unquoted(name), [4, Number.parseInt(data.slice(6), 16)]);
    else if (hex !== null) {
      current.values.set(unquoted(name), [Number.parseInt(hex[1] ?? "3", 16), bytesOf(hex[2] ?? "")]);
    }
  }
  return keys;
}

/** One key's values and its sub-keys; null when it does not open. */
function stored(key) {
  // Whole trees of Windows are listed and not exported; their own values are of no concern here.
  if (key.split("\\").length <= 2 || /\\(Microsoft|Wow6432Node|Classes|CurrentControlSet)$/i.test(key)) {
    const run = reg("query", key);
    if (run.status !== 0) return null;
    const prefix = `${longHive(key)}\\`.toLowerCase();
    const keys = run.stdout.split("\r\n").filter((line) => line.toLowerCase().startsWith(prefix));
    return { keys: keys.map((line) => line.slice(prefix.length)), values: new Map() };
  }
  const root =
    [...exported.keys()].find((one) => isWithin(key, one)) ?? trees.find((tree) => isWithin(key, tree)) ?? key;
  return exportOf(root).get(folded(key)) ?? null;
}

/** What is to be written, in the syntax of .reg files; it is imported in one go, the way that is exact. */
let pending = "";

/** Imports what is pending; Windows' scripts have written it by the time they end. */
function written() {
  if (pending === "") return 0;
  const file = join(folder, "import.reg");
  appendFileSync(file, Buffer.from(`\uFEFFWindows Registry Editor Version 5.00\r\n${pending}`, "utf16le"));
  const from = `Z:${file.replaceAll("/", "\\")}`;
  // Wine has no rights that could deny it: an import that fails is Wine not starting on a busy machine, tried once more.
  const done = reg("import", from).status === 0 || reg("import", from).status === 0;
  rmSync(file);
  pending = "";
  exported.clear();
  return done ? 0 : 5;
}

/** As the script's own JsonSafe: a line end becomes a backslash, a backslash and a letter. */
function jsonSafe(text) {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll("\r\n", "\\\\r\\\\n")
    .replaceAll("\n", "\\\\n")
    .replaceAll("\r", "\\\\r")
    .replaceAll('"', '\\"')
    .replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const variables = { systemroot: "C:\\windows", programfiles: "C:\\Program Files" };

function rendered([type, data]) {
  const text = Buffer.isBuffer(data) ? wide(data) : data;
  switch (type) {
    case 0:
      return ["REG_NONE", "0"];
    case 1:
      return ["REG_SZ", `"${jsonSafe(text)}"`];
    case 2:
      return [
        "REG_EXPAND_SZ",
        `"${jsonSafe(text.replace(/%(\w+)%/g, (whole, name) => variables[name.toLowerCase()] ?? whole))}"`,
      ];
    case 3:
      return ["REG_BINARY", `[${[...data].join(",")}]`];
    case 4:
      return ["REG_DWORD", String(data)];
    case 7: {
      const items = text.replace(/\0$/, "") === "" ? [] : text.replace(/\0$/, "").split("\0");
      return ["REG_MULTI_SZ", `[${items.map((item) => `"${jsonSafe(item)}"`).join(",")}]`];
    }
    case 11:
      return ["REG_QWORD", String(data.readBigUInt64LE())];
    default:
      process.stderr.write(`invalid Registry Value Type ${type}`);
      return ["REG_UNKNOWN", ""];
  }
}

function list(key) {
  const found = stored(key);
  const names = (found?.keys ?? []).map((name) => `"${jsonSafe(name)}"`).join(",");
  const values = [...(found?.values ?? [])].map(([name, value]) => {
    const [type, data] = rendered(value);
    return `"${jsonSafe(name)}":{"type": "${type}","value":${data}}`;
  });
  const data = `{"exists": ${found !== null},"keys": [${names}],"values":{${values.join(",")}}}`;
  process.stdout.write(`{ "key" : "${jsonSafe(key)}", "data": ${data}}\r\n`);
  return 0;
}

/** Calls with each line of stdin until an empty one, then ends: stdin itself is never closed. */
function eachLine(handle, end = () => 0) {
  let rest = "";
  process.stdin.setEncoding("latin1").on("data", (piece) => {
    const lines = (rest + piece).split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") process.exit(end());
      const code = handle(unescape(line.trim()));
      if (code !== 0) process.exit(code);
    }
  });
}

function put(key, name, bytes, type) {
  const quoted = `"${name.replace(/[\\"]/g, "\\$&")}"`;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(",");
  pending += `\r\n[${longHive(key)}]\r\n${quoted}=hex(${type.toString(16)}):${hex}\r\n`;
  return 0;
}

function putValue(key, name, data, type) {
  if (stored(key) === null) return written() || 2;
  const sz = (text) => Buffer.from(`${text}\0`, "utf16le");
  switch (type.toUpperCase()) {
    case "REG_EXPAND_SZ":
      return put(key, name, sz(data), 2);
    case "REG_BINARY":
    case "REG_NONE":
      return put(key, name, Buffer.from(data.split(",").map(Number)), 3);
    case "REG_DWORD": {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(Number(data));
      return put(key, name, bytes, 4);
    }
    case "REG_MULTI_SZ":
      return put(
        key,
        name,
        sz(
          data
            .split(",")
            .map((item) => `${item}\0`)
            .join(""),
        ),
        7,
      );
    case "REG_QWORD": {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt(data));
      return put(key, name, bytes, 11);
    }
    default:
      return put(key, name, sz(data), 1);
  }
}

const script = argv[0]?.toLowerCase() === "//nologo" ? basename((argv[1] ?? "").replaceAll("\\", "/")) : null;
switch (script) {
  case null:
    banner();
    break;
  case "regListStream.wsf":
    eachLine(list);
    break;
  case "regCreateKey.wsf":
    eachLine((key) => {
      pending += `\r\n[${longHive(key)}]\r\n`;
      return 0;
    }, written);
    break;
  case "regDeleteKey.wsf":
    eachLine((key) => {
      exported.clear();
      const found = stored(key);
      if (found === null) return 2;
      return found.keys.length === 0 && reg("delete", key, "/f").status === 0 ? 0 : 5;
    });
    break;
  case "regDeleteValue.wsf":
    eachLine((path) => {
      const parts = path.split("\\");
      const name = parts.pop() ?? "";
      const key = parts.join("\\");
      const found = [...(stored(key)?.values.keys() ?? [])].some((one) => one.toLowerCase() === name.toLowerCase());
      if (!found) return written() || 2;
      pending += `\r\n[${longHive(key)}]\r\n"${name.replace(/[\\"]/g, "\\$&")}"=-\r\n`;
      return 0;
    }, written);
    break;
  case "regPutValue.wsf": {
    let group = [];
    eachLine(
      (line) => {
        group.push(line);
        if (group.length < 4) return 0;
        const [key, name, data, type] = group;
        group = [];
        return putValue(key, name, data, type);
      },
      () => (group.length === 0 ? written() : 25123),
    );
    break;
  }
  default:
    process.stderr.write(`Input Error: Can not find script file "${argv[1]}".\r\n`);
    process.exitCode = 1;
}
