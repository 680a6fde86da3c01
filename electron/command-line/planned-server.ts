import { Option } from "commander";
import { planWith } from "../changes/plan.ts";
import type { Plan } from "../contract/change.ts";
import { type TlsProfile, tlsProfileSchema } from "../contract/target.ts";
import type { Recording } from "../recording/recording.ts";
import type { Context } from "./io.ts";
import { wantedFor } from "./judged-server.ts";
import { type NamedServer, namedServers, openServer } from "./server-option.ts";

export interface ServerOptions {
  readonly server?: string;
}

export interface ProfileOptions extends ServerOptions {
  readonly profile?: TlsProfile;
  readonly pollExchange?: "on" | "off";
}

/** A server with the TLS profile that counts for it. */
export interface ProfiledServer {
  readonly named: NamedServer;
  readonly profile: TlsProfile;
  /** Where the profile came from, in words. */
  readonly profileFrom: string;
}

/** A server that was looked at, and what a profile would change on it. */
export interface PlannedServer extends ProfiledServer {
  readonly recording: Recording;
  readonly plan: Plan;
}

/** `--profile`: how far TLS goes. */
export function profileOption(): Option {
  return new Option(
    "--profile <profile>",
    "guide: TLS 1.2 alone, and .NET; minimum: only what mail needs; the default is the target's, else guide",
  ).choices(tlsProfileSchema.options);
}

/** `--poll-exchange`: whether the service reads the replies in its mailbox. */
export function pollExchangeOption(): Option {
  return new Option(
    "--poll-exchange <on|off>",
    "let the service read the replies in its mailbox, or not; alone, without --profile, nothing else is planned",
  ).choices(["on", "off"]);
}

/** Opens the server named, or the default one, without looking at it. Throws InputProblem. */
export function openNamed(options: ServerOptions, context: Context): Promise<NamedServer> {
  const [name = ""] = namedServers(options.server === undefined ? undefined : [options.server], context);
  return openServer(name, context);
}

/** The profile given, or the one its target asks for. Throws InputProblem when the target cannot be read. */
export async function profiled(
  named: NamedServer,
  given: TlsProfile | undefined,
  context: Context,
): Promise<ProfiledServer> {
  if (given !== undefined) return { named, profile: given, profileFrom: "as given" };
  const { farmTarget, targetFrom } = await wantedFor(named, undefined, context.home);
  return { named, profile: farmTarget.target.tlsProfile, profileFrom: targetFrom };
}

/** Looks at a server and plans its profile, or what else was asked for. Never writes. */
export async function planned(
  server: ProfiledServer,
  { profile, pollExchange }: ProfileOptions,
): Promise<PlannedServer> {
  const recording = await server.named.server.look();
  const pollsAlone = pollExchange !== undefined && profile === undefined;
  const plan = planWith(recording, {
    profile: pollsAlone ? null : server.profile,
    pollExchange: pollExchange === undefined ? null : pollExchange === "on",
  });
  return { ...server, ...(pollsAlone ? { profileFrom: "left alone" } : {}), recording, plan };
}
