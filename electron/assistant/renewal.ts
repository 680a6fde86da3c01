import { join } from "node:path";
import * as z from "zod";
import { cloudOf } from "../cloud/clouds.ts";
import { renewalCommands } from "../cloud/secret-renewal.ts";
import type { Checklist } from "../contract/checklist.ts";
import { dayOf, daySchema, momentSchema } from "../contract/date.ts";
import { findingIn } from "../contract/findings.ts";
import { plainGuid } from "../contract/guid.ts";
import { isOffice365 } from "../contract/mail-server.ts";
import { type Renewal, type RenewalStep, type RenewalStepId, renewalSteps } from "../contract/renewal.ts";
import type { Target } from "../contract/target.ts";
import { cloudWanted } from "../facts/cloud.ts";
import { lastInstallerRun, runSucceeded } from "../facts/history.ts";
import { mimService, runsAsGroupManaged } from "../facts/service.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { Recording } from "../recording/recording.ts";
import { seenIn } from "../recording/seen.ts";
import type { UseCases } from "./bind.ts";
import { createJsonStore, type FileStore } from "./file-store.ts";
import type { Uses } from "./parts.ts";

/** What is kept of one application's renewal, so that it can be left and taken up again. Never a secret. */
const noteSchema = z.strictObject({
  startedAt: momentSchema,
  /** When the person said that the new secret was made, and the day it expires. */
  madeAt: momentSchema.nullable(),
  newExpires: daySchema.nullable(),
  /** When the person said that it was checked elsewhere. */
  checkedAt: momentSchema.nullable(),
  removedAt: momentSchema.nullable(),
});
export type RenewalNote = z.infer<typeof noteSchema>;

const notesSchema = z.strictObject({
  format: z.literal("mim-mail-renewals"),
  version: z.literal(1),
  /** By application ID; the practice server's rehearsal stands under `practice`. */
  renewals: z.record(z.string(), noteSchema),
});
export type RenewalNotes = z.infer<typeof notesSchema>;

/** Where the renewals stand, kept in renewals.json of the home folder. */
export function createRenewalStore(home: string, now: () => Date): FileStore<RenewalNotes> {
  return createJsonStore({
    path: join(home, "renewals.json"),
    what: "state of the renewal",
    schema: notesSchema,
    initial: { format: "mim-mail-renewals", version: 1, renewals: {} },
    now,
  });
}

/** A server whose secret is renewed, as it was looked at. */
export interface RenewedServer {
  /** The name its renewal is kept under, where that is not the application's. */
  readonly keptAs?: string | undefined;
  readonly recording: Recording;
  readonly target: Target;
  readonly checklist: Checklist;
}

/** What a person may say of a renewal. */
export type RenewalWord =
  | { readonly say: "start" | "checked" | "removed" | "abandon" }
  | { readonly say: "made"; readonly expires: string };

/** The application's ID, and what its renewal is kept under. Throws InputProblem where there is no secret to renew. */
function applicationOf({ keptAs, recording, target }: RenewedServer): {
  readonly applicationId: string;
  readonly key: string;
} {
  const refused = (what: string, cure: string): InputProblem =>
    new InputProblem("no-renewal", what, recording.computer, cure);
  if (!isOffice365(target.mailServer) || target.authentication !== "applicationContext") {
    throw refused(
      "what is wanted uses no client secret",
      "There is nothing to renew: only Application Context Authentication has one.",
    );
  }
  const applicationId = plainGuid(cloudWanted(seenIn(recording), target).applicationId ?? "");
  if (applicationId === null) {
    throw refused(
      "which application's secret is to be renewed is not known",
      "Enter the Application ID first (step Azure IDs, or applicationId in the target).",
    );
  }
  return { applicationId, key: keptAs ?? applicationId };
}

