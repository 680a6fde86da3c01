import { relayAnswer } from "../checklist/relay-rows.ts";
import { smtpPlan } from "../checklist/smtp-plan.ts";
import { type RelayQuestion, relayQuestion } from "../cloud/relay-question.ts";
import type { RelayState } from "../contract/relay.ts";
import { relayCheckFor } from "../facts/relay.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { seenIn } from "../recording/seen.ts";
import type { UseCases } from "./bind.ts";
import type { Judged } from "./judged.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import type { Uses } from "./parts.ts";
import { refusalOf } from "./refusal.ts";
import { checkRelay } from "./relay.ts";

type Asked = Pick<Judged, "server" | "recording" | "target">;

/** Asking the relay, and stopping that. */
export function relayUseCases({
  session,
  judged,
  stateOf,
  askRelay,
  home,
  now,
  emit,
}: Uses<"session" | "judged" | "stateOf" | "askRelay" | "home" | "now" | "emit">) {
  const checks = oneAtATime("a check");

  return {
    checkRelay: ({ port, testMail }) =>
      checks.run("relay", async (signal) => {
        const shown = await judged();
        const question = questionOf(shown, port, testMail);
        const check = await checkRelay(shown.server, question, {
          home,
          ask: askRelay,
          now,
          signal,
          progress: (text, fraction) => emit("progress", { task: "relay", text, fraction }),
        }).catch((error: unknown) => {
          throw signal.aborted ? stopped() : error;
        });
        session.note({ relay: check });
        return stateOf();
      }),
    cancelRelayCheck: () => checks.stop(stopped()),
    getSmtpPlan: async () => {
      const { recording, target } = await judged();
      return smtpPlan({ seen: seenIn(recording), target });
    },
  } satisfies Partial<UseCases>;
}

function stopped(): InputProblem {
  return new InputProblem(
    "relay-check-cancelled",
    "the check was stopped, and nothing was kept",
    "relay",
    "Ask again when you want to.",
  );
}

/** What to ask. A test mail goes to the recipient that is wanted for it, and to nobody else. */
function questionOf({ server, recording, target }: Asked, port: number, testMail: boolean): RelayQuestion {
  if (!server.local) {
    throw new InputProblem(
      "recorded",
      "a recording or another computer shows what was seen there, and its relay is not asked",
      server.label,
      "Turn to this server or the practice server and ask there; the way to a relay is another one from each server.",
    );
  }
  const recipient = target.mailTestRecipient;
  if (testMail && recipient === undefined) {
    throw new InputProblem(
      "no-test-recipient",
      "a test mail was asked for, and no recipient is entered for it",
      "target, at mailTestRecipient",
      "Enter the recipient of a test mail on the screen Mail server type.",
    );
  }
  return relayQuestion({
    target,
    recording,
    port,
    ...(testMail && recipient !== undefined ? { sendTo: recipient } : {}),
  });
}

/** What the window shows of the relay. */
export function relayStateOf(shown: Asked): RelayState {
  const { server, recording, target } = shown;
  const asking = askingOf(shown);
  const check = relayCheckFor(seenIn(recording), target);
  return {
    ...asking,
    testRecipient: target.mailTestRecipient ?? null,
    simulated: server.rehearsal !== undefined,
    answer: check === null ? null : relayAnswer(check),
  };
}

function askingOf(shown: Asked): Pick<RelayState, "question" | "refusal"> {
  try {
    const { host, useSsl, sender, inside, outside } = questionOf(shown, 25, false);
    return { question: { host, useSsl, sender, inside, outside }, refusal: null };
  } catch (error) {
    return { question: null, refusal: refusalOf(error) };
  }
}
