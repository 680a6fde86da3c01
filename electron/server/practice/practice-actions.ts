import type { ServerActions } from "../../changes/run-plan.ts";
import { configPath, executableIn, serviceKey, serviceName } from "../../facts/service.ts";
import { withServiceStarted } from "./practice-mail.ts";
import type { PracticeStore } from "./practice-store.ts";

/** What may be done to the practice server besides setting values: its service starts anew, its configuration is copied. */
export function createPracticeActions(
  store: PracticeStore,
  now: () => Date,
): Pick<ServerActions, "restartService" | "copyConfig"> {
  return {
    async restartService() {
      const state = await store.open();
      if (state.services[serviceName]?.state !== "present") throw new Error(`there is no service ${serviceName}`);
      await store.save(withServiceStarted(state, now()));
    },
    async copyConfig() {
      const state = await store.open();
      const imagePath = state.registry[serviceKey]?.["ImagePath"];
      const path =
        imagePath !== undefined && "data" in imagePath ? configPath(executableIn(String(imagePath.data))) : "";
      const text = state.texts[path];
      if (text?.state !== "present") throw new Error("the service's configuration file was not found");
      const copy = `${path}.${now().toISOString().replace(/[:.]/g, "-")}.copy`;
      await store.save({
        ...state,
        files: { ...state.files, [copy]: { state: "present", version: null } },
        texts: { ...state.texts, [copy]: text },
      });
      return copy;
    },
  };
}
