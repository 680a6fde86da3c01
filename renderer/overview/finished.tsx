import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { State } from "../../electron/contract/state.ts";
import { readableMoment } from "../ui/day.ts";
import { Panel } from "../ui/panel.tsx";
import { DatesPanel } from "./dates-panel.tsx";
import { DonePanel } from "./done-panel.tsx";
import { ReportCard } from "./report-card.tsx";

const useStyles = makeStyles({ text: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 } });

/** The end of the job: the report, what was done, and what remains dated. */
export function Finished({ state }: { readonly state: State }): ReactElement {
  return (
    <>
      <ReportCard state={state} />
      <DonePanel state={state} />
      <DatesPanel state={state} />
    </>
  );
}

/** What is good to know once the job is done. */
export function Afterwards({ state }: { readonly state: State }): ReactElement {
  const styles = useStyles();
  return (
    <>
      <Panel title="Another MIM Service server?">
        <p className={styles.text}>
          Each server has values of its own, encrypted there by its own account. Run Change mode on each of them; the
          report puts recordings of several servers side by side.
        </p>
      </Panel>
      <Panel title="If mail stops one day">
        <p className={styles.text}>
          Start the assistant: it looks at the server and this page names what is open. With this report, or a recording
          of {readableMoment(state.server.lookedAt, state.checklist.today)}, Before and now shows what changed since.
        </p>
      </Panel>
    </>
  );
}
