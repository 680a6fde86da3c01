import type { ReactElement } from "react";
import { useAssistant } from "../store/assistant-store.ts";
import { Columns } from "../ui/columns.tsx";
import { EwsPanel } from "./ews-panel.tsx";
import { Afterwards, Finished } from "./finished.tsx";
import { LatestPanel } from "./latest-panel.tsx";
import { NextCard } from "./next-card.tsx";
import { isFinished } from "./overview-labels.ts";
import { StageBar } from "./stage-bar.tsx";
import { ToDoList } from "./to-do-list.tsx";

/** Home: how far the job is, what comes next, and everything that is open with its own control; at the end, the end. */
export function OverviewScreen(): ReactElement | null {
  const state = useAssistant((store) => store.state);
  if (state === null) return null;
  const finished = isFinished(state);
  return (
    <>
      <StageBar checklist={state.checklist} />
      <Columns
        main={
          finished ? (
            <Finished state={state} />
          ) : (
            <>
              <NextCard state={state} />
              <ToDoList state={state} />
            </>
          )
        }
        aside={
          <>
            <EwsPanel state={state} />
            {finished ? <Afterwards state={state} /> : <LatestPanel state={state} />}
          </>
        }
      />
    </>
  );
}
