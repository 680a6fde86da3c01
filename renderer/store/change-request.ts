import type { ChangeResult } from "../../electron/contract/change.ts";
import type { FindingId } from "../../electron/contract/checklist.ts";
import type { Bridge, MethodOutput } from "../../electron/contract/methods.ts";
import type { Outcome, Problem } from "../../electron/contract/outcome.ts";

/**
 * Something that changes the server: the planned changes chosen, or what is done with a journal. `putBack` undoes a
 * change, `again` undoes an undo, `finish` and `rollBack` end one that was interrupted.
 */
export type ChangeRequest =
  | {
      readonly what: "apply";
      readonly ids: readonly string[];
      /** The finding that offers them, where the profile does not plan them. */
      readonly offer?: FindingId;
      readonly copyConfig: boolean;
      readonly restartService: boolean;
    }
  | {
      readonly what: "putBack" | "again" | "finish" | "rollback";
      readonly journal: string;
      /** Writes over what someone else has changed since. */
      readonly force: boolean;
    };

/** True for a request that sets nothing and starts the service anew. */
export function isRestart(request: ChangeRequest): boolean {
  return request.what === "apply" && request.ids.length === 0 && request.restartService;
}

/** How a request ended: what the trusted side did, or why there is no answer. */
export type ChangeEnd = { readonly result: ChangeResult } | { readonly problem: Problem };

/** Calls the method of the contract that a request stands for. */
export function sendChange(bridge: Bridge, request: ChangeRequest): Promise<Outcome<MethodOutput<"applyChanges">>> {
  switch (request.what) {
    case "apply": {
      const { ids, offer, copyConfig, restartService } = request;
      return bridge.applyChanges({ ids: [...ids], ...(offer && { offer }), copyConfig, restartService });
    }
    case "putBack":
    case "again":
      return bridge.undoChange({ journal: request.journal, force: request.force });
    case "finish":
    case "rollback": {
      const how = request.what === "finish" ? "finish" : "putBack";
      return bridge.recoverChange({ journal: request.journal, how, force: request.force });
    }
  }
}