/** Where a renewal stands: what the person said of it, and what the last look shows. Pure. */
export function renewalOf(server: RenewedServer, notes: RenewalNotes): Renewal {
  const { applicationId, key } = applicationOf(server);
  const { target, checklist, recording } = server;
  const note = Object.hasOwn(notes.renewals, key) ? (notes.renewals[key] ?? null) : null;
  const due = findingIn(checklist, "azure.secretExpiry");
  const proofs = proofsOf(server, note);
  const tenantId = plainGuid(cloudWanted(seenIn(recording), target).tenantId ?? "");
  const commands = renewalCommands({
    applicationId,
    tenantId,
    cloud: cloudOf(target.mailServer, { dod: false }) ?? "global",
  });
  // Once the old secret is removed the renewal is over, whatever happens to the server later.
  const isOver = note === null || note.removedAt !== null;
  const next = isOver ? null : (renewalSteps.find((id) => !proofs[id].done) ?? null);
  const steps = renewalSteps.map((id): RenewalStep => {
    const { text } = proofs[id];
    const before = next !== null && renewalSteps.indexOf(id) < renewalSteps.indexOf(next);
    // What comes after the next step waits, whatever a look shows: it may show what is older than the new secret.
    const state = note !== null && (next === null || before) ? "done" : id === next ? "next" : "waiting";
    return {
      id,
      title: words[id].title,
      state,
      text: state === "waiting" ? "Comes later." : text,
      how: [...words[id].how],
      commands: id === "made" ? commands.make : id === "removed" ? commands.remove : [],
    };
  });
  return {
    startedAt: note?.startedAt ?? null,
    applicationId,
    expires: target.secretExpires ?? null,
    newExpires: note?.newExpires ?? null,
    due: { status: due?.status ?? "pending", text: due?.actual ?? "Not known" },
    steps,
    // A managed account has no password to type again.
    pages:
      next === "changeMode"
        ? ["mailbox", ...(runsAsGroupManaged(seenIn(recording)) ? [] : (["serviceAccount"] as const))]
        : [],
    finished: note !== null && next === null,
  };
}

interface Proof {
  readonly done: boolean;
  readonly text: string;
}

/** What shows each step: a word of the person's, or what was seen after the new secret was made. */
function proofsOf(
  { recording, checklist }: RenewedServer,
  note: RenewalNote | null,
): Readonly<Record<RenewalStepId, Proof>> {
  const seen = seenIn(recording);
  const made = Date.parse(note?.madeAt ?? "");
  const after = (moment: string | null | undefined, than: number): boolean => Date.parse(moment ?? "") >= than;
  const cloud = recording.cloud ?? null;
  const answered = cloud !== null && after(cloud.at, made) && cloud.signIn?.ok === true;
  const refused = cloud !== null && after(cloud.at, made) && cloud.signIn?.ok !== true;
  const run = lastInstallerRun(seen);
  const ran = run !== null && runSucceeded(run) && after(run.endedAt ?? run.startedAt, made);
  const service = mimService(seen);
  const started = service.state === "present" ? service.value.startedAt : null;
  // The installer starts the service itself, after it has written.
  const restarted = ran && after(started, Date.parse(run.startedAt ?? run.endedAt ?? ""));
  const [token, events] = [findingIn(checklist, "verify.token"), findingIn(checklist, "verify.events")];
  const proved = restarted && token?.status === "done" && events?.status === "done";
  return {
    made: {
      done: note?.madeAt != null,
      text: note?.newExpires
        ? `Made; it expires on ${note.newExpires}.`
        : "Say when it is made, and on which day it expires.",
    },
    checked: {
      done: answered || note?.checkedAt != null,
      text: answered
        ? `Microsoft took it at ${cloud?.at}.`
        : note?.checkedAt != null
          ? `Checked elsewhere, as was said at ${note.checkedAt}.`
          : refused
            ? `Microsoft did not take what was typed: ${cloud?.signIn?.error ?? "no reason was given"}. Nothing was changed; MIM still uses the old one.`
            : "Not checked since it was made. Nothing is changed before it is.",
    },
    changeMode: {
      done: ran,
      text: ran
        ? `The installer succeeded at ${run.endedAt ?? run.startedAt}.`
        : "The installer has not succeeded on this server since the new secret was made.",
    },
    restarted: {
      done: restarted,
      text: restarted ? `The service started at ${started}.` : "The service has not started since the installer ran.",
    },
    verified: {
      done: proved,
      text: proved
        ? "The service keeps a token, and nothing went wrong since it started."
        : `Token: ${token?.actual ?? "not known"}. Events: ${events?.actual ?? "not known"}.`,
    },
    removed: {
      done: note?.removedAt != null,
      text: note?.removedAt != null ? `Removed, as was said at ${note.removedAt}.` : "Say when it is removed.",
    },
  };
}

