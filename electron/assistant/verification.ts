import { inWords, networkFailure } from "../checklist/network-failures.ts";
import { signInMeaning } from "../checklist/sign-in-errors.ts";
import { confirmationFields } from "../contract/target.ts";
import type { Verification } from "../contract/verify.ts";
import { timelineOf } from "../facts/timeline.ts";
import { traceIn } from "../facts/trace.ts";
import type { Recording } from "../recording/recording.ts";
import type { Judged } from "./judged.ts";

// The window asks for its state after every keystroke of a form; a log of tens of thousands of events is not gone
// through each time.
const made = new WeakMap<Recording, { readonly confirmed: string; readonly verification: Verification }>();

/** What the Verify screen and the report show beside the findings: the line of time, and the service's trace switch. */
export function verificationOf({ recording, target }: Pick<Judged, "recording" | "target">): Verification {
  const known = made.get(recording);
  // Of the target, the line of time shows what was confirmed and nothing else.
  const confirmed = JSON.stringify(confirmationFields.map((field) => target[field]));
  if (known !== undefined && known.confirmed === confirmed) return known.verification;
  const verification = { ...timelineOf(recording, target, meaningOf), trace: traceIn(recording) };
  made.set(recording, { confirmed, verification });
  return verification;
}

function meaningOf(error: string): string | null {
  if (/AADSTS\d+/i.test(error)) return signInMeaning(error).meaning;
  const network = networkFailure(error);
  return network === null ? null : inWords({ meaning: network.meaning, detail: null });
}
