import * as z from "zod";
import { momentSchema } from "./date.ts";

/** A line of the installer's log, without its secrets. */
export const logLineSchema = z.object({ line: z.number().int(), text: z.string() });
export type LogLine = z.infer<typeof logLineSchema>;

/** Why a run failed, or what went wrong in it: in the installer's own words, with the lines of its log around it. */
export const runCauseSchema = z.object({
  text: z.string(),
  line: z.number().int().nullish(),
  lines: z.array(logLineSchema).nullish(),
});
export type RunCause = z.infer<typeof runCauseSchema>;

/** One run of the installer in Change mode, as a recording keeps it. Exit codes are those of msiexec. */
export const installerRunSchema = z.object({
  startedAt: momentSchema.nullish(),
  endedAt: momentSchema.nullish(),
  exitCode: z.number().int().nullish(),
  productCode: z.string().nullish(),
  log: z.string().nullish(),
  /** The first action of the log that failed. */
  firstFailure: z.string().nullish(),
  /** How many secrets in clear the log holds. */
  secretsInLog: z.number().int().nonnegative().nullish(),
  /** What the log told of causes, nearest first. It holds no secret. */
  causes: z.array(runCauseSchema).nullish(),
});
export type InstallerRun = z.infer<typeof installerRunSchema>;

const attemptSchema = z.object({ ok: z.boolean().optional(), error: z.string().optional() });

/** The last check of Microsoft's cloud: the token request, the roles in the token, the probe of the mailbox. */
export const cloudCheckSchema = z.object({
  at: momentSchema,
  signIn: attemptSchema.nullish(),
  roles: z.array(z.string()).nullish(),
  ews: attemptSchema.nullish(),
  /** What it was made with; a check of another application or mailbox says nothing of this one. */
  applicationId: z.string().nullish(),
  tenantId: z.string().nullish(),
  mailbox: z.string().nullish(),
});
export type CloudCheck = z.infer<typeof cloudCheckSchema>;

/** What a relay said to one command: its reply code, 0 for none, and its words without secrets. */
const relayReplySchema = z.object({ taken: z.boolean(), text: z.string() });

/** The last conversation with an SMTP relay. Nothing is sent in it but where `sent` says so. */
export const relayCheckSchema = z.object({
  at: momentSchema,
  host: z.string(),
  port: z.number().int(),
  /** True where STARTTLS was wanted; else it is taken where it is offered. */
  useSsl: z.boolean(),
  /** How it ended, a word of the program's own. */
  state: z.string(),
  /** What decided it: the relay's words, or what the network told. */
  detail: z.string().nullish(),
  sender: z.string(),
  inside: z.string(),
  outside: z.string(),
  /** The addresses of the host, and for Exchange Online's the domain's MX and SPF. */
  addresses: z.array(z.string()),
  mx: z.array(z.string()).nullish(),
  spf: z.string().nullish(),
  banner: z.string().nullish(),
  startTls: z.boolean(),
  tls: z
    .object({
      protocol: z.string().nullable(),
      name: z.string(),
      issuer: z.string(),
      validTo: z.string(),
      /** Why this computer does not trust it; null where it does. */
      fault: z.string().nullable(),
    })
    .nullish(),
  /** The ways to sign in that it offers. */
  mechanisms: z.array(z.string()),
  senderReply: relayReplySchema.nullish(),
  insideReply: relayReplySchema.nullish(),
  outsideReply: relayReplySchema.nullish(),
  /** The same relay by way of .NET Framework and SCHANNEL, up to EHLO or STARTTLS; null where that was not tried. */
  windows: z
    .object({
      /** How it ended, a word of the program's own; `untried` where PowerShell could not try. */
      state: z.string(),
      /** What decided it, on one line. */
      detail: z.string().nullish(),
      /** The version of TLS agreed on, as .NET Framework calls it; null for none. */
      tls: z.string().nullish(),
      /** The common language runtime it ran on. */
      clr: z.string().nullish(),
    })
    .nullish(),
  /** The one test mail that was asked for by name, and what the relay said to it. */
  sent: z.object({ to: z.string(), taken: z.boolean(), text: z.string() }).nullish(),
});
export type RelayCheck = z.infer<typeof relayCheckSchema>;

/** One journal as a recording keeps it: when values were changed and which. */
export const journalEntrySchema = z.object({
  id: z.string().nullish(),
  kind: z.enum(["apply", "undo"]).nullish(),
  /** The journal an undo puts back. */
  of: z.string().nullish(),
  /** When it was made, where a collector knows one moment only. */
  at: momentSchema.nullish(),
  startedAt: momentSchema.nullish(),
  endedAt: momentSchema.nullish(),
  state: z.string().nullish(),
  /** Why it failed; null where it did not, missing where an older build recorded it. */
  reason: z.string().nullish(),
  /** Who had it made, `DOMAIN\user`; missing where the journal does not say. */
  by: z.string().nullish(),
  /** What was changed: registry values as `<key>\<name>`, actions by their catalogue id. */
  changes: z.array(z.object({ address: z.string() })).nullish(),
});
export type JournalEntry = z.infer<typeof journalEntrySchema>;
