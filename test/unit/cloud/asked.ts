import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkCloud, cloudQuestion } from "../../../electron/assistant/cloud.ts";
import { farmTargetOf } from "../../../electron/assistant/farm-target.ts";
import { judgeServer } from "../../../electron/assistant/judged.ts";
import { saveCloudCheck } from "../../../electron/assistant/saved-check.ts";
import type { CloudPorts, CloudResult } from "../../../electron/cloud/cloud-check.ts";
import { nodeHttp } from "../../../electron/cloud/node-http.ts";
import { clientSecretFrom } from "../../../electron/cloud/secret.ts";
import type { Checklist, Finding, FindingId } from "../../../electron/contract/checklist.ts";
import { defaultTarget, type Target } from "../../../electron/contract/target.ts";
import { readRecording } from "../../../electron/recording/read-recording.ts";
import type { Recording } from "../../../electron/recording/recording.ts";
import { createRecordedServer } from "../../../electron/server/recorded/recorded-server.ts";
import { application, authority, mailbox, type StandIn, tenant } from "./stand-in.ts";

const configured = readRecording(readFileSync("assets/practice/configured.json"), "configured.json");

/** The server without a configuration, so that its own address is not known. */
export const withoutAddress: Recording = { ...configured, texts: {} };

export const target: Target = {
  ...defaultTarget,
  applicationId: application,
  tenantId: tenant,
  serviceEmail: mailbox,
};

/** A check as it was made, with everything it left behind. */
export interface Asked {
  readonly result: CloudResult;
  readonly checklist: Checklist;
  /** What cloud-check.json held. */
  readonly kept: string;
  readonly finding: (id: FindingId) => Finding;
}

export interface AskOptions {
  readonly target?: Partial<Target>;
  readonly today?: string;
  readonly dod?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** What was seen on the server. */
  readonly recording?: Recording;
  readonly ports?: Partial<CloudPorts>;
}

/** Makes a check against a stand-in, keeps it in a folder of its own, and judges a server with it. */
export async function ask(
  standIn: StandIn,
  secret: string,
  {
    target: changed = {},
    today = "2026-11-23",
    dod = false,
    environment = {},
    recording = configured,
    ports = {},
  }: AskOptions = {},
): Promise<Asked> {
  const home = await mkdtemp(join(tmpdir(), "mim-cloud-"));
  const wanted = { ...target, ...changed };
  try {
    const question = cloudQuestion({ target: wanted, recording, today, dod });
    const server = createRecordedServer({ label: "MIM01", recording });
    const seen = judgeServer({ server, recording, farmTarget: farmTargetOf(wanted), today });
    const { result, checklist } = await checkCloud(seen, question, clientSecretFrom(secret), {
      keep: (check) => saveCloudCheck(home, check),
      http: nodeHttp({ environment, authorities: [authority] }),
      now: () => new Date(),
      hosts: standIn.hosts,
      timeLimit: 5_000,
      untried: "Not tried",
      ...ports,
    });
    const findings = checklist.steps.flatMap((step) => step.findings);
    return {
      result,
      checklist,
      kept: await readFile(join(home, "cloud-check.json"), "utf8"),
      finding: (id) => {
        const found = findings.find((one) => one.id === id);
        if (found === undefined) throw new Error(`no finding ${id}`);
        return found;
      },
    };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
