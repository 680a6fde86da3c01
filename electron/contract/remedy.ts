import * as z from "zod";
import type { Confirmations } from "./target.ts";

const ready = z.boolean();

/** The fields of the target that a finding may ask for. */
export const wishFields = [
  "applicationId",
  "tenantId",
  "secretExpires",
  "serviceAccount",
  "serviceEmail",
  "mailServer",
  "mailHost",
] as const;

/** The fields of the target by which a person confirms what only a person can know. */
const confirmableFields = [
  "backupConfirmed",
  "allowListConfirmed",
  "mailboxConfirmed",
  "tlsCostsConfirmed",
  "mailConfirmed",
] as const satisfies readonly (keyof Confirmations)[];

/**
 * What settles a finding. `ready` is true when all that is needed for it is there, so that it can be done next: a wish
 * that is entered and valid waits for Change mode, one that is not has to be entered first.
 */
export const remedySchema = z.discriminatedUnion("kind", [
  /** Setting registry values, by their ids of the catalogue. */
  z.object({ kind: z.literal("apply"), ready, changes: z.array(z.string()) }),
  /** The installer in Change mode. */
  z.object({ kind: z.literal("changeMode"), ready }),
  /** Entering or correcting what is wanted. */
  z.object({ kind: z.literal("enter"), ready, fields: z.array(z.enum(wishFields)) }),
  z.object({
    kind: z.literal("confirm"),
    ready,
    field: z.enum(confirmableFields),
    /** What is to be looked at before it is confirmed. */
    points: z.array(z.string()).optional(),
  }),
  /** The check of Microsoft's cloud. */
  z.object({ kind: z.literal("cloudCheck"), ready }),
  /** The conversation with the SMTP relay. */
  z.object({ kind: z.literal("relayCheck"), ready }),
  z.object({ kind: z.literal("restart"), ready, what: z.enum(["windows", "service"]) }),
  /** Looking again as an administrator. */
  z.object({ kind: z.literal("elevate"), ready }),
  /** Something a person does elsewhere, as the advice says; nothing where the finding is done. */
  z.object({ kind: z.literal("manual"), ready }),
]);
export type Remedy = z.infer<typeof remedySchema>;
export type RemedyKind = Remedy["kind"];
