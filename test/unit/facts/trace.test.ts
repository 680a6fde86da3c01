import { describe, expect, test } from "vitest";
import { traceSchema } from "../../../electron/contract/verify.ts";
import { traceIn } from "../../../electron/facts/trace.ts";
import { config, goodServer } from "../checklist/server-case.ts";

function trace(text: string | { state: "absent" } | { state: "unreadable"; reason: string } | undefined) {
  const recording = goodServer();
  if (text === undefined) delete recording.texts[config];
  else recording.texts[config] = typeof text === "string" ? { state: "present", text } : text;
  const made = traceIn(recording);
  expect(traceSchema.parse(made)).toEqual(made);
  return made;
}
const withLine = (line: string): string => `\uFEFF<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <configSections>
    <section name="dynamicLogging" type="Microsoft.ResourceManagement.Utilities.DynamicLoggingSection" />
  </configSections>
  ${line}
  <appSettings><add key="mailServer" value="a &amp; b" /></appSettings>
</configuration>`;

describe("the trace switch", () => {
  test("is on at the level that traces, and says how to turn it off and what it costs", () => {
    const { state, text, address, advice } = trace(withLine('<dynamicLogging mode="true" loggingLevel="Verbose" />'));
    expect([state, text, address]).toEqual(["on", "The trace is on, at level Verbose.", config]);
    expect(advice.join(" ")).toMatch(/off.*Warning.*6 GB.*never edits/);
  });

  test.each(["Information", "ActivityTracing", "All", "verbose"])("is on at level %s", (level) => {
    expect(trace(withLine(`<dynamicLogging mode="True" loggingLevel="${level}" />`)).state).toBe("on");
  });

  test.each(["Warning", "Critical", "Error", "Off", "warning"])("is off at level %s, the default or less", (level) => {
    const { state, advice } = trace(withLine(`<dynamicLogging mode="true" loggingLevel="${level}" />`));
    expect(state).toBe("off");
    expect(advice.join(" ")).toMatch(/To turn it on.*Verbose.*6 GB.*never edits/);
  });

  test.each([
    ["mode false", '<dynamicLogging mode="false" loggingLevel="Verbose" />', /mode “false”/],
    ["no mode", '<dynamicLogging loggingLevel="Verbose" />', /names no mode/],
    ["nothing said", "", /no dynamicLogging/],
    ["a comment only", '<!-- <dynamicLogging mode="true" loggingLevel="Verbose" /> -->', /no dynamicLogging/],
    ["another place", '<a><dynamicLogging mode="true" loggingLevel="Verbose" /></a>', /no dynamicLogging/],
  ])("is off with %s", (_what, line, says) => {
    expect(trace(withLine(line))).toMatchObject({ state: "off", text: expect.stringMatching(says) });
  });

  test.each([
    ["no level", withLine('<dynamicLogging mode="true" />'), /at which level/],
    ["two of them", withLine('<dynamicLogging mode="true"/><dynamicLogging mode="false"/>'), /more than once/],
    ["another file", withLine('<dynamicLogging configSource="logging.config" />'), /another file/],
    ["a file cut in half", withLine("").slice(0, 120), /no well-formed XML/],
    ["a tag that is not closed", '<configuration><dynamicLogging mode="true" loggingLevel="Verbose">', /XML/],
    ["no XML", "mode=true loggingLevel=Verbose", /XML/],
    ["an empty file", "", /XML|no configuration/],
    ["another document", "<settings />", /no configuration/],
    [
      "an outer entity",
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><configuration>&x;</configuration>',
      /XML/,
    ],
  ])("is not known with %s", (_what, text, says) => {
    const made = trace(text);
    expect(made).toMatchObject({ state: "unknown", text: expect.stringMatching(says) });
    expect(made.advice.length).toBeGreaterThan(0);
  });

  test("is not known when the file is not there, cannot be read or was not recorded, each with what to do", () => {
    expect(trace({ state: "absent" })).toMatchObject({ state: "unknown", text: expect.stringMatching(/not there/) });
    expect(trace({ state: "unreadable", reason: "access denied" })).toMatchObject({
      state: "unknown",
      text: "The service's configuration file could not be read: access denied.",
      advice: [expect.stringMatching(/administrator/)],
    });
    expect(trace(undefined)).toMatchObject({ state: "unknown", text: expect.stringMatching(/not recorded/) });
  });

  test("shows a hostile level as a short line", () => {
    const { text } = trace(withLine(`<dynamicLogging mode="true" loggingLevel="\u202E${"x".repeat(100_000)}" />`));
    expect(text.length).toBeLessThan(200);
    expect(text).not.toContain("\u202E");
  });

  test("does not expand entities: a bomb stays small", () => {
    const bomb = `<!DOCTYPE c [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${withLine(
      '<dynamicLogging mode="true" loggingLevel="&b;&b;&b;" />',
    ).replace(/^\uFEFF<\?xml[^>]*>/, "")}`;
    expect(trace(bomb).text.length).toBeLessThan(200);
  });
});
