import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAssistant } from "../../../electron/assistant/assistant.ts";
import type { CloudWays } from "../../../electron/assistant/cloud-access.ts";
import { dispatch } from "../../../electron/assistant/dispatch.ts";
import { bareShell } from "../../../electron/assistant/window-shell.ts";
import type { HttpPort } from "../../../electron/cloud/http.ts";
import { nodeHttp } from "../../../electron/cloud/node-http.ts";
import type { Finding, FindingId } from "../../../electron/contract/checklist.ts";
import type { CloudRow } from "../../../electron/contract/cloud.ts";
import type { MethodName, MethodOutput } from "../../../electron/contract/methods.ts";
import type { Outcome } from "../../../electron/contract/outcome.ts";
import type { Target } from "../../../electron/contract/target.ts";
import { target } from "./asked.ts";
import { authority, type StandIn } from "./stand-in.ts";

/** A window's trusted side on the practice server, with a stand-in in the place of Microsoft's cloud. */
export interface CloudCheckCase {
  readonly home: string;
  /** Everything that crossed the bridge: what was asked, answered and told, as it was sent. */
  readonly crossed: unknown[];
  readonly call: <Name extends MethodName>(name: Name, input?: unknown) => Promise<Outcome<MethodOutput<Name>>>;
  /** The value of a call that succeeds. */
  readonly got: <Name extends MethodName>(name: Name, input?: unknown) => Promise<MethodOutput<Name>>;
  readonly close: () => Promise<void>;
}

export interface CloudCheckCaseOptions {
  readonly standIn: StandIn;
  readonly environment?: Readonly<Record<string, string>>;
  readonly http?: HttpPort;
  readonly ways?: Partial<CloudWays>;
  readonly target?: Partial<Target>;
  readonly today?: string;
  /** `win32` for a live server, which the test has to stand in for. */
  readonly platform?: NodeJS.Platform;
}

export async function cloudCheckCase(options: CloudCheckCaseOptions): Promise<CloudCheckCase> {
  const { standIn, environment = {}, today = "2026-11-23" } = options;
  const home = await mkdtemp(join(tmpdir(), "mim-dependencies-"));
  const crossed: unknown[] = [];
  // Half a day from any day's edge, so that the zone of the machine does not matter; and the seconds go on.
  const started = Date.now();
  const now = (): Date => new Date(Date.parse(`${today}T12:00:00Z`) + (Date.now() - started));
  const handlers = createAssistant({
    home,
    assets: join(import.meta.dirname, "../../../assets"),
    version: "1.2.3",
    platform: options.platform ?? "linux",
    now: options.today === undefined ? () => new Date() : now,
    emit: (name, value) => void crossed.push({ event: name, value }),
    shell: { ...bareShell, http: options.http ?? nodeHttp({ environment, authorities: [authority] }) },
    cloud: { hosts: standIn.hosts, timeLimit: 5_000, ...options.ways },
  });
  const call: CloudCheckCase["call"] = async (name, input = null) => {
    const answered = await dispatch(handlers, name, input);
    // The secret itself comes in this way; nothing else may carry it.
    crossed.push(name === "checkCloud" ? { name, answered } : { name, input, answered });
    return answered as never;
  };
  const got: CloudCheckCase["got"] = async (name, input) => {
    const answered = await call(name, input);
    if (!answered.ok) throw new Error(`${name}: ${answered.error.message}`);
    return answered.value;
  };
  await got("setTarget", { ...target, ...options.target });
  return { home, crossed, call, got, close: () => rm(home, { recursive: true, force: true }) };
}

/** A row of an answer. */
export function rowIn({ answer }: MethodOutput<"checkCloud">, id: CloudRow["id"]): CloudRow {
  const row = answer.rows.find((one) => one.id === id);
  if (row === undefined) throw new Error(`no row ${id}`);
  return row;
}

export function findingIn({ state }: Pick<MethodOutput<"checkCloud">, "state">, id: FindingId): Finding {
  const found = state.checklist.steps.flatMap(({ findings }) => findings).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no finding ${id}`);
  return found;
}
