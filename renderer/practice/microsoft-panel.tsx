import type { ReactElement } from "react";
import { useAssistant } from "../store/assistant-store.ts";
import { Panel } from "../ui/panel.tsx";
import { Microsoft } from "./microsoft.tsx";

/** The simulated Microsoft, on the screens that ask it; null on any server but the practice server. */
export function MicrosoftPanel({ offersIds = false }: { readonly offersIds?: boolean }): ReactElement | null {
  const isSimulated = useAssistant((store) => store.state?.cloud.simulated === true);
  return isSimulated ? (
    <Panel title="Microsoft, for practice">
      <Microsoft offersIds={offersIds} />
    </Panel>
  ) : null;
}
