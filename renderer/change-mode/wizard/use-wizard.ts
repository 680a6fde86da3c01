import type { InstallerWatch } from "../../../electron/contract/change-mode.ts";
import type { WizardPage } from "../../../electron/contract/wizard.ts";
import { useAssistant } from "../../store/assistant-store.ts";

/** The installer's pages as they are shown, and the run they stand in; empty while no server was read. */
export function useWizard(): { readonly pages: readonly WizardPage[]; readonly watch: InstallerWatch | null } {
  const state = useAssistant((store) => store.state);
  return { pages: state?.wizard.pages ?? [], watch: state?.changeMode.watch ?? null };
}
