// `npm run dist`, on Windows: builds everything anew and makes Setup.exe, the portable zip, the bill of materials and
// the checksums in dist/. Signs when the environment says what with.
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildMissing } from "./build.mjs";
import { buildCommandLineFolder } from "./command-line-folder.mjs";
import { ensureInstalled, top } from "./install.mjs";
import { nodeRuntime } from "./node-runtime.mjs";
import { billOfMaterials, examineBill } from "./sbom.mjs";
import { signingFrom } from "./signing.mjs";

const dist = join(top, "dist");

/** Node's program carries its makers' signature until this build takes it off: it must be whole and theirs. */
function examineNode() {
  const powershell = join(String(process.env.SystemRoot), "System32", "WindowsPowerShell", "v1.0", "powershell.exe");
  const command =
    "$s = Get-AuthenticodeSignature -LiteralPath $env:MIM_SIGNED; [string]$s.Status; $s.SignerCertificate.Subject";
  const asked = spawnSync(powershell, ["-NoProfile", "-NonInteractive", "-Command", command], {
    encoding: "utf8",
    env: { ...process.env, MIM_SIGNED: nodeRuntime("win") },
  });
  const [status, signer] = asked.stdout.trim().split(/\r?\n/);
  assert.equal(status, "Valid", "Node's program is not signed as it should be");
  assert.match(String(signer), /O=OpenJS Foundation/, "Node's program is signed by someone else");
}

if (process.platform !== "win32") {
  process.stderr.write("dist: Setup.exe is made on Windows. npm run dist:check packs and examines the program here.\n");
  process.exit(2);
}
ensureInstalled();
const signing = signingFrom(process.env);
examineNode();
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
await buildMissing(undefined, { force: true });
await buildCommandLineFolder();

const { Arch, build, Platform } = await import("electron-builder");
await build({
  projectDir: top,
  targets: Platform.WINDOWS.createTarget(["nsis", "zip"], Arch.x64),
  publish: "never",
  config: {
    extends: "build/electron-builder.yml",
    win: signing.win,
    // Where signing is set up, a program that could not be signed is no result.
    forceCodeSigning: signing.kind !== "none",
  },
});

const product = JSON.parse(readFileSync(join(top, "package.json"), "utf8"));
const licences = JSON.parse(readFileSync(join(top, "out", "licences.json"), "utf8"));
const bill = billOfMaterials(licences, product);
examineBill(bill);
writeFileSync(join(dist, `MIM-Mail-Assistant-${product.version}.cdx.json`), `${JSON.stringify(bill, null, 2)}\n`);

const released = readdirSync(dist).filter((name) => /^MIM-Mail-Assistant-.*\.(exe|zip|json)$/.test(name));
assert.ok(released.some((name) => name.endsWith(".exe")) && released.some((name) => name.endsWith(".zip")));
const sums = released.sort().map((name) => {
  const digest = createHash("sha256")
    .update(readFileSync(join(dist, name)))
    .digest("hex");
  return `${digest}  ${name}\n`;
});
writeFileSync(join(dist, "SHA256SUMS"), sums.join(""));
process.stdout.write(`${released.map((name) => `dist/${name}`).join("\n")}\n${signing.says}\n`);
