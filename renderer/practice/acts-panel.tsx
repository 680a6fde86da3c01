import type { ReactElement } from "react";
import { useAssistant } from "../store/assistant-store.ts";
import { Panel } from "../ui/panel.tsx";
import { Acts } from "./acts.tsx";

/** What can be done on the practice server at once, on the screen that waits for it; null on any other server. */
export function ActsPanel(): ReactElement | null {
  const isPractice = useAssistant((store) => store.state?.practice != null);
  return isPractice ? (
    <Panel title="On the practice server">
      <Acts />
    </Panel>
  ) : null;
}
