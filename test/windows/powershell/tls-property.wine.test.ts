import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyChanges, undoJournal } from "../../../electron/changes/change.ts";
import { encodeScript, powershellScript } from "../../../electron/changes/powershell-script.ts";
import { profileValues } from "../../../electron/changes/profile-value.ts";
import type { RegistryEntry } from "../../../electron/changes/registry.ts";
import type { TlsProfile } from "../../../electron/contract/target.ts";
import { type Contents, simulate } from "../../property/changes/simulation.ts";
import { hasWindows, named } from "../windows.ts";
import { type RawKey, rawKey } from "./raw-registry.ts";
import { openSession, type Session } from "./session.ts";

const roots = [
  "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL",
  "HKLM\\SOFTWARE\\Microsoft\\.NETFramework",
  "HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\.NETFramework",
];

/** Texts that end a string, expand in one, are a pattern, or are no ASCII. */
const strangeText = fc
  .array(
    fc.oneof(
      fc.constantFrom("'", "''", "\u2018", "\u2019", "\u201a", "\u201b", '"', "\u201c", "\u201d", "\u201e"),
      fc.constantFrom("`", "$", "$env:PATH", "$(1)", "[", "]", "*", "?", ";", "#", "@(", "{", "}", "%PATH%", "\\", " "),
      fc.constantFrom(
        "ü",
        "☃",
        "漢字",
        "\u{1F600}",
        "\ud800",
        "\u0000x",
        "\r\n",
        "\n",
        "\t",
        "\u00a0",
        "e\u0301",
        "\u202e",
      ),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(""));
const strangeName = strangeText.map((text) => text.replace(/[\\\0\ud800]/gu, "_")).filter((text) => text !== "");

const number = fc.oneof(fc.constantFrom(0, 1, 2, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff), fc.nat(0xffff_ffff));
const hex = fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes).toString("hex"));
/** Everything that PowerShell can put back. */
const entry: fc.Arbitrary<RegistryEntry> = fc.oneof(
  { weight: 6, arbitrary: number.map((data) => ({ type: "REG_DWORD" as const, data })) },
  strangeText.map((data) => ({ type: "REG_SZ" as const, data })),
  strangeText.map((data) => ({ type: "REG_EXPAND_SZ" as const, data })),
  // A list of Windows' ends at its first empty text.
  fc
    .array(
      strangeName.filter((text) => !text.includes("\0")),
      { maxLength: 3 },
    )
    .map((data) => ({ type: "REG_MULTI_SZ" as const, data })),
  fc
    .constantFrom("0", "1", "18446744073709551615", "9223372036854775808")
    .map((data) => ({ type: "REG_QWORD" as const, data })),
  hex.map((data) => ({ type: "REG_BINARY" as const, data })),
  hex.map((data) => ({ type: "REG_NONE" as const, data })),
);

const wanted = profileValues("guide");
const keys = [...new Set(wanted.map(({ key }) => key))];

/** A key of the catalogue: absent, or with some of its values and others beside them. */
const keyContents = (key: string): fc.Arbitrary<Contents> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant({}) },
    {
      weight: 4,
      arbitrary: fc
        .record({
          own: fc.array(
            fc.option(
              fc.oneof(
                entry,
                fc.constantFrom(0, 1).map((data) => ({ type: "REG_DWORD" as const, data })),
              ),
              { freq: 3 },
            ),
            { minLength: 2, maxLength: 2 },
          ),
          others: fc.dictionary(strangeName, entry, { maxKeys: 2, noNullPrototype: true }),
          below: fc.dictionary(strangeName, fc.constant({}), { maxKeys: 1, noNullPrototype: true }),
        })
        .map(({ own, others, below }) => {
          const names = wanted.filter((value) => value.key === key).map(({ name }) => name);
          const values = Object.fromEntries(names.flatMap((name, at) => (own[at] == null ? [] : [[name, own[at]]])));
          const taken = new Set(names.map((name) => name.toLowerCase()));
          const free = Object.entries(others).filter(([name]) => !taken.has(name.toLowerCase()));
          const contents: Contents = { [key]: { ...Object.fromEntries(free), ...values } };
          for (const name of Object.keys(below)) contents[`${key}\\${name}`] = {};
          return contents;
        }),
    },
  );

