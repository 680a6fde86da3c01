import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { top } from "../../../build/install.mjs";
import { messagesDocument } from "../../../build/messages.mjs";
import { problemCodes, problemCodesIn } from "../../../build/problem-codes.mjs";

const printed = messagesDocument();

test("docs/messages.md is what the code says; npm run messages writes it anew", async () => {
  const written = readFileSync(join(top, "docs", "messages.md"), "utf8").split("\n");
  const now = (await printed).split("\n");
  expect({
    missing: now.filter((line) => !written.includes(line)),
    outdated: written.filter((line) => !now.includes(line)),
  }).toEqual({ missing: [], outdated: [] });
  expect(written).toEqual(now);
});

test("every problem says what it is and what to do", () => {
  const codes = problemCodes();
  expect(codes.length).toBeGreaterThan(60);
  // Codes whose words come whole from elsewhere: from the outcome of a change, from the page of the installer.
  const fromElsewhere = ["not-run", "installer-refused"];
  const silent = codes.filter(({ what, cure }) => what === "" || cure === "").map(({ code }) => code);
  expect(silent.filter((code) => !fromElsewhere.includes(code))).toEqual([]);
});

test("the exit codes are those of the command line", async () => {
  const source = readFileSync(join(top, "electron", "command-line", "io.ts"), "utf8");
  const codes = /type ExitCode = ([\d |]+);/.exec(source)?.[1]?.split(" | ");
  const document = await printed;
  const section = document.split("## ").find((part) => part.startsWith("Exit codes")) ?? "";
  expect([...section.matchAll(/^\| `(\d)`/gm)].map(([, code]) => code)).toEqual(codes);
});

describe("the reader of the sources", () => {
  const read = (/** @type {string} */ source) =>
    problemCodesIn("a.ts", source).map(({ code, what, cure }) => [code, what, cure]);

  test("finds what is written out", () => {
    expect(read('throw new InputProblem("no-day", "not a day", where, "Write a day.");')).toEqual([
      ["no-day", "not a day", "Write a day."],
    ]);
    expect(read(`const a = () => failed("too-large", \`larger than \${limit} MB\`, cure);`)).toEqual([
      ["too-large", "larger than … MB", ""],
    ]);
    expect(read('const a = { code: "bridge", message: "No answer.", cure: "Try it again." };')).toEqual([
      ["bridge", "No answer.", "Try it again."],
    ]);
  });

  test("follows conditions and constants", () => {
    const source = `const hint = "Look again.";
      new InputProblem(isOld ? "too-old" : "too-new", isOld ? "it is old" : "it is new", where, hint);`;
    expect(read(source)).toEqual([
      ["too-old", "it is old / it is new", "Look again."],
      ["too-new", "it is old / it is new", "Look again."],
    ]);
  });

  test("follows a function that makes a problem of what it is given", () => {
    const source = `const refuse = (code: string, what: string): never => {
        throw new InputProblem(code, \`\${what}: nothing was sent\`, "secret", "Give the Value.");
      };
      if (a) refuse("secret-id", "this is a Secret ID");
      else refuse("no-secret", "there is none");`;
    expect(read(source)).toEqual([
      ["secret-id", "this is a Secret ID: nothing was sent", "Give the Value."],
      ["no-secret", "there is none: nothing was sent", "Give the Value."],
    ]);
  });

  test("takes nothing else for a problem", () => {
    expect(read('failed("InstallFiles"); new Error("no-day"); const a = { code: 5, message: "x" };')).toEqual([]);
  });
});
