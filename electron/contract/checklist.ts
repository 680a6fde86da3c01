import * as z from "zod";
import { daySchema } from "./date.ts";
import { remedySchema } from "./remedy.ts";
import { statusSchema } from "./status.ts";

/** The steps of the checklist in their order, each with the title it has everywhere. */
export const stepTitles = {
  server: "Server",
  tls: "TLS and strong cryptography",
  mailServer: "Mail server type",
  authentication: "Authentication type",
  azureIds: "Azure IDs",
  serviceAccount: "Service account",
  exchange: "Exchange Online",
  changeMode: "Change mode",
  verify: "Verify",
} as const;
export type StepId = keyof typeof stepTitles;
export const stepIds = Object.keys(stepTitles) as readonly StepId[];
export const stepIdSchema = z.enum(stepIds as [StepId, ...StepId[]]);

/** The stages of the job, each with its title and its steps. */
export const stages = [
  {
    id: "prepare",
    title: "Prepare",
    steps: ["server", "tls", "mailServer", "authentication", "azureIds", "serviceAccount", "exchange"],
  },
  { id: "install", title: "Install", steps: ["changeMode"] },
  { id: "prove", title: "Prove", steps: ["verify"] },
] as const satisfies readonly { readonly id: string; readonly title: string; readonly steps: readonly StepId[] }[];
export type StageId = (typeof stages)[number]["id"];

/** Every finding of the checklist, by step, in the order it is shown. Outside programs depend on these ids. */
export const findingIds = {
  server: [
    "server.windows",
    "server.elevation",
    "server.product",
    "server.build",
    "server.media",
    "server.service",
    "server.pollExchange",
    "server.fips",
    "server.keyProtect",
    "server.database",
    "server.sqlClient",
    "server.restartPending",
    "server.backup",
  ],
  tls: [
    "tls.1.0.client",
    "tls.1.0.server",
    "tls.1.1.client",
    "tls.1.1.server",
    "tls.1.2.client",
    "tls.1.2.server",
    "tls.1.3.client",
    "tls.1.3.server",
    "tls.dotnet.v4.64",
    "tls.dotnet.v4.32",
    "tls.dotnet.v2.64",
    "tls.dotnet.v2.32",
    "tls.ciphers",
    "tls.dotnet.update",
    "tls.costs",
    "tls.restart",
  ],
  mailServer: ["mail.serverType", "smtp.relay", "smtp.sender"],
  authentication: ["mail.authentication"],
  azureIds: [
    "azure.applicationId",
    "azure.tenantId",
    "azure.secret",
    "azure.secretExpiry",
    "azure.signIn",
    "azure.role",
    "azure.ews",
  ],
  serviceAccount: ["account.service", "account.sid", "account.email"],
  exchange: ["exchange.ewsEnd", "exchange.allowList", "exchange.mailbox"],
  changeMode: ["change.command", "change.run", "change.log"],
  verify: ["verify.service", "verify.registry", "verify.token", "verify.events", "verify.mail"],
} as const satisfies Readonly<Record<StepId, readonly string[]>>;

export type FindingId = (typeof findingIds)[StepId][number];
export const findingIdSchema = z.enum(Object.values(findingIds).flat() as [FindingId, ...FindingId[]]);

/** One thing that was read to reach a verdict: where, and what stood there. */
export const evidenceSchema = z.object({
  address: z.string(),
  value: z.string(),
  /** Of a registry value as it is stored: its type and raw data, `REG_DWORD 0x00000001`. */
  raw: z.string().optional(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** A page a rule rests on, with the day it was last looked at. */
export const sourceSchema = z.object({ title: z.string(), url: z.string(), lookedAt: daySchema });
export type Source = z.infer<typeof sourceSchema>;

/** One check's verdict. `advice` is a list of steps in their order. */
export const findingSchema = z.object({
  id: findingIdSchema,
  status: statusSchema,
  title: z.string(),
  actual: z.string(),
  expected: z.string(),
  advice: z.array(z.string()),
  /** What settles it. */
  remedy: remedySchema,
  evidence: z.array(evidenceSchema),
  sources: z.array(sourceSchema),
  /** Set while someone accepts the finding: it stays visible and does not count. */
  accepted: z.object({ reason: z.string(), by: z.string(), until: daySchema }).nullable(),
});
export type Finding = z.infer<typeof findingSchema>;

/** A screen of the checklist; its status is the worst of its findings that are not accepted. */
export const stepSchema = z.object({
  id: stepIdSchema,
  title: z.string(),
  status: statusSchema,
  findings: z.array(findingSchema),
});
export type Step = z.infer<typeof stepSchema>;

/** What `check --json` prints. `server` is `live`, `practice` or the recording's file as it was named. */
export const checklistSchema = z.object({
  server: z.string(),
  today: daySchema,
  verdict: statusSchema,
  steps: z.array(stepSchema),
});
export type Checklist = z.infer<typeof checklistSchema>;
