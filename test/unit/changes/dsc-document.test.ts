import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { dscDocument } from "../../../electron/changes/dsc-document.ts";
import { profileValues } from "../../../electron/changes/profile-value.ts";
import type { TlsProfile } from "../../../electron/contract/target.ts";
import { afterApply, afterSetting } from "./applied-values.ts";

const schema = JSON.parse(
  await readFile(new URL("../../fixtures/dsc/configuration-document.schema.json", import.meta.url), "utf8"),
);
const isDocument = new Ajv2020({ allErrors: true }).compile(schema);

interface Instance {
  readonly name: string;
  readonly properties: { keyPath: string; valueName: string; valueData: { DWord: number }; _exist: boolean };
}

function documentOf(profile: TlsProfile): string {
  const createdAt = new Date("2026-11-23T12:00:00Z");
  return dscDocument({ values: profileValues(profile), profile, createdAt, version: "1.2.3" });
}
const instancesOf = (profile: TlsProfile): readonly Instance[] => parse(documentOf(profile)).resources;

describe.each(["guide", "minimum"] as const)("the DSC document of the profile %s", (profile) => {
  test("is valid by DSC's schema and by the Registry resource's", () => {
    const isValid = isDocument(parse(documentOf(profile)));
    expect(isDocument.errors).toBeNull();
    expect(isValid).toBe(true);
  });

  test("names every instance once", () => {
    const names = instancesOf(profile).map(({ name }) => name.toLowerCase());
    expect(names).toHaveLength(profile === "guide" ? 20 : 12);
    expect(new Set(names).size).toBe(names.length);
  });

  test("does what apply does: nothing is left to change, and the same values stand", async () => {
    const values = instancesOf(profile).map(({ properties }) => ({
      key: properties.keyPath,
      name: properties.valueName,
      data: properties.valueData.DWord,
    }));
    const set = await afterSetting(profile, values);
    expect(set.plan).toEqual({ rows: [], notKnown: [] });
    expect(set.registry).toEqual((await afterApply(profile)).registry);
  });
});

describe("the DSC document", () => {
  test("asks for elevation, and says at its top what it is, what to do and that there is no undo", () => {
    const text = documentOf("guide");
    expect(parse(text).metadata).toEqual({ "Microsoft.DSC": { securityContext: "elevated" } });
    const top = text.split("\n").filter((line) => line.startsWith("#"));
    expect(top.join("\n")).toMatch(/MIM Mail Assistant 1\.2\.3 on 2026-11-23T12:00:00\.000Z/);
    expect(top.join("\n")).toMatch(/Restart Windows afterwards[\s\S]*no undo/);
    expect(text.startsWith("#")).toBe(true);
  });

  test("keeps paths as they are, dots, blanks and backslashes included", () => {
    expect(instancesOf("guide")[0]?.properties).toEqual({
      keyPath: "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0\\Client",
      valueName: "Enabled",
      valueData: { DWord: 0 },
      _exist: true,
    });
  });

  test.each([
    ["a name with a dot", (one: Instance) => ({ ...one, name: "tls.1.0" })],
    [
      "a key without a hive",
      (one: Instance) => ({ ...one, properties: { ...one.properties, keyPath: "SOFTWARE\\A" } }),
    ],
    ["data of no type", (one: Instance) => ({ ...one, properties: { ...one.properties, valueData: 1 } })],
    ["a property nobody knows", (one: Instance) => ({ ...one, properties: { ...one.properties, ensure: "Present" } })],
  ])("would be refused by the schema with %s", (_what, changed) => {
    const document = parse(documentOf("guide"));
    expect(isDocument({ ...document, resources: document.resources.map(changed) })).toBe(false);
  });
});
