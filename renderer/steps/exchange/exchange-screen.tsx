import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { daysBetween } from "../../../electron/contract/date.ts";
import { mailServerCaptions } from "../../../electron/contract/mail-server.ts";
import { useAssistant } from "../../app/assistant-store.ts";
import { ewsDatesIn } from "../../app/ews-dates.ts";
import { Columns } from "../../parts/columns.tsx";
import { Confirmation } from "../../parts/confirmation.tsx";
import { readableDay } from "../../parts/day.ts";
import { FindingList } from "../../parts/finding-list.tsx";
import { Panel } from "../../parts/panel.tsx";
import { useTargetField } from "../../parts/target-field.ts";

const useStyles = makeStyles({
  dates: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(160px, 1fr))", gap: "16px 24px", margin: 0 },
  date: { paddingLeft: "12px", borderLeft: `3px solid ${tokens.colorNeutralStroke1}` },
  end: { borderLeftColor: tokens.colorStatusWarningBorder2 },
  day: { fontSize: tokens.fontSizeBase500, lineHeight: "28px", fontWeight: 600 },
  what: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  boxes: { display: "flex", flexDirection: "column", gap: "4px" },
  hint: { margin: "0 0 8px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

function days(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}

/** How long Office 365 mail of MIM has, and what only the administrator of Exchange Online can tell. */
export function ExchangeScreen(): ReactElement | null {
  const styles = useStyles();
  const state = useAssistant((store) => store.state);
  const mailServer = useTargetField("mailServer");
  if (state === null || mailServer === undefined) return null;
  const dates = ewsDatesIn(state);
  if (dates === null) {
    return (
      <>
        <Panel title="Not needed">
          <span>
            The mail server wanted is {mailServerCaptions[mailServer]}. Exchange Web Services of Exchange Online count
            for Office 365 only.
          </span>
        </Panel>
        <FindingList step="exchange" />
      </>
    );
  }
  const sinceBlock = daysBetween(dates.blocks, state.checklist.today);
  return (
    <Columns
      main={
        <>
          <Panel title="How long Exchange Web Services work">
            <dl className={styles.dates}>
              <div className={styles.date}>
                <dt className={styles.day}>{readableDay(dates.blocks)}</dt>
                <dd className={styles.what}>
                  Blocked tenant by tenant unless the application is allowed{" "}
                  {sinceBlock >= 0 ? `(since ${days(sinceBlock)})` : `(in ${days(-sinceBlock)})`}
                </dd>
              </div>
              <div className={`${styles.date} ${styles.end}`}>
                <dt className={styles.day}>{readableDay(dates.ends)}</dt>
                <dd className={styles.what}>
                  Ends for good{" "}
                  {dates.daysLeft > 0
                    ? `(${days(dates.daysLeft)} left)`
                    : "(reached: Office 365 mail of MIM cannot work)"}
                </dd>
              </div>
            </dl>
          </Panel>
          <FindingList step="exchange" />
        </>
      }
      aside={
        <Panel title="What only you can tell">
          <p className={styles.hint}>Both are looked up in Exchange Online; the findings give the commands.</p>
          <div className={styles.boxes}>
            <Confirmation field="allowListConfirmed" label="The application is on the allow list" />
            <Confirmation field="mailboxConfirmed" label="The service’s mailbox exists and has a licence" />
          </div>
        </Panel>
      }
    />
  );
}