/** A registry with the keys above each of its keys. */
function whole(parts: readonly Contents[]): Contents {
  const contents: Contents = {};
  for (const [key, values] of parts.flatMap((part) => Object.entries(part))) {
    const path = key.split("\\");
    for (let depth = 2; depth < path.length; depth += 1) contents[path.slice(0, depth).join("\\")] ??= {};
    contents[key] = values;
  }
  return contents;
}
const registry = fc.tuple(...keys.map(keyContents)).map(whole);

interface Result {
  readonly before: readonly string[];
  readonly applied: { readonly said: readonly string[]; readonly fault: string | null };
  readonly after: readonly string[];
  readonly undone: Result["applied"] | null;
  readonly end: readonly string[];
}

/** The same registry after `mim-mail apply` and after `mim-mail undo`. */
async function byEngine(
  contents: Contents,
  profile: TlsProfile,
): Promise<{ after: (RawKey | null)[]; end: (RawKey | null)[] }> {
  const { registry, journals, contents: kept } = simulate(structuredClone(contents), { at: 0, kind: "none" });
  const ports = { registry, journals, now: () => new Date("2026-11-23T12:00:00Z") };
  const applied = await applyChanges(
    ports,
    profileValues(profile).map((change) => ({ change, data: change.data })),
  );
  expect(["applied", "nothing"]).toContain(applied.outcome);
  const after = roots.map((root) => rawKey(kept, root));
  if (applied.outcome === "applied") expect(await undoJournal(ports, null)).toMatchObject({ outcome: "applied" });
  return { after, end: roots.map((root) => rawKey(kept, root)) };
}

describe.skipIf(!hasWindows)("an exported script and its undo, over 200 registries", () => {
  let folder: string;
  let session: Session;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "mim-mail-property-"));
    session = openSession();
  });
  afterAll(async () => {
    await session.end();
    rmSync(folder, { recursive: true });
  });

  test.each([
    ["guide", 80],
    ["minimum", 120],
  ] as const)("give each back to the byte, and end as apply and undo do: %s", async (profile, count) => {
    const cases = fc.sample(registry, { numRuns: count });
    const script = join(folder, `${profile}.ps1`);
    writeFileSync(
      script,
      encodeScript(
        powershellScript({ values: profileValues(profile), title: "TLS", createdAt: new Date(), version: "1.2.3" }),
      ),
    );
    const undo = join(folder, `undo ${profile}`);
    mkdirSync(undo);
    const input = join(folder, `${profile}.json`);
    const output = join(folder, `${profile}-answer.json`);
    writeFileSync(input, JSON.stringify(cases.map((one) => roots.map((root) => JSON.stringify(rawKey(one, root))))));
    const ended = await session.run({
      file: join(import.meta.dirname, "apply-and-undo.ps1"),
      arguments: ["-Cases", named(input), "-Script", named(script), "-Folder", named(undo), "-Answer", named(output)],
    });
    expect(ended).toMatchObject({ code: 0, errors: [] });
    const results: Result[] = JSON.parse(readFileSync(output, "utf8"));
    expect(results).toHaveLength(count);
    const parsed = (texts: readonly string[]) => texts.map((text) => JSON.parse(text));
    for (const [at, result] of results.entries()) {
      const contents = cases[at] as Contents;
      // What the test set up is what it meant to.
      expect(parsed(result.before)).toEqual(roots.map((root) => rawKey(contents, root)));
      expect([result.applied.fault, result.undone?.fault ?? null], result.before.join("\n")).toEqual([null, null]);
      const engine = await byEngine(contents, profile);
      expect(parsed(result.after)).toEqual(engine.after);
      expect(parsed(result.end)).toEqual(engine.end);
      expect(result.end, "the bytes before").toEqual(result.before);
    }
  });
});
