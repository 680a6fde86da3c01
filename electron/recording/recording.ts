import * as z from "zod";
import { momentSchema } from "../contract/date.ts";
import { cloudCheckSchema, installerRunSchema, journalEntrySchema, relayCheckSchema } from "../contract/history.ts";
import { plainReason } from "./plain-reason.ts";

/** The largest recording that is read, in bytes. */
export const recordingSizeLimit = 64 * 1024 * 1024;

const wholeNumber = z.number().int();
/** Why something could not be read, as what failed says it itself. */
export const reasonSchema = z.string().transform(plainReason);

const unreadableSchema = z.object({ state: z.literal("unreadable"), reason: reasonSchema });
const absentSchema = z.object({ state: z.literal("absent") });

/** A value that is recorded without its text: a secret, an encrypted secret or a token. */
export const redactedValueSchema = z.object({
  type: z.string(),
  redacted: z.literal(true),
  /** True when it begins like the base64 of a DPAPI blob. */
  looksEncrypted: z.boolean(),
});

/** A number of 64 bits that JSON's own numbers do not hold exactly. */
const quadWordText = z
  .string()
  .regex(/^\d{1,20}$/, "a decimal number")
  .refine((text) => !/^\d{1,20}$/.test(text) || BigInt(text) < 2n ** 64n, "a number of 64 bits");

const dataByType = {
  REG_SZ: z.string(),
  REG_EXPAND_SZ: z.string(),
  REG_LINK: z.string(),
  REG_MULTI_SZ: z.array(z.string()),
  REG_DWORD: wholeNumber.min(0).max(0xffff_ffff),
  REG_DWORD_BIG_ENDIAN: wholeNumber.min(0).max(0xffff_ffff),
  REG_QWORD: z.union([wholeNumber.min(0), quadWordText]),
  REG_BINARY: z.string().regex(/^([0-9a-f]{2})*$/i, "hexadecimal"),
  REG_NONE: z.string().regex(/^([0-9a-f]{2})*$/i, "hexadecimal"),
} as const;

/** The registry types a recording may hold. */
export type RegistryType = keyof typeof dataByType;

/** The data of a registry value: REG_DWORD and REG_QWORD numbers, REG_MULTI_SZ an array, REG_BINARY hexadecimal. */
export type RegistryData = string | number | readonly string[];

/** A value with its data in the form of its type. */
export const plainValueSchema = z
  .object({ type: z.enum(Object.keys(dataByType) as [RegistryType, ...RegistryType[]]), data: z.unknown() })
  .transform((value, context) => {
    const data = dataByType[value.type].safeParse(value.data);
    if (data.success) return { type: value.type, data: data.data as RegistryData };
    for (const issue of data.error.issues) {
      context.addIssue({
        code: "custom",
        path: ["data", ...issue.path],
        message: `${issue.message} for ${value.type}`,
      });
    }
    return z.NEVER;
  });

type PlainValue = z.output<typeof plainValueSchema>;
type RedactedValue = z.output<typeof redactedValueSchema>;

/** One registry value as recorded. Chosen by hand between its two forms, so that a fault names its place. */
export const registryValueSchema = z.unknown().transform((value, context): PlainValue | RedactedValue => {
  const redacted = typeof value === "object" && value !== null && "redacted" in value;
  const parsed = (redacted ? redactedValueSchema : plainValueSchema).safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    context.addIssue({ code: "custom", path: issue.path, message: issue.message });
  }
  return z.NEVER;
});
export type RegistryValue = z.output<typeof registryValueSchema>;

/** One registry key as recorded: its own values, never those of its sub-keys. */
export const registryKeySchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("present"), values: z.record(z.string(), registryValueSchema).default({}) }),
  absentSchema,
  unreadableSchema,
]);
export type RegistryKey = z.output<typeof registryKeySchema>;

export const serviceSchema = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("present"),
    status: z.string(),
    startedAt: momentSchema.nullish(),
    /** The account it runs as, as the service itself says. */
    account: z.string().nullish(),
  }),
  absentSchema,
  unreadableSchema,
]);
export type ServiceFact = z.output<typeof serviceSchema>;

export const fileSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("present"), version: z.string().nullish() }),
  absentSchema,
  unreadableSchema,
]);
export type FileFact = z.output<typeof fileSchema>;

export const textSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("present"), text: z.string() }),
  absentSchema,
  unreadableSchema,
]);
export type TextFact = z.output<typeof textSchema>;

export const accountSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("present"), sid: z.string() }),
  absentSchema,
  unreadableSchema,
]);
export type AccountFact = z.output<typeof accountSchema>;

export const eventSchema = z.object({
  log: z.string(),
  provider: z.string(),
  id: wholeNumber,
  level: z.string().nullish(),
  at: momentSchema,
  text: z.string(),
});
export type EventItem = z.output<typeof eventSchema>;

export const eventsSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("present"), from: momentSchema.nullish(), items: z.array(eventSchema) }),
  absentSchema,
  unreadableSchema,
]);
export type EventsFact = z.output<typeof eventsSchema>;

/** The numbers of the updates that Windows lists as installed. */
export const updatesSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("present"), items: z.array(z.string()) }),
  unreadableSchema,
]);
export type UpdatesFact = z.output<typeof updatesSchema>;

export const windowsSchema = z.object({
  caption: z.string().nullish(),
  build: z.string().nullish(),
  startedAt: momentSchema.nullish(),
  /** Why it could not be read, when it could not. */
  reason: reasonSchema.nullish(),
});
export type WindowsFact = z.output<typeof windowsSchema>;

/**
 * The one form of what was seen on a server, format `mim-mail-recording`, version 1.
 * A key, file or account that is not listed was not recorded; unknown extra keys are ignored.
 */
export const recordingSchema = z.object({
  format: z.literal("mim-mail-recording"),
  version: z.literal(1),
  recordedAt: momentSchema,
  computer: z.string(),
  windows: windowsSchema.nullish(),
  registry: z.record(z.string(), registryKeySchema).default({}),
  services: z.record(z.string(), serviceSchema).default({}),
  files: z.record(z.string(), fileSchema).default({}),
  texts: z.record(z.string(), textSchema).default({}),
  accounts: z.record(z.string(), accountSchema).default({}),
  events: eventsSchema.nullish(),
  updates: updatesSchema.nullish(),
  journal: z.array(journalEntrySchema).default([]),
  installerRuns: z.array(installerRunSchema).default([]),
  cloud: cloudCheckSchema.nullish(),
  /** The last conversation with an SMTP relay, where one was had from this computer. */
  relay: relayCheckSchema.nullish(),
  /** How the server was read, in words, where that is worth knowing. */
  tools: z.array(z.string()).optional(),
});
export type Recording = z.output<typeof recordingSchema>;
