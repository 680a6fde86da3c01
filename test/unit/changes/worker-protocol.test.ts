import { describe, expect, test } from "vitest";
import {
  createMessageReader,
  createRequestReader,
  messageLimit,
  messageLine,
  requestLine,
} from "../../../electron/changes/worker-protocol.ts";
import type { InstallerStep } from "../../../electron/contract/change-mode.ts";

const step: InstallerStep = {
  phase: "installing",
  startedAt: "2026-11-23T10:00:00.000Z",
  endedAt: null,
  log: "C:\\ProgramData\\MIM Mail Assistant\\logs\\1\\change-mode.log",
  action: "Copying files",
  actionsEnded: 3,
  fraction: 0.25,
  exitCode: null,
  restart: "none",
  firstFailure: {
    action: "InstallFiles",
    line: 7,
    customAction: null,
    nested: false,
    said: [{ line: 5, text: "CAQuietExec:  it did not work" }],
    around: [{ line: 7, text: "Action ended 10:00:00: InstallFiles. Return value 3." }],
  },
  explanations: [
    {
      code: 1706,
      origin: "message",
      cause: "the media are missing",
      cure: "x",
      line: 6,
      source: "https://example.com",
      text: "No valid source could be found.",
      around: [{ line: 6, text: "Error 1706. No valid source could be found." }],
    },
  ],
  secretsInLog: 0,
  details: [{ title: "Features", items: ["Portal: installed Local, asked Reinstall, done Reinstall"] }],
  notice: null,
  dialogs: ["WelcomeDlg"],
  signInErrors: ["7000215"],
};
const read = (value: unknown) => createMessageReader()(`${JSON.stringify(value)}\n`);

describe("how far the installer is, over the worker's pipe", () => {
  test("comes as it was sent, in whatever pieces", () => {
    const line = messageLine({ installer: step });
    const reader = createMessageReader();
    const messages = [...line].flatMap((character) => reader(character));
    expect(messages).toEqual([{ installer: step }]);
  });

  test.each([
    ["something else in it", { ...step, command: "cmd.exe" }],
    ["a page, which is not the worker's to say", { ...step, page: { page: 8, known: "name" } }],
    ["something else in its failure", { ...step, firstFailure: { ...step.firstFailure, command: "x" } }],
    ["something else in an explanation", { ...step, explanations: [{ ...step.explanations[0], command: "x" }] }],
    ["another phase", { ...step, phase: "finished" }],
    ["a sign-in error that is no code", { ...step, signInErrors: ["AADSTS7000215"] }],
    ["a name without an end", { ...step, dialogs: ["x".repeat(10_000)] }],
    ["dialogs without an end", { ...step, dialogs: Array.from({ length: 1001 }, () => "x") }],
    ["a part that is missing", { ...step, dialogs: undefined }],
  ])("is refused with %s", (_what, other) => {
    expect(() => read({ installer: other })).toThrow();
  });

  test("is cut where a log made it longer than the other side takes", () => {
    const long = "x".repeat(50_000);
    const line = messageLine({
      installer: {
        ...step,
        log: long,
        action: long,
        notice: long,
        firstFailure: {
          action: long,
          line: 1,
          customAction: long,
          nested: false,
          said: Array.from({ length: 100 }, () => ({ line: 1, text: long })),
          around: Array.from({ length: 100 }, () => ({ line: 1, text: long })),
        },
        details: Array.from({ length: 8 }, () => ({ title: long, items: Array.from({ length: 100 }, () => long) })),
        dialogs: Array.from({ length: 2000 }, () => long),
        signInErrors: Array.from({ length: 100 }, () => "7000215"),
        explanations: Array.from({ length: 100 }, () => ({
          ...(step.explanations[0] as InstallerStep["explanations"][number]),
          cause: long,
          text: long,
          around: Array.from({ length: 100 }, () => ({ line: 1, text: "\\".repeat(50_000) })),
        })),
      },
    });
    expect(line.length).toBeLessThan(messageLimit);
    expect(createMessageReader()(line)).toHaveLength(1);
  });
});

describe("what is asked of a worker over its pipe", () => {
  test("comes as it was sent, in whatever pieces; what is no request is left out, however long it is", () => {
    const read = createRequestReader();
    const said = [
      requestLine({ begin: true }),
      "{}\n",
      '{"method":{"x":1}}\n',
      '{"begin":true,"run":"cmd.exe"}\n',
      "null\n",
      `${"x".repeat(5_000_000)}\n`,
      requestLine({ cancel: true }),
    ].join("");
    const pieces = said.match(/[\s\S]{1,70000}/g) ?? [];
    expect(pieces.flatMap((piece) => read(piece))).toEqual([{ begin: true }, { cancel: true }]);
  });
});
