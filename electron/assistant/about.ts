import type { UseCases } from "./bind.ts";
import type { Desk } from "./desk.ts";

/** What the program is, and what helps when something is wrong. */
export function aboutUseCases(desk: Desk): Pick<UseCases, "getAbout" | "getDiagnostics"> {
  return {
    getAbout: async () => ({
      version: desk.version,
      commit: null,
      builtOn: null,
      runtime: desk.shell.runtime,
      licences: [],
    }),
    getDiagnostics: async () => ({ text: `MIM Mail Assistant ${desk.version}, ${desk.shell.runtime}` }),
  };
}
