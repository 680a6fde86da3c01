import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { top } from "../../../build/install.mjs";
import { notesOf } from "../../../build/release-notes.mjs";
import { signingFrom } from "../../../build/signing.mjs";
import { syntaxFaults } from "../changes/powershell-grammar.ts";

const { version, scripts } = JSON.parse(readFileSync(join(top, "package.json"), "utf8"));

describe("a release's notes", () => {
  const changelog = "# Changelog\n\n## 1.1.0\n\n- New.\n\n## [1.0.0] 2026-11-23\n\n- First.\n\n## 0.9.0\n\n";
  test("are the section of its version", () => {
    expect(notesOf(changelog, "1.1.0")).toBe("- New.");
    expect(notesOf(changelog, "1.0.0")).toBe("- First.");
  });
  test("are missing where nothing is written", () => {
    expect(notesOf(changelog, "0.9.0")).toBeNull();
    expect(notesOf(changelog, "1.1")).toBeNull();
  });
  test("of this version are written", () => {
    expect(notesOf(readFileSync(join(top, "CHANGELOG.md"), "utf8"), version)).not.toBeNull();
  });
});

describe("signing", () => {
  const azure = {
    AZURE_SIGNING_ENDPOINT: "https://weu.codesigning.azure.net",
    AZURE_SIGNING_ACCOUNT: "account",
    AZURE_SIGNING_PROFILE: "profile",
    AZURE_SIGNING_PUBLISHER: "Contoso",
    AZURE_TENANT_ID: "tenant",
    AZURE_CLIENT_ID: "client",
    AZURE_CLIENT_SECRET: "hunter2",
  };
  test("is said to be missing where nothing is set up", () => {
    expect(signingFrom({})).toMatchObject({ kind: "none", says: expect.stringMatching(/^Unsigned build/) });
    // As a workflow passes on a secret that does not exist.
    expect(signingFrom({ CSC_LINK: "", AZURE_SIGNING_ENDPOINT: "" }).kind).toBe("none");
  });
  test("goes by Azure or by a certificate, and hands on no secret", () => {
    const signing = signingFrom(azure);
    expect(signing.kind).toBe("azure");
    expect(JSON.stringify(signing)).not.toContain("hunter2");
    expect(signingFrom({ WIN_CSC_LINK: "file.pfx", WIN_CSC_KEY_PASSWORD: "hunter2" }).kind).toBe("certificate");
  });
  test.each(Object.keys(azure))("that lacks %s is refused, rather than left out", (name) => {
    expect(() => signingFrom({ ...azure, [name]: "" })).toThrow("in part");
  });
});

describe("the workflows", () => {
  const folder = join(top, ".github", "workflows");
  const names = readdirSync(folder);
  const read = (/** @type {string} */ name) => parse(readFileSync(join(folder, name), "utf8"));

  test("are these", () => {
    expect(names.sort()).toEqual(["checks.yml", "release.yml", "windows.yml"]);
  });

  test.each(names)("%s may read and no more, names its actions' versions, and runs what there is", (name) => {
    const { on, permissions, jobs } = read(name);
    expect(on).toBeTruthy();
    expect(permissions).toEqual({ contents: "read" });
    for (const [id, job] of Object.entries(jobs)) {
      if ("uses" in job) {
        expect(names).toContain(job.uses.replace("./.github/workflows/", ""));
        continue;
      }
      expect(job["timeout-minutes"], id).toBeGreaterThan(0);
      for (const step of job.steps) {
        expect("uses" in step || "run" in step).toBe(true);
        if ("uses" in step) expect(step.uses).toMatch(/^actions\/[\w-]+@v\d+$/);
        for (const [, script] of (step.run ?? "").matchAll(/npm run ([\w:-]+)/g))
          expect(scripts).toHaveProperty([script]);
        for (const [, file] of (step.run ?? "").matchAll(/\.?[\\/]?(build[\\/][\w.-]+)/g)) {
          expect(readdirSync(join(top, "build"))).toContain(file.split(/[\\/]/)[1]);
        }
        // What a tag or a branch is called would become part of the command; it is handed over in the environment.
        expect(step.run ?? "").not.toContain("${{");
      }
    }
  });

  test("start no action of a Node that the runners no longer have", () => {
    // The first version of each that runs on Node 24; runners lost Node 20 in September 2026.
    const first = { checkout: 5, "setup-node": 5, "setup-dotnet": 5, "upload-artifact": 6 };
    const used = names.flatMap((name) =>
      Object.values(read(name).jobs).flatMap((job) => (job.steps ?? []).flatMap((step) => step.uses ?? [])),
    );
    expect(used.length).toBeGreaterThan(5);
    for (const action of used) {
      const [, name = "", version = ""] = /^actions\/([\w-]+)@v(\d+)$/.exec(action) ?? [];
      expect(first, action).toHaveProperty([name]);
      expect(Number(version), action).toBeGreaterThanOrEqual(first[/** @type {keyof typeof first} */ (name)]);
    }
  });

  test("the set-up is built, tried and signed with secrets that only the release sees", () => {
    const { jobs: windows } = read("windows.yml");
    const steps = windows["set-up"].steps.map((/** @type {{ run?: string }} */ step) => step.run);
    expect(steps).toEqual(expect.arrayContaining(["npm run dist", ".\\build\\try-set-up.ps1"]));
    expect(JSON.stringify(windows)).not.toContain("secrets.");
    const release = read("release.yml");
    expect(release.on).toEqual({ push: { tags: ["v*"] } });
    expect(release.jobs.windows).toMatchObject({ needs: "checks", environment: "release" });
  });
});

test("the script that tries the set-up is PowerShell 5.1", async () => {
  expect(await syntaxFaults(readFileSync(join(top, "build", "try-set-up.ps1"), "utf8"))).toEqual([]);
});
