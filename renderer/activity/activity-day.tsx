import { makeStyles, tokens } from "@fluentui/react-components";
import { type ReactElement, type ReactNode, useId } from "react";
import type { TimelineEntry } from "../../electron/contract/verify.ts";
import type { TimelineDay } from "./timeline-days.ts";
import { TimelineRow } from "./timeline-row.tsx";

const useStyles = makeStyles({
  day: {
    margin: "16px 0 4px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    fontWeight: 600,
    color: tokens.colorNeutralForeground2,
    ":first-child": { marginTop: 0 },
  },
  list: { margin: 0, padding: 0, listStyle: "none" },
});

/** What happened on one day; `evidenceOf` gives what an entry opens besides what it says itself. */
export function ActivityDay({
  day,
  evidenceOf = () => null,
}: {
  readonly day: TimelineDay;
  readonly evidenceOf?: (entry: TimelineEntry) => ReactNode;
}): ReactElement {
  const styles = useStyles();
  const heading = useId();
  return (
    <>
      <h3 id={heading} className={styles.day}>
        {day.title}
      </h3>
      {/* Without its bullets a list is none to some screen readers unless its role is written. */}
      {/* biome-ignore lint/a11y/noRedundantRoles: as above */}
      <ol role="list" className={styles.list} aria-labelledby={heading}>
        {day.entries.map(({ key, entry }) => (
          <TimelineRow key={key} entry={entry} evidence={evidenceOf(entry)} />
        ))}
      </ol>
    </>
  );
}
