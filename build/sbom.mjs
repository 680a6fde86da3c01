import { strict as assert } from "node:assert";
import { createHash } from "node:crypto";
import { npm } from "./install.mjs";

/**
 * @typedef {{
 *   "bom-ref": string, type: string, name: string, version: string, purl: string,
 *   scope?: string, hashes?: unknown[], licenses?: unknown[], externalReferences?: unknown[], properties?: unknown[],
 * }} Component
 */

/** What comes from elsewhere than npm, by the kind of component it is. */
const elsewhere = /** @type {Readonly<Record<string, string>>} */ ({
  Electron: "framework",
  "Node.js": "framework",
  Roboto: "file",
});

/** @param {{ name: string, version: string, licence: string }} part @returns {Component} */
function componentFromElsewhere({ name, version, licence }) {
  const purl = `pkg:generic/${encodeURIComponent(name.toLowerCase())}@${version}`;
  const licenses = [{ license: { id: licence } }];
  return { "bom-ref": purl, type: String(elsewhere[name]), name, version, purl, scope: "required", licenses };
}

/**
 * What the program is made of, in CycloneDX 1.5: npm's own list, narrowed to the packages that are in the program, and
 * what does not come from npm. The same sources give the same list: its number is made from what it holds, and it carries no time.
 * @param {readonly { name: string, version: string, licence: string }[]} shipped as in licences.json
 * @param {{ name: string, version: string, description: string, license: string }} product
 */
export function billOfMaterials(shipped, product) {
  // What is built in counts as a development package to npm; NODE_ENV must not leave it out.
  const argv = ["--sbom-format", "cyclonedx", "--package-lock-only", "--include=dev", "--loglevel=error"];
  const asked = npm(["sbom", ...argv], {
    stdio: ["ignore", "pipe", 2],
    maxBuffer: 64 * 1024 * 1024,
  });
  assert.equal(asked.status, 0, "npm sbom failed");
  const { components: all } = /** @type {{ components: Component[] }} */ (JSON.parse(asked.stdout));
  /** @type {Component[]} */
  const components = shipped.map((part) => {
    if (part.name in elsewhere) return componentFromElsewhere(part);
    const found = all.find(({ name, version }) => name === part.name && version === part.version);
    assert.ok(found, `npm does not know ${part.name} ${part.version}`);
    // Where npm fetched it from is this machine's business; what it is, its hash tells.
    const licenses = [{ license: { id: part.licence } }];
    return { ...found, scope: "required", licenses, externalReferences: [], properties: [] };
  });
  components.sort((one, other) => one["bom-ref"].localeCompare(other["bom-ref"], "en"));
  const purl = `pkg:generic/${product.name}@${product.version}`;
  const digest = createHash("sha256")
    .update(JSON.stringify([purl, components]))
    .digest("hex");
  const serial = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.5.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    serialNumber: `urn:uuid:${serial}`,
    version: 1,
    metadata: {
      component: {
        "bom-ref": purl,
        type: "application",
        name: product.name,
        version: product.version,
        description: product.description,
        purl,
        licenses: [{ license: { id: product.license } }],
      },
    },
    components,
    // Everything is built in: the program depends on each of them, and nothing is resolved later.
    dependencies: [
      { ref: purl, dependsOn: components.map((component) => component["bom-ref"]) },
      ...components.map((component) => ({ ref: component["bom-ref"], dependsOn: [] })),
    ],
  };
}

/**
 * Fails when a bill of materials is not in the form CycloneDX 1.5 asks for.
 * @param {ReturnType<typeof billOfMaterials>} bill
 */
export function examineBill(bill) {
  assert.equal(bill.bomFormat, "CycloneDX");
  assert.equal(bill.specVersion, "1.5");
  assert.equal(bill.version, 1);
  assert.match(bill.serialNumber, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  const parts = [bill.metadata.component, ...bill.components];
  const references = parts.map((part) => part["bom-ref"]);
  assert.equal(new Set(references).size, references.length, "a component is listed twice");
  for (const part of parts) {
    for (const field of /** @type {const} */ (["name", "version", "type", "purl"])) {
      assert.ok(part[field], `${part["bom-ref"]} has no ${field}`);
    }
    assert.match(part.purl, /^pkg:(npm|generic)\/[^\s]+@[^\s]+$/);
    assert.ok(["application", "framework", "library", "file"].includes(part.type), `${part.name} is a ${part.type}`);
    assert.ok(part.licenses?.length, `${part.name} names no licence`);
  }
  for (const { ref, dependsOn } of bill.dependencies) {
    for (const name of [ref, ...dependsOn]) assert.ok(references.includes(name), `${name} is no component`);
  }
  assert.equal(bill.dependencies.length, parts.length, "a component says nothing of what it depends on");
}
