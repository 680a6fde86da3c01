import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { type Checklist, stages } from "../../electron/contract/checklist.ts";
import { type Progress, progressOf } from "../../electron/contract/standing.ts";

const useStyles = makeStyles({
  bar: {
    display: "flex",
    flexWrap: "wrap",
    gap: "6px",
    margin: 0,
    padding: 0,
    listStyle: "none",
  },
  // As long as the stage has findings, and wide enough for its words; in a narrow window one below the other.
  stage: { flexBasis: "168px", minWidth: 0 },
  track: {
    display: "flex",
    height: "6px",
    overflow: "hidden",
    borderRadius: "3px",
    backgroundColor: tokens.colorNeutralBackground5,
    "@media (forced-colors: active)": { border: "1px solid CanvasText" },
  },
  settled: {
    backgroundColor: tokens.colorStatusSuccessBackground3,
    "@media (forced-colors: active)": { backgroundColor: "Highlight", forcedColorAdjust: "none" },
  },
  ready: {
    backgroundImage: `repeating-linear-gradient(135deg, ${tokens.colorBrandBackground} 0 4px, ${tokens.colorBrandBackground2} 4px 8px)`,
    "@media (forced-colors: active)": { backgroundColor: "CanvasText", forcedColorAdjust: "none" },
  },
  words: {
    margin: "6px 0 0",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
  },
  title: { fontWeight: 600, color: tokens.colorNeutralForeground1 },
});

function words({ settled, ready, open, waiting }: Progress): string {
  const parts = [
    settled > 0 && `${settled} done`,
    ready > 0 && `${ready} ready`,
    open > 0 && `${open} open`,
    waiting > 0 && `${waiting} waiting`,
  ];
  return parts.filter((part) => part !== false).join(", ");
}

/** How far each stage is: done, ready for the installer, open; in numbers below the bar. */
export function StageBar({ checklist }: { readonly checklist: Checklist }): ReactElement {
  const styles = useStyles();
  const shown = stages.map(({ id, title }) => ({ id, title, progress: progressOf(checklist, id) }));
  return (
    <ul className={styles.bar} aria-label="Stages">
      {shown.map(({ id, title, progress }) => (
        <li key={id} className={styles.stage} style={{ flexGrow: Math.max(progress.all, 1) }} data-stage={id}>
          <div aria-hidden className={styles.track}>
            <span className={styles.settled} style={{ flexGrow: progress.settled }} />
            <span className={styles.ready} style={{ flexGrow: progress.ready }} />
            <span style={{ flexGrow: progress.open + progress.waiting }} />
          </div>
          <p className={styles.words}>
            <span className={styles.title}>{title}</span> · {words(progress)}
          </p>
        </li>
      ))}
    </ul>
  );
}
