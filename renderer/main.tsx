import { createRoot } from "react-dom/client";
import { AssistantWindow } from "./app/assistant-window.tsx";
import { FaultBoundary } from "./app/fault-boundary.tsx";
import { WindowFault } from "./app/window-fault.tsx";
import { useAssistant } from "./store/assistant-store.ts";
import type { Connection } from "./store/connection.ts";
import { AnnounceContext } from "./ui/announce.ts";

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
    <AnnounceContext value={useAssistant.getState().announce}>
      <AssistantWindow />
    </AnnounceContext>
  </FaultBoundary>,
);
useAssistant.getState().start(await bridge());
