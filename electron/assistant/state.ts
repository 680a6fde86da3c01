import type { State } from "../contract/state.ts";
import { buildIn, foundIn } from "../facts/found.ts";
import { samples } from "../server/practice/samples.ts";
import { changeModeOf, wizardOf } from "./change-mode.ts";
import { changesOf } from "./changeable.ts";
import { cloudStateOf } from "./cloud-check.ts";
import { comparisonOf, farmOf } from "./comparison.ts";
import { type Desk, judged } from "./desk.ts";
import type { Shown } from "./session.ts";
import { verificationOf } from "./verification.ts";

/** Everything the window shows about what is on show. */
export async function stateOf(desk: Desk, shown: Shown): Promise<State> {
  const seen = await judged(desk, shown);
  const { server, recording, target, checklist } = seen;
  const found = foundIn(recording, target.mailServer);
  return {
    server: {
      kind: server.kind,
      label: server.label,
      computer: recording.computer,
      windows: recording.windows?.caption ?? null,
      build: buildIn(recording),
      lookedAt: recording.recordedAt,
    },
    available: { live: desk.live !== null, samples: [...samples] },
    target,
    found,
    checklist,
    changes: await changesOf(server, recording, target.tlsProfile, checklist),
    wizard: wizardOf(target, found),
    changeMode: await changeModeOf(desk, recording),
    cloud: cloudStateOf(desk, seen),
    verification: verificationOf(seen),
    comparison: await comparisonOf(desk, seen),
    farm: await farmOf(desk, seen),
  };
}
