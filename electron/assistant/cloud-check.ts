import { allowListCommands } from "../cloud/allow-list.ts";
import { applicationSetUp } from "../cloud/application-setup.ts";
import type { CloudQuestion } from "../cloud/cloud-check.ts";
import { cloudOf, clouds } from "../cloud/clouds.ts";
import type { HttpPort } from "../cloud/http.ts";
import { nodeHttp } from "../cloud/node-http.ts";
import { clientSecretFrom } from "../cloud/secret.ts";
import { windowHttp } from "../cloud/window-http.ts";
import type { CloudAnswer, CloudState } from "../contract/cloud.ts";
import { isOffice365 } from "../contract/mail-server.ts";
import { cloudWanted, otherParts, wantedMailbox } from "../facts/cloud.ts";
import { commandValues } from "../facts/exchange-commands.ts";
import { applicationId } from "../facts/mail.ts";
import { knownValue } from "../recording/fact.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { seenIn } from "../recording/seen.ts";
import type { Rehearsal, Server } from "../server/server.ts";
import type { UseCases } from "./bind.ts";
import { checkCloud, cloudQuestion } from "./cloud.ts";
import type { CloudAccess } from "./cloud-access.ts";
import { cloudAnswer } from "./cloud-answer.ts";
import type { Judged } from "./judged.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import type { Uses } from "./parts.ts";
import { refusalOf } from "./refusal.ts";
import { saveCloudCheck } from "./saved-check.ts";
import type { WindowShell } from "./window-shell.ts";

const lookedAtProblem = (label: string): InputProblem =>
  new InputProblem(
    "recorded",
    "a recording or another computer shows what was seen there, and is not asked for",
    label,
    "Turn to this server or the practice server and check there; mim-mail cloud-check --server asks with a recording's IDs.",
  );

/** Asking Microsoft's cloud, and stopping that. */
export function cloudUseCases({
  session,
  judged,
  stateOf,
  cloud,
  shell,
  home,
  now,
  emit,
}: Uses<"session" | "judged" | "stateOf" | "cloud" | "shell" | "home" | "now" | "emit">) {
  const checks = oneAtATime("a check");

  /** Asks; `kept` is called once the answer is kept, and stopping it comes too late. */
  async function asked(
    { secret: typed, dod }: { readonly secret: string; readonly dod: boolean },
    signal: AbortSignal,
    kept: () => void,
  ): Promise<CloudAnswer> {
    const secret = clientSecretFrom(typed);
    const seen = await judged();
    const { server, recording, target, checklist } = seen;
    if (!server.local) throw lookedAtProblem(server.label);
    const question = cloudQuestion({ target, recording, today: checklist.today, dod });
    const simulated = simulatedFor(cloud, server);
    const checked = await checkCloud(seen, question, secret, {
      ...cloud.ways,
      keep: simulated?.keepCloudCheck ?? ((check) => saveCloudCheck(home, check)),
      http: simulated?.microsoft ?? httpOf(shell),
      now,
      signal,
      untried: "Tried on a live server only: the practice server has no network of its own.",
      progress: (text, fraction) => emit("progress", { task: "cloud", text, fraction }),
    });
    kept();
    session.note({ cloud: checked.result.check });
    const answer = cloudAnswer(checked);
    cloud.answered = { question, server, answer };
    return answer;
  }

  return {
    checkCloud: (input) =>
      checks.run("Microsoft's cloud", async (signal) => {
        let isKept = false;
        try {
          const answer = await asked(input, signal, () => {
            isKept = true;
          });
          return { answer, state: await stateOf() };
        } catch (error) {
          throw signal.aborted && !isKept ? stopped() : error;
        }
      }),
    cancelCloudCheck: () => checks.stop(stopped()),
  } satisfies Partial<UseCases>;
}

function stopped(): InputProblem {
  return new InputProblem(
    "cloud-check-cancelled",
    "the check was stopped, and nothing was kept",
    "Microsoft's cloud",
    "Check again when you want to.",
  );
}

/** The window's network stack where there is one; else Node's own, as on the command line. */
function httpOf({ http }: WindowShell): HttpPort {
  return http === null ? nodeHttp({ environment: process.env }) : windowHttp(http);
}

/** What asks a simulated Microsoft; null where there is none, and where tests put hosts of their own. */
function simulatedFor({ ways }: CloudAccess, { rehearsal }: Server): Rehearsal | null {
  return ways.hosts === undefined ? (rehearsal ?? null) : null;
}

/** What the window shows of Microsoft's cloud. */
export function cloudStateOf(
  { answered, ways }: CloudAccess,
  { server, recording, target, checklist: { today } }: Judged,
): CloudState {
  const last = recording.cloud ?? null;
  const asksDod = target.mailServer === "office365Government" && target.authentication === "applicationContext";
  const dod = asksDod && answered?.question.cloud === "governmentDod";
  const asking = questionOf({ server, recording, target }, today, dod);
  const question = "refusal" in asking ? null : asking;
  const fits =
    question !== null && answered !== null && answered.server === server && isSame(question, answered.question);
  const cloud = cloudOf(target.mailServer, { dod }) ?? "global";
  const seen = seenIn(recording);
  const values = commandValues(target, knownValue(applicationId(seen)), wantedMailbox(seen, target));
  const hasCloud = isOffice365(target.mailServer);
  return {
    refusal: "refusal" in asking ? asking.refusal : null,
    question: question && {
      cloud: asksDod && answered === null ? "Office 365 Government GCC High or DoD" : clouds[question.cloud].title,
      applicationId: question.applicationId,
      tenantId: question.tenantId,
      mailbox: question.mailbox,
    },
    asksDod,
    simulated: simulatedFor({ answered, ways }, server) !== null,
    last,
    lastDiffers: last === null ? [] : otherParts(last, cloudWanted(seen, target)),
    answer: fits ? answered.answer : null,
    commands: hasCloud ? allowListCommands(values, cloud) : [],
    setUp: hasCloud ? applicationSetUp(values, cloud) : [],
  };
}

type Asking = CloudQuestion | { readonly refusal: NonNullable<CloudState["refusal"]> };

function questionOf(
  { server, recording, target }: Omit<Judged, "checklist" | "farmTarget">,
  today: string,
  dod: boolean,
): Asking {
  try {
    if (!server.local) throw lookedAtProblem(server.label);
    return cloudQuestion({ target, recording, today, dod });
  } catch (error) {
    return { refusal: refusalOf(error) };
  }
}

/** Whether two questions are about the same application, tenant, mailbox and cloud. */
function isSame(one: CloudQuestion, other: CloudQuestion): boolean {
  return (
    one.cloud === other.cloud &&
    one.applicationId === other.applicationId &&
    one.tenantId === other.tenantId &&
    one.mailbox === other.mailbox
  );
}
