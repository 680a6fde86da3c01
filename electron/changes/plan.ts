import * as z from "zod";
import type { Plan, PlanRow } from "../contract/change.ts";
import type { FindingId } from "../contract/checklist.ts";
import type { TlsProfile } from "../contract/target.ts";
import { isUnknown } from "../recording/fact.ts";
import type { Recording } from "../recording/recording.ts";
import { seenIn } from "../recording/seen.ts";
import {
  type ActionId,
  actionIds,
  pollExchange,
  type ValueChange,
  valueChange,
  valueChanges,
  wantedData,
} from "./catalogue.ts";
import { type StoredValue, storedIn } from "./stored-value.ts";

/** True when a value already does what is wanted. For SCHANNEL 0xffffffff is another way to write 1. */
export function fulfils(change: ValueChange, found: StoredValue, data: number): boolean {
  if (found === "absent" || found.type !== change.type) return false;
  const protocol = change.finding.startsWith("tls.") && !change.finding.startsWith("tls.dotnet.");
  return found.data === data || (protocol && data === 1 && found.data === 0xffff_ffff);
}

/** The changes a profile asks of a server: only what differs, in the catalogue's order. Reads nothing but the recording. */
export function planFor(recording: Recording, profile: TlsProfile): Plan {
  return planOf(
    recording,
    valueChanges.flatMap((change) => {
      const data = wantedData(change, profile);
      return data === null ? [] : [{ change, data }];
    }),
  );
}

/** What is planned: a profile's changes, whether the service reads its mailbox, or both; null leaves one alone. */
export function planWith(
  recording: Recording,
  { profile, pollExchange: reads }: { readonly profile: TlsProfile | null; readonly pollExchange: boolean | null },
): Plan {
  const plans = [
    ...(profile === null ? [] : [planFor(recording, profile)]),
    ...(reads === null ? [] : [planPollExchange(recording, reads)]),
  ];
  return { rows: plans.flatMap(({ rows }) => rows), notKnown: plans.flatMap(({ notKnown }) => notKnown) };
}

/** The change that lets the service read the replies in its mailbox, or stops it; asked for by name alone. */
export function planPollExchange(recording: Recording, on: boolean): Plan {
  // Without the service there is nothing to set, and its key is not ours to make.
  const isThere = seenIn(recording).key(pollExchange.key).state !== "absent";
  return planOf(recording, isThere ? [{ change: pollExchange, data: on ? 1 : 0 }] : []);
}

/**
 * TLS 1.0 set on for both sides, the other protocols and .NET as they stand: what has a service back that does not start
 * without it, at once. Asked for by name alone; a change like any other.
 */
export function planTlsOne(recording: Recording): Plan {
  const on = { Enabled: 1, DisabledByDefault: 0 } as Readonly<Record<string, number>>;
  return planOf(
    recording,
    valueChanges
      .filter(({ finding }) => finding === "tls.1.0.client" || finding === "tls.1.0.server")
      .flatMap((change) => {
        const data = on[change.name];
        return data === undefined ? [] : [{ change, data }];
      }),
  );
}

/** What a finding offers to set that no profile holds, as its remedy names it; empty for one that offers nothing. */
export function planOffered(recording: Recording, finding: FindingId): Plan {
  if (finding === "server.service" || finding === "verify.service") return planTlsOne(recording);
  if (finding !== "server.pollExchange") return { rows: [], notKnown: [] };
  const stands = seenIn(recording).value(pollExchange.key, pollExchange.name);
  const reads = stands.state === "present" && "data" in stands.value && stands.value.data === 1;
  return planPollExchange(recording, !reads);
}

function planOf(recording: Recording, chosen: readonly ChosenValue[]): Plan {
  const seen = seenIn(recording);
  const rows: PlanRow[] = [];
  const notKnown: Plan["notKnown"] = [];
  for (const { change, data } of chosen) {
    const key = seen.key(change.key);
    const address = `${change.key}\\${change.name}`;
    if (isUnknown(key)) {
      const reason = key.state === "unreadable" ? key.reason : "not recorded";
      notKnown.push({ id: change.id, address, reason });
      continue;
    }
    const found = storedIn(
      key.state === "present" ? { state: "present", values: key.value } : { state: "absent" },
      change.name,
    );
    if (found === null || fulfils(change, found, data)) continue;
    rows.push({
      id: change.id,
      finding: change.finding,
      key: change.key,
      name: change.name,
      from: found === "absent" ? "absent" : { type: found.type, data: mutableData(found.data) },
      to: { type: change.type, data },
      why: change.why,
      // The service reads its own key when it starts; what Windows and .NET read takes a restart of Windows.
      restart: change.id !== pollExchange.id,
    });
  }
  return { rows, notKnown };
}

