import { Button, Link } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { FindingId } from "../../electron/contract/checklist.ts";
import type { DateAhead, Nearness } from "../../electron/contract/date-ahead.ts";
import type { State } from "../../electron/contract/state.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { screenName } from "../store/screens.ts";
import { readableDay } from "../ui/day.ts";
import { counted } from "../ui/phrases.ts";
import { Row, RowPanel } from "../ui/row-panel.tsx";
import type { Sign } from "../ui/sign.ts";
import { stepOfFinding } from "./overview-labels.ts";

const signs: Readonly<Record<Nearness, Sign>> = {
  past: "action",
  urgent: "action",
  soon: "attention",
  later: "pending",
};

/** What the button beside a date says, by the finding that tells of it; an accepted risk is looked at. */
const buttonWords: Partial<Readonly<Record<FindingId, string>>> = {
  "exchange.ewsEnd": "Plan",
  "azure.secretExpiry": "How",
};

function whenWords({ daysLeft }: DateAhead): string {
  if (daysLeft === 0) return "today";
  return daysLeft < 0 ? `${counted(-daysLeft, "day")} ago` : `in ${counted(daysLeft, "day")}`;
}

/** The days on which something ends, and the way to have them in a calendar; nothing where there is none. */
export function DatesPanel({ state }: { readonly state: State }): ReactElement | null {
  const go = useAssistant((store) => store.go);
  const offer = useAssistant((store) => store.offer);
  const { datesAhead, checklist, target } = state;
  if (datesAhead.length === 0) return null;
  const findings = checklist.steps.flatMap((step) => step.findings);
  return (
    <RowPanel
      title="Dates ahead"
      beside={
        <Link as="button" data-calendar onClick={() => void offer((bridge) => bridge.saveCalendar(null))}>
          Add to calendar (.ics)
        </Link>
      }
    >
      {datesAhead.map((date) => {
        const { id, day, title, finding, nearness } = date;
        const accepted = findings.find((one) => one.id === finding && one.accepted !== null);
        const step = finding === null ? "mailServer" : stepOfFinding(finding);
        const word = (finding !== null && accepted === undefined && buttonWords[finding]) || "Open";
        const what = accepted === undefined ? title : `Accepted until then: ${accepted.title}`;
        return (
          <Row
            key={id}
            id={id}
            // What is still to be decided asks for it, however far it is.
            sign={
              id === "ews" && target.ewsDecision === undefined && nearness === "later" ? "attention" : signs[nearness]
            }
            name={readableDay(day)}
            control={
              <Button size="small" aria-label={`${word}: ${what}, ${screenName(step)}`} onClick={() => go(step)}>
                {word}
              </Button>
            }
          >
            {what}, {whenWords(date)}
          </Row>
        );
      })}
    </RowPanel>
  );
}
