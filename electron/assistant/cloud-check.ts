import type { CloudState } from "../contract/cloud.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { UseCases } from "./bind.ts";
import type { Desk, Judged } from "./desk.ts";

const notYet = (): never => {
  throw new InputProblem("not-available", "not built yet", "Microsoft's cloud", "Use mim-mail cloud-check.");
};

/** Asking Microsoft's cloud. */
export function cloudUseCases(_desk: Desk): Pick<UseCases, "checkCloud" | "cancelCloudCheck"> {
  return { checkCloud: notYet, cancelCloudCheck: notYet };
}

/** What the window shows of Microsoft's cloud. */
export function cloudStateOf(_desk: Desk, { recording }: Judged): CloudState {
  return {
    refusal: null,
    question: null,
    asksDod: false,
    last: recording.cloud ?? null,
    lastFits: false,
    answer: null,
    commands: [],
    setUp: [],
  };
}
