import { makeStyles, Tab, TabList, tokens } from "@fluentui/react-components";
import { type ReactElement, useState } from "react";
import type { Finding } from "../../electron/contract/checklist.ts";
import { type Standing, standingsOf } from "../../electron/contract/standing.ts";
import type { State } from "../../electron/contract/state.ts";
import { counted } from "../ui/phrases.ts";
import { stepOfFinding } from "./overview-labels.ts";
import { ToDoRow } from "./to-do-row.tsx";

const useStyles = makeStyles({
  panel: {
    boxSizing: "border-box",
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", padding: "8px 8px 8px 20px", gap: "4px 16px" },
  title: { flexGrow: 1, margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: "20px", fontWeight: 600 },
  list: { margin: 0, padding: 0, listStyle: "none" },
  group: {
    display: "flex",
    justifyContent: "space-between",
    margin: 0,
    padding: "12px 20px",
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    fontSize: tokens.fontSizeBase300,
    lineHeight: "20px",
    fontWeight: 600,
  },
  note: { fontWeight: 400, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  none: { margin: 0, padding: "12px 20px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

type Filter = "open" | "waiting" | "all";

const groups: readonly { readonly standing: Standing; readonly title: string; readonly note: string }[] = [
  { standing: "open", title: "Open", note: "" },
  { standing: "ready", title: "Ready for Change mode", note: "written by the installer" },
  { standing: "waiting", title: "Waiting", note: "for what is to be entered, or for the installer" },
  { standing: "settled", title: "Completed", note: "" },
];

const shownBy: Readonly<Record<Filter, readonly Standing[]>> = {
  open: ["open", "ready"],
  waiting: ["ready", "waiting"],
  all: ["open", "ready", "waiting", "settled"],
};

/** Every finding that asks for something, with its own control; what is done is asked for with All. */
export function ToDoList({ state }: { readonly state: State }): ReactElement {
  const styles = useStyles();
  const [filter, setFilter] = useState<Filter>("open");
  const findings = state.checklist.steps.flatMap((step) => step.findings);
  const standings = standingsOf(state.checklist);
  const of = (standing: Standing): Finding[] => findings.filter(({ id }) => standings.get(id) === standing);
  const shown = groups.filter(({ standing }) => shownBy[filter].includes(standing) && of(standing).length > 0);
  return (
    <section className={styles.panel} aria-labelledby="to-do-title">
      <div className={styles.head}>
        <h2 id="to-do-title" tabIndex={-1} className={styles.title}>
          To do
        </h2>
        <TabList
          size="small"
          selectedValue={filter}
          onTabSelect={(_event, data) => setFilter(data.value as Filter)}
          aria-label="Which findings are listed"
        >
          <Tab value="open">Open</Tab>
          <Tab value="waiting">Waiting</Tab>
          <Tab value="all">All</Tab>
        </TabList>
      </div>
      {shown.map(({ standing, title, note }) => (
        <div key={standing} data-group={standing}>
          {standing !== "open" && (
            <h3 className={styles.group}>
              {title}
              <span className={styles.note}>{note}</span>
            </h3>
          )}
          <ul className={styles.list}>
            {of(standing).map((finding) => (
              <ToDoRow key={finding.id} finding={finding} step={stepOfFinding(finding.id)} standing={standing} />
            ))}
          </ul>
        </div>
      ))}
      {filter !== "all" && (
        <p className={styles.none} data-settled>
          {shown.length === 0 ? "Nothing here. " : ""}
          {counted(of("settled").length, "check")} done
          {filter === "open" && of("waiting").length > 0 ? `, ${of("waiting").length} waiting` : ""},{" "}
          {of("none").length} not applicable.
        </p>
      )}
    </section>
  );
}
