import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { daysBetween } from "../../../electron/contract/date.ts";
import type { EwsDates } from "../../store/ews-dates.ts";
import { readableDay } from "../../ui/day.ts";
import { Panel } from "../../ui/panel.tsx";
import { counted } from "../../ui/phrases.ts";

const useStyles = makeStyles({
  left: { display: "flex", flexWrap: "wrap", alignItems: "baseline", gap: "0 12px", margin: 0 },
  days: { fontSize: tokens.fontSizeHero700, lineHeight: "36px", fontWeight: 600 },
  until: { lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  line: {
    position: "relative",
    height: "6px",
    margin: "12px 0 10px",
    overflow: "hidden",
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorNeutralBackground4,
    "@media (forced-colors: active)": { border: "1px solid CanvasText" },
  },
  gone: {
    height: "100%",
    borderRadius: "inherit",
    backgroundColor: tokens.colorStatusWarningBorderActive,
    forcedColorAdjust: "none",
  },
  over: { backgroundColor: tokens.colorStatusDangerBackground3 },
  dates: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(180px, 1fr))", gap: "8px 24px", margin: 0 },
  day: { fontWeight: 600, lineHeight: "20px" },
  what: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  end: { "@container (min-width: 420px)": { textAlign: "right" } },
  frame: { containerType: "inline-size" },
});

/** How long Exchange Web Services work in Exchange Online: the days left, and the two days that count. */
export function EwsTime({ dates, today }: { readonly dates: EwsDates; readonly today: string }): ReactElement {
  const styles = useStyles();
  const { blocks, ends, daysLeft } = dates;
  const ended = daysLeft <= 0;
  const sinceBlock = daysBetween(blocks, today);
  const gone = Math.min(1, Math.max(0, sinceBlock / daysBetween(blocks, ends)));
  return (
    <Panel title="How long Exchange Web Services work">
      <div className={styles.frame} data-ews-time>
        <p className={styles.left}>
          <span className={styles.days}>{ended ? "They have ended" : `${counted(daysLeft, "day")} left`}</span>
          <span className={styles.until}>
            {ended ? "Office 365 mail of MIM cannot work any more." : "until they end in Exchange Online for good"}
          </span>
        </p>
        <div className={styles.line} aria-hidden>
          <div className={`${styles.gone} ${ended ? styles.over : ""}`} style={{ width: `${gone * 100}%` }} />
        </div>
        <dl className={styles.dates}>
          <div>
            <dt className={styles.day}>{readableDay(blocks)}</dt>
            <dd className={styles.what}>
              Blocked tenant by tenant, unless the application is allowed (
              {sinceBlock >= 0 ? `${counted(sinceBlock, "day")} ago` : `in ${counted(-sinceBlock, "day")}`})
            </dd>
          </div>
          <div className={styles.end}>
            <dt className={styles.day}>{readableDay(ends)}</dt>
            <dd className={styles.what}>Ends, without exceptions</dd>
          </div>
        </dl>
      </div>
    </Panel>
  );
}
