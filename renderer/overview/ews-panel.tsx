import { Link, makeStyles, Radio, RadioGroup, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { ewsDecisionWords } from "../../electron/contract/ews-retirement.ts";
import type { State } from "../../electron/contract/state.ts";
import type { Target } from "../../electron/contract/target.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { ewsDatesIn } from "../store/ews-dates.ts";
import { useTargetField } from "../store/target-field.ts";
import { readableDay } from "../ui/day.ts";
import { Panel } from "../ui/panel.tsx";
import { counted } from "../ui/phrases.ts";

type Decision = NonNullable<Target["ewsDecision"]>;

const useStyles = makeStyles({
  text: { margin: "0 0 4px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  choices: { margin: "0 0 8px -8px" },
});

const decisions = Object.keys(ewsDecisionWords) as readonly Decision[];

/** How long Exchange Online goes on taking MIM's Office 365 mail, and what is decided about it; nothing where it is not wanted. */
export function EwsPanel({ state }: { readonly state: State }): ReactElement | null {
  const styles = useStyles();
  const editTarget = useAssistant((store) => store.editTarget);
  const turning = useAssistant((store) => store.work === "turn");
  const decided = useTargetField("ewsDecision");
  const dates = ewsDatesIn(state);
  if (dates === null) return null;
  const over = dates.daysLeft <= 0;
  return (
    <Panel
      title={over ? "EWS has ended" : `EWS ends in ${counted(dates.daysLeft, "day")}`}
      tone={decided === undefined || over ? "note" : "plain"}
      holds="allServers"
    >
      <p className={styles.text}>
        {over ? "Since" : "On"} {readableDay(dates.ends)} Exchange Online {over ? "has stopped" : "stops"} what MIM’s
        Office 365 mail uses.{over || decided !== undefined ? "" : " Which way do you go?"}
      </p>
      {!over && (
        <RadioGroup
          className={styles.choices}
          aria-label="Which way to go when Exchange Web Services end"
          value={decided ?? ""}
          disabled={turning}
          data-ews-decision={decided ?? "none"}
          onChange={(_event, { value }) => editTarget({ ewsDecision: value as Decision }, "now")}
        >
          {decisions.map((decision) => (
            <Radio key={decision} value={decision} label={ewsDecisionWords[decision]} />
          ))}
        </RadioGroup>
      )}
      {decided === "smtp" || over ? (
        <Link href="#smtpPlan">Plan the way from EWS to SMTP</Link>
      ) : (
        <Link href="#exchange">What to do about it</Link>
      )}
    </Panel>
  );
}
