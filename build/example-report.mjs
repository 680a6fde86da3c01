// `node build/example-report.mjs`: the example report of the documents, before against after of a rehearsed walk on a new
// practice server: TLS is changed, then the installer runs in Change mode.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { buildMissing } from "./build.mjs";
import { ensureInstalled, top } from "./install.mjs";

const folder = join(top, "docs", "example-report");

/** What the walk works towards; the IDs and names belong to nobody. */
const target = {
  mailServer: "office365",
  authentication: "applicationContext",
  applicationId: "6e0c9a1f-2f4b-4c43-9d53-5b7f0a8e21c4",
  tenantId: "0b2d7e63-91c5-4f0e-8a37-c4d1f6a95e18",
  secretExpires: new Date(Date.now() + 400 * 86_400_000).toISOString().slice(0, 10),
  serviceAccount: "CONTOSO\\svcMIMService",
  serviceEmail: "mimservice@contoso.com",
  tlsProfile: "guide",
  backupConfirmed: true,
  allowListConfirmed: true,
  mailboxConfirmed: true,
  tlsCostsConfirmed: true,
  accepted: [
    {
      finding: "exchange.ewsEnd",
      reason: "The mail of MIM moves to an SMTP relay in the first quarter of 2027",
      by: "Kim Berg",
      until: new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10),
    },
  ],
};

/** The example's files, by the beginning and the ending of the report's own. */
const names = [
  { from: /^mim-mail-report-.*\.html$/, to: "report.html" },
  { from: /^mim-mail-report-.*\.pdf$/, to: "report.pdf" },
  { from: /^mim-mail-report-.*\.json$/, to: "report.json" },
  { from: /^mim-mail-report-.*\.csv$/, to: "findings.csv" },
  { from: /^mim-mail-plan-.*\.csv$/, to: "plan.csv" },
];

ensureInstalled();
await buildMissing(["node"]);
const work = mkdtempSync(join(tmpdir(), "mim-mail-example-"));

/** @param {readonly string[]} argv */
function mimMail(...argv) {
  const run = spawnSync(process.execPath, [join(top, "out", "mim-mail.js"), ...argv], {
    cwd: work,
    // Relative, so that no folder of the machine it is made on stands in the example.
    env: { ...process.env, MIM_MAIL_HOME: "data" },
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(`mim-mail ${argv.join(" ")} ended with ${run.status}: ${run.stderr}`);
}

try {
  writeFileSync(join(work, "wanted.json"), JSON.stringify(target));
  mimMail("practice", "reset");
  mimMail("collect", "--server", "practice", "--out", "before.json");
  mimMail("apply", "--server", "practice", "--yes");
  mimMail("change-mode", "--server", "practice", "--target", "wanted.json");
  const after = ["--server", "practice", "--target", "wanted.json", "--before", "before.json"];
  mimMail("report", "--out", "report", "--format", "html,pdf,json,csv,plan", ...after);
  mkdirSync(folder, { recursive: true });
  for (const made of readdirSync(join(work, "report"))) {
    const name = names.find(({ from }) => from.test(made))?.to;
    if (name === undefined) throw new Error(`${made} is not a file the example has`);
    copyFileSync(join(work, "report", made), join(folder, name));
    process.stdout.write(`${relative(top, join(folder, name))}\n`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
