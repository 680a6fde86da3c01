import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { mailServerCaptions } from "../../../electron/contract/mail-server.ts";
import { useAssistant } from "../../app/assistant-store.ts";
import { ewsDatesIn } from "../../app/ews-dates.ts";
import { AskCloudPanel } from "../../cloud/ask-cloud-panel.tsx";
import { Columns } from "../../ui/columns.tsx";
import { Confirmation } from "../../ui/confirmation.tsx";
import { FindingList } from "../../ui/finding-list.tsx";
import { Panel } from "../../ui/panel.tsx";
import { useTargetField } from "../../ui/target-field.ts";
import { AllowSteps } from "./allow-steps.tsx";
import { EwsTime } from "./ews-time.tsx";
import { WaysLeft, WhatComesAfter } from "./what-comes-after.tsx";

const useStyles = makeStyles({
  boxes: { display: "flex", flexDirection: "column", gap: "4px", marginLeft: "-8px" },
  hint: { margin: "0 0 8px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

/** How long Office 365 mail of MIM has, whether Exchange Online lets it through, and what only its administrator can tell. */
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
  const ended = dates.daysLeft <= 0;
  return (
    <Columns
      main={
        <>
          <EwsTime dates={dates} today={state.checklist.today} />
          {ended ? (
            <WaysLeft />
          ) : (
            <>
              <AskCloudPanel brief />
              <AllowSteps commands={state.cloud.commands} />
            </>
          )}
          <FindingList step="exchange" />
        </>
      }
      aside={
        <>
          <Panel title="What only you can tell" holds="thisServer">
            <p className={styles.hint}>
              Where the cloud was not asked, look both up in Exchange Online and confirm them.
            </p>
            <div className={styles.boxes}>
              <Confirmation field="allowListConfirmed" label="The application is on the allow list" />
              <Confirmation field="mailboxConfirmed" label="The service’s mailbox exists and has a licence" />
            </div>
          </Panel>
          {!ended && <WhatComesAfter />}
        </>
      }
    />
  );
}
