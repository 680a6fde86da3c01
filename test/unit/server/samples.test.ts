import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { judge } from "../../../electron/checklist/judge.ts";
import type { Status } from "../../../electron/contract/status.ts";
import { fixedKeys, furtherAddresses, uninstallRoots } from "../../../electron/facts/addresses.ts";
import { InputProblem } from "../../../electron/recording/input-problem.ts";
import { readSample, samples } from "../../../electron/server/practice/samples.ts";

const assets = join(import.meta.dirname, "../../../assets");

async function statuses(id: string): Promise<Record<string, Status>> {
  const { recording, target } = await readSample(assets, id);
  const { steps } = judge({
    recording,
    target,
    today: "2026-11-23",
    server: { name: id },
  });
  return Object.fromEntries(steps.flatMap((step) => step.findings.map((finding) => [finding.id, finding.status])));
}

const idsWith = (found: Record<string, Status>, wanted: readonly Status[]) =>
  Object.keys(found).filter((id) => wanted.includes(found[id] as Status));

/**
 * A product code as Windows Installer packs it into a key's name: the digits of groups 1 to 3 reversed, those of
 * each byte of groups 4 and 5 swapped. Written here anew, so that it does not share a fault with the product.
 */
function packed(code: string): string {
  const groups = code.replace(/[{}]/g, "").split("-");
  const reversed = groups.slice(0, 3).map((group) => [...group].reverse().join(""));
  const swapped = groups
    .slice(3)
    .join("")
    .replace(/(.)(.)/g, "$2$1");
  return reversed.join("") + swapped;
}

describe("the practice recordings", () => {
  test("of a configured server have nothing left to do on 2026-11-23 but the end of EWS", async () => {
    const found = await statuses("configured");
    expect(idsWith(found, ["action", "unknown", "pending"])).toEqual([]);
    expect(idsWith(found, ["attention"])).toEqual(["exchange.ewsEnd"]);
  });

  test("of the guide's author miss only the .NET 2.x values and what follows from them", async () => {
    const found = await statuses("stuck-on-dotnet-2");
    expect(idsWith(found, ["action"])).toEqual([
      "tls.dotnet.v2.64",
      "tls.dotnet.v2.32",
      "verify.token",
      "verify.events",
    ]);
    expect(idsWith(found, ["unknown"])).toEqual([]);
    expect(idsWith(found, ["pending"])).toEqual(["verify.mail"]);
    expect(idsWith(found, ["attention"])).toEqual(["exchange.ewsEnd"]);
  });

  test("of an old build ask for the update first and warn of polling while it is installed", async () => {
    const found = await statuses("old-build");
    expect(found).toMatchObject({
      "server.windows": "done",
      "server.build": "action",
      "server.pollExchange": "attention",
      "change.command": "attention",
      "mail.serverType": "action",
    });
    expect(idsWith(found, ["unknown"])).toEqual([]);
  });

  test("do not expire: a later look at them gives the same verdicts but for what has a date", async () => {
    const { recording, target } = await readSample(assets, "configured");
    const server = { name: "x" } as const;
    const early = judge({ recording, target, today: "2026-11-23", server });
    const late = judge({ recording, target, today: "2027-03-31", server });
    const changed = early.steps.flatMap((step, index) =>
      step.findings
        .filter((finding, place) => finding.status !== late.steps[index]?.findings[place]?.status)
        .map(({ id }) => id),
    );
    expect(changed).toEqual([]);
  });

  test.each(samples.map(({ id }) => id))("%s holds everything a look reads", async (id) => {
    const { recording } = await readSample(assets, id);
    for (const key of [...fixedKeys, ...uninstallRoots]) expect(recording.registry[key], key).toBeDefined();
    const left = furtherAddresses(recording);
    expect([...left.keys, ...left.files, ...left.texts, ...left.accounts]).toEqual([]);
  });

  test.each(samples.map(({ id }) => id))("%s packs its product code as Windows Installer does", async (id) => {
    const { recording } = await readSample(assets, id);
    const keys = Object.keys(recording.registry);
    const product = keys.find((key) => {
      const entry = recording.registry[key];
      const name = entry?.state === "present" ? entry.values["DisplayName"] : undefined;
      return (
        key.includes("\\Uninstall\\{") &&
        name !== undefined &&
        "data" in name &&
        /Service and Portal/.test(String(name.data))
      );
    });
    const code = product?.split("\\").at(-1) ?? "none";
    expect(keys).toContain(
      `HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer\\UserData\\S-1-5-18\\Products\\${packed(code)}\\InstallProperties`,
    );
  });

  test("pack the code of a well-known product as it stands on every Windows", () => {
    // Microsoft Visual C++ 2008 Redistributable, x86 9.0.21022: {FF66E9F6-83E7-3A3E-AF14-8DE9A809A6A4}
    expect(packed("{FF66E9F6-83E7-3A3E-AF14-8DE9A809A6A4}")).toBe("6F9E66FF7E38E3A3FA41D89E8A906A4A");
  });

  test.each(samples.map(({ id }) => id))("%s is printed for people, of contoso, and without a secret", async (id) => {
    for (const name of [`${id}.json`, `${id}.target.json`]) {
      const text = readFileSync(join(assets, "practice", name), "utf8");
      expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
      expect(text).not.toContain("AQAAANCMnd8");
      expect(text).not.toMatch(/Contoso Backup/);
    }
    const { recording } = await readSample(assets, id);
    expect(recording.recordedAt.slice(0, 10)).toBe("2026-11-23");
    expect(JSON.stringify(recording)).toContain("CONTOSO\\\\");
  });

  test("refuse a name that is not theirs, a path above all", async () => {
    await expect(readSample(assets, "../../package")).rejects.toBeInstanceOf(InputProblem);
    await expect(readSample(assets, "nope")).rejects.toMatchObject({ code: "no-sample" });
  });

  test("say so when their files are missing", async () => {
    await expect(readSample("/nowhere", "configured")).rejects.toMatchObject({ code: "sample-missing" });
  });
});
