import { Link, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { State } from "../../electron/contract/state.ts";
import { ewsDatesIn } from "../store/ews-dates.ts";
import { readableDay } from "../ui/day.ts";
import { Panel } from "../ui/panel.tsx";
import { counted } from "../ui/phrases.ts";

const useStyles = makeStyles({
  text: { margin: "0 0 8px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

/** How long Exchange Online goes on taking MIM's Office 365 mail; nothing where it is not wanted. */
export function EwsPanel({ state }: { readonly state: State }): ReactElement | null {
  const styles = useStyles();
  const dates = ewsDatesIn(state);
  if (dates === null) return null;
  const over = dates.daysLeft <= 0;
  return (
    <Panel title={over ? "EWS has ended" : `EWS ends in ${counted(dates.daysLeft, "day")}`} tone="note">
      <p className={styles.text}>
        {over ? "Since" : "On"} {readableDay(dates.ends)} Exchange Online {over ? "has stopped" : "stops"} what MIM’s
        Office 365 mail uses.
      </p>
      <Link href="#exchange">What to do about it</Link>
    </Panel>
  );
}
