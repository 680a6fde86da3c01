import { askRelay, type RelayPorts } from "../cloud/relay-probe.ts";
import type { RelayQuestion } from "../cloud/relay-question.ts";
import type { RelayCheck } from "../contract/history.ts";
import type { Server } from "../server/server.ts";
import { saveRelayCheck } from "./saved-check.ts";

/** How a relay is asked. */
export type AskRelay = (question: RelayQuestion, ports: RelayPorts) => Promise<RelayCheck>;

/**
 * Asks the relay from this computer, by Windows' own way as well where the server has one, and keeps the answer for later
 * looks of it; the practice server has a relay of its own. A conversation that was stopped is not kept.
 * @throws InputProblem when it cannot be kept; the signal's reason when it was stopped
 */
export async function checkRelay(
  server: Server,
  question: RelayQuestion,
  { home, ask, ...ports }: RelayPorts & { readonly home: string; readonly ask?: AskRelay | undefined },
): Promise<RelayCheck> {
  const asked = await (ask ?? server.rehearsal?.askRelay ?? askRelay)(question, ports);
  ports.signal?.throwIfAborted();
  // After it and not beside it: some relays take one conversation from a computer at a time.
  if (server.probeRelay) ports.progress?.(`Asking ${question.host} by way of .NET Framework`, 0.9);
  const windows = await server.probeRelay?.(question, ports.signal);
  const check = windows === undefined ? asked : { ...asked, windows };
  if (server.rehearsal) await server.rehearsal.keepRelayCheck(check);
  // Of another computer this one's way to the relay says nothing.
  else if (server.local) await saveRelayCheck(home, check);
  return check;
}
