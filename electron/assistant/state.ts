import type { State } from "../contract/state.ts";
import { datesAhead } from "../facts/dates-ahead.ts";
import { buildIn, foundIn } from "../facts/found.ts";
import { waitIn } from "../facts/quiet-time.ts";
import { samples } from "../server/practice/samples.ts";
import { type ChangeModeParts, changeModeOf, wizardOf } from "./change-mode.ts";
import { changeable, changesOf } from "./changeable.ts";
import { cloudStateOf } from "./cloud-check.ts";
import { comparisonOf, farmOf } from "./comparison.ts";
import type { Uses } from "./parts.ts";
import { relayStateOf } from "./relay-check.ts";
import type { Shown } from "./session.ts";
import { verificationOf } from "./verification.ts";

/** Everything the window shows about what is on show. */
export async function stateOf(
  parts: ChangeModeParts & Uses<"live" | "remote" | "cloud">,
  shown?: Shown,
): Promise<State> {
  const seen = await parts.judged(shown);
  const { server, recording, target, checklist } = seen;
  const found = foundIn(recording, target);
  return {
    server: {
      kind: server.kind,
      local: server.local === true,
      label: server.label,
      computer: recording.computer,
      windows: recording.windows?.caption ?? null,
      build: buildIn(recording),
      lookedAt: recording.recordedAt,
    },
    available: { live: parts.live !== null, remote: parts.remote !== null, samples: [...samples] },
    target,
    found,
    checklist,
    changes: await changesOf(server, recording, target.tlsProfile, checklist),
    wizard: wizardOf(target, found),
    changeMode: await changeModeOf(parts, seen),
    cloud: cloudStateOf(parts.cloud, seen),
    relay: relayStateOf(seen),
    verification: verificationOf(seen),
    practice: (await server.rehearsal?.shows()) ?? null,
    // A recording does not go on: nothing is waited for there.
    wait: changeable(server) === null ? null : waitIn(recording),
    datesAhead: [...datesAhead(target, checklist.today).dates],
    comparison: comparisonOf(parts, seen),
    farm: farmOf(parts, seen),
  };
}
