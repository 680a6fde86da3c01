import { Field, makeStyles, Select, tokens } from "@fluentui/react-components";
import { type ReactElement, useState } from "react";
import type { TimelineEntry } from "../../electron/contract/verify.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { Panel } from "../ui/panel.tsx";
import { ActivityDay } from "./activity-day.tsx";
import { Evidence } from "./evidence.tsx";
import { timelineDays } from "./timeline-days.ts";

/** The kinds of what happened, as they are asked for together. */
const groups = {
  all: { name: "Everything", kinds: null },
  changes: { name: "Changes and undos", kinds: ["change", "undo"] },
  installer: { name: "Installer runs", kinds: ["installer"] },
  checks: {
    name: "Looks, checks and confirmations",
    kinds: ["look", "cloudCheck", "relayCheck", "confirmation", "mail"],
  },
  server: { name: "Starts and events", kinds: ["windowsStart", "serviceStart", "event"] },
} as const satisfies Record<string, { readonly name: string; readonly kinds: readonly TimelineEntry["kind"][] | null }>;
type Group = keyof typeof groups;

const useStyles = makeStyles({
  filters: { display: "flex", flexWrap: "wrap", alignItems: "end", gap: "8px 16px", marginBottom: "16px" },
  filter: { minWidth: "208px" },
  list: { containerType: "inline-size" },
  text: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  leftOut: { margin: "12px 0 0", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

/** All that happened on the server on show, newest first, by day and kind; each opens its evidence. */
export function ActivityScreen(): ReactElement | null {
  const styles = useStyles();
  const verification = useAssistant((store) => store.state?.verification);
  const today = useAssistant((store) => store.state?.checklist.today ?? "");
  const [wantedDay, setDay] = useState("");
  const [group, setGroup] = useState<Group>("all");
  if (verification === undefined) return null;
  const { timeline, leftOut } = verification;
  const all = timelineDays(timeline, today);
  // A day that is no more there, on another server, asks for nothing.
  const day = all.some((one) => one.day === wantedDay) ? wantedDay : "";
  const kinds: readonly TimelineEntry["kind"][] | null = groups[group].kinds;
  const shown = all
    .filter((one) => day === "" || one.day === day)
    .map((one) => ({
      ...one,
      entries: one.entries.filter(({ entry }) => kinds === null || kinds.includes(entry.kind)),
    }))
    .filter(({ entries }) => entries.length > 0);
  return (
    <Panel title="Newest first">
      <div className={styles.filters}>
        <Field label="Day" className={styles.filter}>
          <Select value={day} onChange={(_event, data) => setDay(data.value)} data-filter="day">
            <option value="">All days</option>
            {all.map((one) => (
              <option key={one.day} value={one.day}>
                {one.title}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Kind" className={styles.filter}>
          <Select value={group} onChange={(_event, data) => setGroup(data.value as Group)} data-filter="kind">
            {Object.entries(groups).map(([id, { name }]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <div className={styles.list}>
        {shown.length === 0 ? (
          <p className={styles.text}>Nothing of this is known.</p>
        ) : (
          shown.map((one) => <ActivityDay key={one.day} day={one} evidenceOf={(entry) => <Evidence entry={entry} />} />)
        )}
      </div>
      {leftOut > 0 && (
        <p className={styles.leftOut}>{leftOut === 1 ? "1 older entry" : `${leftOut} older entries`} left out.</p>
      )}
    </Panel>
  );
}