const words: Readonly<Record<RenewalStepId, { readonly title: string; readonly how: readonly string[] }>> = {
  made: {
    title: "Make a new secret beside the old one",
    how: [
      "In the Entra admin centre: App registrations, the application, Certificates & secrets, New client secret. Or run the commands.",
      "Leave the old one: MIM uses it until Change mode has run on every server.",
      "Copy the Value at once, to where your organisation keeps passwords. The Secret ID beside it is not the secret.",
    ],
  },
  checked: {
    title: "Check the new one with Microsoft",
    how: [
      "In the step Azure IDs, or with mim-mail cloud-check: type the new Value. It stays in memory for that check alone.",
      "A new secret may take a few minutes until Microsoft knows it.",
    ],
  },
  changeMode: {
    title: "Run Change mode and type the new one",
    how: [
      "In the wizard only the page Office 365 mailbox changes: type the new Value there. Leave every other page as it is; passwords are not kept, so the service account's is typed again.",
      "Run it on every MIM Service server, one at a time: the encrypted secret cannot be copied. mim-mail farm lists the nodes.",
    ],
  },
  restarted: {
    title: "Restart the MIM Service",
    how: [
      "The installer starts it. If it did not, restart it in the step Verify: it reads the secret only when it starts.",
    ],
  },
  verified: {
    title: "Verify that it signs in with the new one",
    how: [
      "Wait 15 minutes after the start, then look again: a token is kept, and there is no Event 12.",
      "When Windows last wrote the token is not read. That it is a new one is told by this: the service started after Change mode, has signed in, and no error followed.",
    ],
  },
  removed: {
    title: "Remove the old secret",
    how: [
      "Only when every MIM Service server is verified: one that still has the old secret stops sending.",
      "In the Entra admin centre, or with the commands. Look twice at which one ends first.",
    ],
  },
};

/** The notes after a person's word. Throws InputProblem for one that does not fit where the renewal stands. */
export function withWord(server: RenewedServer, notes: RenewalNotes, word: RenewalWord, now: Date): RenewalNotes {
  const { key } = applicationOf(server);
  const at = now.toISOString();
  const note = Object.hasOwn(notes.renewals, key) ? (notes.renewals[key] ?? null) : null;
  const others = Object.entries(notes.renewals).filter(([other]) => other !== key);
  const noted = (changed: RenewalNote | null): RenewalNotes => ({
    ...notes,
    renewals: Object.fromEntries(changed === null ? others : [...others, [key, changed]]),
  });
  const begun = (): RenewalNote => {
    if (note !== null) return note;
    throw new InputProblem(
      "no-renewal",
      "no renewal was begun",
      "renewal",
      "Begin it first: mim-mail renew-secret --start.",
    );
  };
  switch (word.say) {
    case "start":
      if (note !== null && note.removedAt === null) {
        throw new InputProblem(
          "renewal-begun",
          `a renewal was begun already, at ${note.startedAt}`,
          "renewal",
          "Go on with it, or abandon it first: mim-mail renew-secret --abandon.",
        );
      }
      return noted({ startedAt: at, madeAt: null, newExpires: null, checkedAt: null, removedAt: null });
    case "made": {
      if (!daySchema.safeParse(word.expires).success || word.expires <= dayOf(now)) {
        throw new InputProblem(
          "no-day",
          `not a day ahead: ${word.expires}`,
          "renewal",
          "Write the day the new secret expires as YYYY-MM-DD.",
        );
      }
      // A second one in the place of the first asks for everything after it again.
      return noted({ ...begun(), madeAt: at, newExpires: word.expires, checkedAt: null, removedAt: null });
    }
    case "checked":
      if (begun().madeAt === null) throw notYet("made");
      return noted({ ...begun(), checkedAt: at });
    case "removed": {
      const next = renewalOf(server, notes).steps.find(({ state }) => state === "next");
      if (begun() && next?.id !== "removed") throw notYet(next?.id ?? "removed");
      return noted({ ...begun(), removedAt: at });
    }
    case "abandon":
      begun();
      return noted(null);
  }
}

