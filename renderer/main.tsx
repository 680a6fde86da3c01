import { createRoot } from "react-dom/client";
import { useAssistant } from "./app/assistant-store.ts";
import { AssistantWindow } from "./app/assistant-window.tsx";
import type { Connection } from "./app/connection.ts";
import { FaultBoundary } from "./app/fault-boundary.tsx";
import { WindowFault } from "./app/window-fault.tsx";

/** In Electron the preload has set the bridge; in a browser it is made here, before anything asks for it. */
async function bridge(): Promise<Connection | null> {
  if (window.assistant !== undefined) return null;
  const { connectPreview } = await import("./preview-bridge.ts");
  const preview = connectPreview(window.location);
  window.assistant = preview.bridge;
  return preview.connection;
}

const place = document.getElementById("window");
if (place === null) throw new Error("index.html has no place for the window");
createRoot(place).render(
  <FaultBoundary fallback={(message, tries, goOn) => <WindowFault message={message} tries={tries} onReopen={goOn} />}>
    <AssistantWindow />
  </FaultBoundary>,
);
useAssistant.getState().start(await bridge());
