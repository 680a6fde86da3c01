import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAst } from "rolldown/parseAst";
import { describe, expect, test } from "vitest";
import { judge } from "../../../electron/checklist/judge.ts";
import { allowedAuthentications, mailServers } from "../../../electron/contract/mail-server.ts";
import { defaultTarget, type Target } from "../../../electron/contract/target.ts";
import type { Recording } from "../../../electron/recording/recording.ts";
import { readSample, samples } from "../../../electron/server/practice/samples.ts";
import { goodServer, goodTarget, unreadable, wordsOf } from "./server-case.ts";

const root = join(import.meta.dirname, "../../..");

/**
 * Words that are true on a screen alone. What a rule says is printed on the command line and in reports too, where there
 * is no page, nothing above and no button. A page that is named is one of the installer's.
 */
const screenWords =
  /\b(?:this|next|last) (?:page|screen|panel|dialog|window|step)\b|\b(?:at|on|to) the (?:left|right|top|bottom)\b|\b(?:above|below)\b(?! (?:a|\$?\d))|\bbuttons?\b|\bclick|\bmenu\b|\btick|\b(?:shown|enter(?:ed)? it|type it) here\b|\bhere first\b/i;

/** Every text of a source file that is no import, with its line. */
function textsIn(path: string): { readonly line: number; readonly text: string }[] {
  const source = readFileSync(path, "utf8");
  const texts: { line: number; text: string }[] = [];
  const add = (start: number, text: string) => texts.push({ line: source.slice(0, start).split("\n").length, text });
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    const node = value as Record<string, unknown> & { type?: string; start: number };
    if (node.type === "ImportDeclaration") return;
    if (node.type === "Literal" && typeof node["value"] === "string") add(node.start, node["value"]);
    if (node.type === "TemplateElement") add(node.start, (node["value"] as { cooked: string }).cooked);
    for (const inner of Object.values(node)) visit(inner);
  };
  visit(parseAst(source, { lang: "ts" }, path));
  return texts;
}

describe("what a rule says is true wherever it is read", () => {
  test.each(["checklist", "facts"])("in the sources of %s", (room) => {
    const folder = join(root, "electron", room);
    const names = readdirSync(folder).filter((name) => name.endsWith(".ts"));
    expect(names.length).toBeGreaterThan(10);
    const found = names.flatMap((name) =>
      textsIn(join(folder, name))
        .filter(({ text }) => text.includes(" ") && screenWords.test(text))
        .map(({ line, text }) => `${name}:${line} ${text}`),
    );
    expect(found).toEqual([]);
  });

  test("the sources are read", () => {
    const texts = textsIn(join(root, "electron/checklist/server.ts")).map(({ text }) => text);
    expect(texts).toContain("You have a backup of the databases and of this server");
    expect(screenWords.test("Then confirm it on this page.")).toBe(true);
    expect(screenWords.test("Finish the steps above.")).toBe(true);
    expect(screenWords.test("the keys below a registry key")).toBe(false);
  });

  const targets: Target[] = mailServers.flatMap((mailServer) =>
    allowedAuthentications[mailServer].map((authentication) => ({ ...goodTarget, mailServer, authentication })),
  );
  const bare = (recording: Recording): Recording => ({
    ...recording,
    registry: {},
    files: {},
    texts: {},
    accounts: {},
  });
  const closed = (recording: Recording): Recording => ({
    ...recording,
    registry: Object.fromEntries(Object.keys(recording.registry).map((path) => [path, unreadable])),
    services: { FIMService: unreadable },
    events: unreadable,
  });

  test.each([...samples.map(({ id }) => id), "good"])(
    "in the findings of %s, over all that may be wanted",
    async (id) => {
      const { recording, target } =
        id === "good" ? { recording: goodServer(), target: goodTarget } : await readSample(join(root, "assets"), id);
      const found = new Set<string>();
      for (const one of [recording, bare(recording), closed(recording), { ...recording, cloud: null }]) {
        for (const wanted of [
          target,
          defaultTarget,
          { ...defaultTarget, tlsProfile: "minimum" as const },
          ...targets,
        ]) {
          for (const today of ["2026-11-23", "2027-05-01"]) {
            const server = { name: "x" } as const;
            const { steps } = judge({ recording: one, target: wanted, today, server });
            for (const finding of steps.flatMap(({ findings }) => findings)) {
              for (const line of wordsOf(finding).split("\n"))
                if (screenWords.test(line)) found.add(`${finding.id}: ${line}`);
            }
          }
        }
      }
      expect([...found]).toEqual([]);
    },
  );
});
