import type { Verification } from "../contract/verify.ts";
import type { Judged } from "./desk.ts";

/** What the Verify screen shows beside the findings. */
export function verificationOf(_judged: Judged): Verification {
  return { timeline: [], leftOut: 0, trace: { state: "unknown", text: "", address: null, advice: [] } };
}
