import {
  type Checklist,
  type Evidence,
  type Finding,
  type FindingId,
  findingIds,
  type Step,
  type StepId,
  stepIds,
  stepTitles,
} from "../contract/checklist.ts";
import { countingStatus } from "../contract/findings.ts";
import type { Remedy } from "../contract/remedy.ts";
import { worstStatus } from "../contract/status.ts";
import type { Target } from "../contract/target.ts";
import type { Recording } from "../recording/recording.ts";
import { rawValue, type Seen, seenIn } from "../recording/seen.ts";
import { authenticationRules } from "./authentication.ts";
import { azureIdRules } from "./azure-ids.ts";
import { changeModeRules } from "./change-mode.ts";
import { exchangeRules } from "./exchange.ts";
import { mailServerRules } from "./mail-server.ts";
import { remedyFor } from "./remedies.ts";
import type { Case, Rules } from "./rule.ts";
import { serverRules } from "./server.ts";
import { serviceAccountRules } from "./service-account.ts";
import { sources } from "./sources.ts";
import { tlsRules } from "./tls.ts";
import { verifyRules } from "./verify.ts";

const rules: Rules = {
  ...serverRules,
  ...exchangeRules,
  ...tlsRules,
  ...mailServerRules,
  ...authenticationRules,
  ...azureIdRules,
  ...serviceAccountRules,
  ...changeModeRules,
  ...verifyRules,
};

export interface JudgeInput {
  readonly recording: Recording;
  readonly target: Target;
  /** The day of the judgement, `YYYY-MM-DD`: expiry dates and Microsoft's cut-off dates are held against it. */
  readonly today: string;
  readonly server: JudgedAs;
}

/** The server as a checklist names it, and what is known of the program's rights there. */
export interface JudgedAs {
  readonly name: string;
  /** Whether the program runs elevated there, null when Windows does not tell; left out where that has no meaning. */
  readonly elevated?: boolean | null;
}

/**
 * The checklist of a server: every finding of every step, with its evidence. Pure: the same recording, target and
 * day give the same checklist, wherever they are judged.
 */
export function judge({ recording, target, today, server }: JudgeInput): Checklist {
  const given: Case = { seen: seenIn(recording), target, today, elevated: server.elevated };
  const steps = stepIds.map((id) => judgeStep(id, given));
  return { server: server.name, today, verdict: worstStatus(steps.map(({ status }) => status)), steps };
}

function judgeStep(id: StepId, given: Case): Step {
  const findings = findingIds[id].map((finding) => judgeFinding(finding, given));
  return { id, title: stepTitles[id], status: worstStatus(findings.map(countingStatus)), findings };
}

function withPoints(remedy: Remedy, points: readonly string[] | undefined): Remedy {
  return remedy.kind === "confirm" && points !== undefined ? { ...remedy, points: [...points] } : remedy;
}

/** A registry value with its type and raw data; anything else as it is, and a value that was blacked out. */
function withRaw(evidence: Evidence, seen: Seen): Evidence {
  const cut = evidence.address.lastIndexOf("\\");
  if (cut < 0 || !evidence.address.startsWith("HK")) return evidence;
  const fact = seen.value(evidence.address.slice(0, cut), evidence.address.slice(cut + 1));
  const raw = fact.state === "present" ? rawValue(fact.value) : null;
  return raw === null ? evidence : { ...evidence, raw };
}

function judgeFinding(id: FindingId, given: Case): Finding {
  const { title, judge: ruling } = rules[id];
  const verdict = ruling(given);
  const acceptances = (given.target.accepted ?? []).filter(({ finding }) => finding === id);
  const standing = acceptances.find(({ until }) => given.today <= until);
  const lapsed = standing === undefined ? acceptances.at(-1) : undefined;
  const advice = [...(verdict.advice ?? [])];
  if (lapsed !== undefined) advice.push(`Accepted by ${lapsed.by} until ${lapsed.until}; that date has passed.`);
  return {
    id,
    status: verdict.status,
    title,
    actual: verdict.actual,
    expected: verdict.expected,
    advice,
    remedy: withPoints(remedyFor(id, verdict.status, given), verdict.points),
    evidence: (verdict.evidence ?? []).map((one) => withRaw(one, given.seen)),
    sources: (verdict.sources ?? []).map((name) => ({ ...sources[name] })),
    accepted: standing === undefined ? null : { reason: standing.reason, by: standing.by, until: standing.until },
  };
}
