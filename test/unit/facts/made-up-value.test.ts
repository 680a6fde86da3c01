import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { createAssistant } from "../../../electron/assistant/assistant.ts";
import type { Outcome } from "../../../electron/contract/outcome.ts";
import type { State } from "../../../electron/contract/state.ts";

const key = "HKLM\\SOFTWARE\\Contoso\\MadeUp";
const id = "tls.dotnet.v4.64.MadeUpValue";

// One row of the table, as someone would add it; nothing else of the product knows of it.
vi.mock("../../../electron/facts/registry-values.ts", async (original) => {
  const real = await original<typeof import("../../../electron/facts/registry-values.ts")>();
  const row = {
    ...{ id: "tls.dotnet.v4.64.MadeUpValue", finding: "tls.dotnet.v4.64" },
    ...{ key: "HKLM\\SOFTWARE\\Contoso\\MadeUp", name: "MadeUpValue", type: "REG_DWORD", view: "64" },
    ...{ wanted: { guide: 1, minimum: null }, why: "It was made up" },
  } as const;
  return {
    ...real,
    registryValues: [...real.registryValues, row],
    registryValueKeys: [...real.registryValueKeys, row.key],
  };
});

function given<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.value;
}

const findingIn = ({ checklist }: State) =>
  checklist.steps.flatMap(({ findings }) => findings).find((finding) => finding.id === "tls.dotnet.v4.64");
const rowIn = ({ found }: State) => found.tls.find(({ finding }) => finding === "tls.dotnet.v4.64");

test("a value that is added to the table is looked at, judged, shown, planned, exported, changed and put back", async () => {
  const home = await mkdtemp(join(tmpdir(), "made-up-"));
  const handlers = createAssistant({
    home,
    assets: fileURLToPath(new URL("../../../assets", import.meta.url)),
    version: "0.0.0-test",
    platform: "linux",
    now: () => new Date("2026-11-23T12:00:00Z"),
    emit: () => {},
  });
  try {
    const before = given(await handlers.getState(null));
    expect(findingIn(before)).toMatchObject({
      status: "action",
      remedy: { kind: "apply", changes: expect.arrayContaining([id]) },
    });
    expect(findingIn(before)?.expected).toContain("MadeUpValue 1");
    expect(findingIn(before)?.evidence.map(({ address }) => address)).toContain(`${key}\\MadeUpValue`);
    expect(rowIn(before)).toMatchObject({
      values: ["SchUseStrongCrypto", "SystemDefaultTlsVersions", "MadeUpValue"],
      figures: ["1", "1", "not set"],
      wanted: "1, 1, 1",
    });
    expect(before.changes.plan.rows).toContainEqual(expect.objectContaining({ id, key, name: "MadeUpValue" }));

    for (const format of ["ps1", "reg", "dsc", "ansible"] as const) {
      expect(JSON.stringify(given(await handlers.saveScript({ format }))), format).toContain("MadeUpValue");
    }

    const only = { copyConfig: false, restartService: false };
    const { result, state } = given(await handlers.applyChanges({ ids: [id], ...only }));
    expect(result).toMatchObject({ outcome: "applied", changed: 1 });
    expect(findingIn(state)).toMatchObject({ status: "done" });
    expect(rowIn(state)?.figures).toEqual(["1", "1", "1"]);

    const [journal] = state.changes.journals;
    const undone = given(await handlers.undoChange({ journal: journal?.id ?? "", force: false }));
    expect(rowIn(undone.state)?.figures).toEqual(["1", "1", "not set"]);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});