function mutableData(data: Exclude<StoredValue, "absent">["data"]): string | number | string[] {
  return typeof data === "object" ? [...data] : data;
}

/** What the person insists on: writing over what others changed, and a journal of another computer. */
const insistence = { force: z.boolean(), otherComputer: z.literal(true).optional() };

const journalIdSchema = z.string().regex(/^[\w-]+$/, "a journal's id");

/**
 * What is handed to the worker: catalogue ids and chosen data, or the journal to put back. Nothing else: no address, no
 * command, no path.
 */
export const planFileSchema = z.union([
  z.strictObject({
    format: z.literal("mim-mail-plan"),
    version: z.literal(1),
    entries: z
      .array(
        z.union([
          z.strictObject({ id: z.string(), data: z.number().int() }),
          z.strictObject({ action: z.enum(actionIds) }),
        ]),
      )
      .min(1)
      .max(100),
  }),
  z.strictObject({
    format: z.literal("mim-mail-plan"),
    version: z.literal(1),
    /** The journal to undo, null for the last change in force; `force` writes over what someone else changed. */
    undo: z.strictObject({ journal: journalIdSchema.nullable(), ...insistence }),
  }),
  z.strictObject({
    format: z.literal("mim-mail-plan"),
    version: z.literal(1),
    /** The interrupted journal to end. */
    recover: z.strictObject({ journal: journalIdSchema, how: z.enum(["finish", "putBack"]), ...insistence }),
  }),
]);
export type PlanFile = z.infer<typeof planFileSchema>;
export type PlanEntries = Extract<PlanFile, { entries: unknown }>["entries"];

const head = { format: "mim-mail-plan", version: 1 } as const;

/** The plan that sets values and runs actions. */
export function changePlan(entries: PlanEntries): PlanFile {
  return { ...head, entries };
}

/** The plan that puts back what a journal found. */
export function undoPlan(undo: Extract<PlanFile, { undo: unknown }>["undo"]): PlanFile {
  return { ...head, undo };
}

/** The plan that ends an interrupted journal. */
export function recoverPlan(recover: Extract<PlanFile, { recover: unknown }>["recover"]): PlanFile {
  return { ...head, recover };
}

/** What is asked for when rows of a plan are chosen, and what is done beside them. A value that is not to be is none. */
export function entriesOf(
  rows: readonly Pick<PlanRow, "id" | "to">[],
  {
    copyConfig = false,
    restartService = false,
  }: { readonly copyConfig?: boolean; readonly restartService?: boolean } = {},
): PlanEntries {
  return [
    ...rows.flatMap(({ id, to }) => (to === "absent" ? [] : [{ id, data: Number(to.data) }])),
    ...(copyConfig ? [{ action: "copyConfig" as const }] : []),
    ...(restartService ? [{ action: "restartService" as const }] : []),
  ];
}

/** One value the worker may set: an entry of the catalogue and the data chosen for it. */
export interface ChosenValue {
  readonly change: ValueChange;
  readonly data: number;
}

/** What a plan asks for, each part found in the catalogue; or the first thing that is not in it. */
export type CheckedPlan =
  | {
      readonly ok: true;
      readonly values: readonly ChosenValue[];
      readonly actions: readonly (typeof actionIds)[number][];
    }
  | { readonly ok: false; readonly unknownEntry: string };

/** Holds a plan against the catalogue. One unknown entry, one value twice or data that is not allowed refuses it whole. */
export function checkPlan(entries: PlanEntries): CheckedPlan {
  const values: ChosenValue[] = [];
  const actions: ActionId[] = [];
  for (const entry of entries) {
    if ("action" in entry) {
      actions.push(entry.action);
      continue;
    }
    const change = valueChange(entry.id);
    if (change === null) return { ok: false, unknownEntry: `${entry.id} is not in the catalogue` };
    if (!change.allowed.includes(entry.data))
      return { ok: false, unknownEntry: `${entry.id} may not be ${entry.data}` };
    if (values.some(({ change: { id } }) => id === entry.id)) {
      return { ok: false, unknownEntry: `${entry.id} is named twice` };
    }
    values.push({ change, data: entry.data });
  }
  return { ok: true, values, actions };
}
