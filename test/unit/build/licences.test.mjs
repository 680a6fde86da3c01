import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { top } from "../../../build/install.mjs";
import { licenceOf, packagesOf, runtimeLicences, thirdPartyText, withDependencies } from "../../../build/licences.mjs";
import { billOfMaterials, examineBill } from "../../../build/sbom.mjs";

describe("the packages of a bundle", () => {
  test("are told by the paths of their modules, nested and scoped ones too", () => {
    expect(
      packagesOf([
        "/home/a/project/node_modules/zod/v4/index.js",
        "/home/a/project/node_modules/zod/v4/core.js?commonjs",
        "C:\\project\\node_modules\\@azure\\msal-node\\dist\\index.mjs",
        "\0/home/a/project/node_modules/through2/node_modules/xtend/index.js",
        "/home/a/project/electron/main.ts",
        "\0virtual",
      ]),
    ).toEqual(["node_modules/@azure/msal-node", "node_modules/through2/node_modules/xtend", "node_modules/zod"]);
  });

  test("of regedit are itself and everything it needs when it runs", () => {
    const names = withDependencies("node_modules/regedit").map((folder) => folder.split("node_modules/").at(-1));
    expect(names).toEqual(expect.arrayContaining(["regedit", "debug", "ms", "if-async", "stream-slicer", "through2"]));
  });
});

describe("a licence", () => {
  test("has the text its package carries", () => {
    const { name, licence, text } = licenceOf("node_modules/regedit");
    expect([name, licence]).toEqual(["regedit", "MIT"]);
    expect(readFileSync(join(top, "node_modules", "regedit", "LICENSE"), "utf8")).toContain(text.slice(0, 60));
  });

  test("has the usual text and its author's name where its package carries none", () => {
    expect(licenceOf("node_modules/stream-slicer").text).toMatch(
      /^The MIT License\n\nCopyright \(c\) .+\n\nPermission is/,
    );
  });

  test("stands in the text for the program's folder", () => {
    const text = thirdPartyText(runtimeLicences({ electron: "45.4.1", node: "24.21.0" }));
    expect(text).toMatch(/^MIM Mail Assistant includes/);
    expect(text).toContain("\nElectron 45.4.1: MIT\n");
    expect(text).toContain("LICENSE.node.txt");
  });
});

describe("the bill of materials", () => {
  const product = { name: "mim-mail-assistant", version: "1.2.3", description: "…", license: "MIT" };
  const regedit = licenceOf("node_modules/regedit");
  const shipped = [regedit, ...runtimeLicences({ electron: "45.4.1", node: "24.21.0" })];

  test("lists what is shipped and nothing else, with npm's hashes, the same each time", () => {
    const bill = billOfMaterials(shipped, product);
    examineBill(bill);
    expect(bill.components.map(({ purl }) => purl)).toEqual([
      "pkg:generic/electron@45.4.1",
      "pkg:generic/node.js@24.21.0",
      `pkg:npm/regedit@${regedit.version}`,
    ]);
    expect(bill.components[2]?.hashes).toEqual([expect.objectContaining({ alg: "SHA-512" })]);
    expect(JSON.stringify(bill)).not.toMatch(/registry|resolved/);
    expect(billOfMaterials(shipped, product)).toEqual(bill);
    expect(billOfMaterials(shipped.slice(1), product).serialNumber).not.toBe(bill.serialNumber);
  });

  test("is not made for a package npm does not know", () => {
    expect(() => billOfMaterials([{ ...regedit, version: "0.0.1" }], product)).toThrow(
      "npm does not know regedit 0.0.1",
    );
  });

  test("that lists something twice, or depends on what is not there, is refused", () => {
    const bill = billOfMaterials([regedit], product);
    expect(() => examineBill({ ...bill, components: [...bill.components, ...bill.components] })).toThrow("twice");
    const dependencies = [{ ref: "pkg:npm/none@1", dependsOn: [] }];
    expect(() => examineBill({ ...bill, dependencies })).toThrow("is no component");
  });
});