function notYet(step: RenewalStepId): InputProblem {
  return new InputProblem(
    "not-yet",
    `another step comes first: ${words[step].title}`,
    "renewal",
    "MIM uses the old secret until the new one is proved. See the renewal for what is next.",
  );
}

/** What is wanted once the renewal is finished: the day the secret in use expires is the new one's. */
export function targetAfter(target: Target, renewal: Renewal): Target {
  return renewal.finished && renewal.newExpires !== null ? { ...target, secretExpires: renewal.newExpires } : target;
}

/** Moves the moments of a rehearsed renewal back, as all that was seen of the made-up server is when time passes there. */
export async function renewalTimePassed(
  store: FileStore<RenewalNotes>,
  keptAs: string,
  milliseconds: number,
): Promise<void> {
  const notes = await store.read();
  const note = Object.hasOwn(notes.renewals, keptAs) ? notes.renewals[keptAs] : undefined;
  if (note === undefined) return;
  const back = (moment: string): string => new Date(Date.parse(moment) - milliseconds).toISOString();
  const moved: RenewalNote = {
    startedAt: back(note.startedAt),
    newExpires: note.newExpires,
    madeAt: note.madeAt && back(note.madeAt),
    checkedAt: note.checkedAt && back(note.checkedAt),
    removedAt: note.removedAt && back(note.removedAt),
  };
  await store.write({ ...notes, renewals: { ...notes.renewals, [keptAs]: moved } });
}

/** Forgets a rehearsed renewal: its server was started over. */
export async function forgetRenewal(store: FileStore<RenewalNotes>, keptAs: string): Promise<void> {
  const notes = await store.read();
  if (!Object.hasOwn(notes.renewals, keptAs)) return;
  const others = Object.entries(notes.renewals).filter(([other]) => other !== keptAs);
  await store.write({ ...notes, renewals: Object.fromEntries(others) });
}

/** Where the renewal stands once a person has said something of it, or without; what was said is kept. */
export async function renew(
  server: RenewedServer,
  word: RenewalWord | null,
  { store, now }: { readonly store: FileStore<RenewalNotes>; readonly now: () => Date },
): Promise<Renewal> {
  const notes = await store.read();
  if (word === null) return renewalOf(server, notes);
  const said = withWord(server, notes, word, now());
  await store.write(said);
  return renewalOf(server, said);
}

/** Renewing the client secret: where it stands, and what the person says of it. */
export function renewalUseCases(
  {
    now,
    judged,
    session,
    farmTarget,
    keepTarget,
    stateOf,
  }: Uses<"now" | "judged" | "session" | "farmTarget" | "keepTarget" | "stateOf">,
  store: FileStore<RenewalNotes>,
) {
  const shown = async (): Promise<RenewedServer> => {
    const { server, recording, target, checklist } = await judged();
    return { keptAs: server.keptAs, recording, target, checklist };
  };
  return {
    getRenewal: async () => renew(await shown(), null, { store, now }),
    tellRenewal: async ({ word }) => {
      const renewal = await renew(await shown(), word, { store, now });
      if (word.say === "removed") {
        const farm = await farmTarget(await session.shown());
        await keepTarget({ ...farm, target: targetAfter(farm.target, renewal) });
      }
      return { renewal, state: await stateOf() };
    },
  } satisfies Partial<UseCases>;
}
