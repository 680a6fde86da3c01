import type { ReactElement } from "react";
import { useAssistant } from "../store/assistant-store.ts";
import { Columns } from "../ui/columns.tsx";
import { EwsPanel } from "./ews-panel.tsx";
import { LatestPanel } from "./latest-panel.tsx";
import { NextCard } from "./next-card.tsx";
import { StageBar } from "./stage-bar.tsx";
import { ToDoList } from "./to-do-list.tsx";

/** Home: how far the job is, what comes next, and everything that is open with its own control. */
export function OverviewScreen(): ReactElement | null {
  const state = useAssistant((store) => store.state);
  if (state === null) return null;
  return (
    <>
      <StageBar checklist={state.checklist} />
      <Columns
        main={
          <>
            <NextCard state={state} />
            <ToDoList state={state} />
          </>
        }
        aside={
          <>
            <EwsPanel state={state} />
            <LatestPanel state={state} />
          </>
        }
      />
    </>
  );
}
