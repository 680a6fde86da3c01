import { Link, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { State } from "../../electron/contract/state.ts";
import { entryMoment } from "../ui/entry-moment.ts";
import { Panel } from "../ui/panel.tsx";

/** As many entries as are shown here; Activity has them all. */
const shownAtMost = 5;

const useStyles = makeStyles({
  list: { margin: "0 0 8px", padding: 0, listStyle: "none", display: "flex", flexDirection: "column", gap: "8px" },
  entry: { lineHeight: "20px", overflowWrap: "anywhere" },
  when: {
    display: "block",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
    fontVariantNumeric: "tabular-nums",
  },
});

/** What happened on this server last. */
export function LatestPanel({ state }: { readonly state: State }): ReactElement {
  const styles = useStyles();
  return (
    <Panel title="Activity">
      <ul className={styles.list}>
        {state.verification.timeline.slice(0, shownAtMost).map((entry, index) => (
          // Two entries may tell the same at the same moment.
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is not edited
          <li key={`${entry.at} ${index}`} className={styles.entry}>
            <span className={styles.when}>{entryMoment(entry, state.checklist.today)}</span>
            {entry.title}
          </li>
        ))}
      </ul>
      <Link href="#activity">All activity</Link>
    </Panel>
  );
}
