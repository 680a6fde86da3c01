import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runOn } from "../../../electron/assistant/changeable.ts";
import { planFor } from "../../../electron/changes/plan.ts";
import type { Plan } from "../../../electron/contract/change.ts";
import type { TlsProfile } from "../../../electron/contract/target.ts";
import { registryValueKeys } from "../../../electron/facts/registry-values.ts";
import type { RegistryKey } from "../../../electron/recording/recording.ts";
import { createPracticeServer, type PracticeServer } from "../../../electron/server/practice/practice-server.ts";

/** One value an export sets, as it was read back from it. */
export interface ReadValue {
  readonly key: string;
  readonly name: string;
  readonly data: number;
}

interface Applied {
  /** What the profile would still change. */
  readonly plan: Plan;
  /** The keys of the catalogue afterwards. */
  readonly registry: Readonly<Record<string, RegistryKey>>;
}

const now = () => new Date("2026-11-23T12:00:00Z");

async function onPractice(profile: TlsProfile, change: (server: PracticeServer) => Promise<void>): Promise<Applied> {
  const home = await mkdtemp(join(tmpdir(), "mim-mail-export-"));
  try {
    const server = createPracticeServer({ home, now });
    await change(server);
    const recording = await server.look();
    const registry = Object.fromEntries(
      registryValueKeys.map((key) => [key, recording.registry[key] ?? { state: "absent" as const }]),
    );
    return { plan: planFor(recording, profile), registry };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** A new practice server on which values were set as an engine sets them: keys that are missing are created. */
export function afterSetting(profile: TlsProfile, values: readonly ReadValue[]): Promise<Applied> {
  return onPractice(profile, async ({ registry }) => {
    await registry.writeValues(values.map(({ key, name, data }) => ({ key, name, to: { type: "REG_DWORD", data } })));
  });
}

/** A new practice server on which `apply` was run. */
export function afterApply(profile: TlsProfile): Promise<Applied> {
  return onPractice(profile, async (server) => {
    const { rows } = planFor(await server.look(), profile);
    const entries = rows.map(({ id, to }) => ({ id, data: to === "absent" ? Number.NaN : Number(to.data) }));
    const outcome = await runOn(server, { format: "mim-mail-plan", version: 1, entries }, { now });
    if (outcome.outcome !== "applied") throw new Error(`apply ended with ${outcome.outcome}`);
  });
}
