import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { mailServerCaptions } from "../../../electron/contract/mail-server.ts";
import { AskCloudPanel } from "../../cloud/ask-cloud-panel.tsx";
import { FindingList } from "../../findings/finding-list.tsx";
import { MicrosoftPanel } from "../../practice/microsoft-panel.tsx";
import { useAssistant } from "../../store/assistant-store.ts";
import { useConfirming } from "../../store/confirming.ts";
import { ewsDatesIn } from "../../store/ews-dates.ts";
import { useTargetField } from "../../store/target-field.ts";
import { Columns } from "../../ui/columns.tsx";
import { Confirmation } from "../../ui/confirmation.tsx";
import { Panel } from "../../ui/panel.tsx";
import { AllowSteps } from "./allow-steps.tsx";
import { EwsTime } from "./ews-time.tsx";
import { WaysLeft, WhatComesAfter } from "./what-comes-after.tsx";

const useStyles = makeStyles({
  boxes: { display: "flex", flexDirection: "column", gap: "4px", marginLeft: "-8px" },
  hint: { margin: "0 0 8px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

/** How long Office 365 mail of MIM has, whether Exchange Online lets it through, and what only its administrator can tell. */
export function ExchangeScreen(): ReactElement | null {
  const allowListBox = useConfirming("allowListConfirmed");
  const mailboxBox = useConfirming("mailboxConfirmed");
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
          <MicrosoftPanel />
          <Panel title="What only you can tell" holds="thisServer">
            <p className={styles.hint}>
              Where the cloud was not asked, look both up in Exchange Online and confirm them.
            </p>
            <div className={styles.boxes}>
              <Confirmation label="The application is on the allow list" {...allowListBox} />
              <Confirmation label="The service’s mailbox exists and has a licence" {...mailboxBox} />
            </div>
          </Panel>
          {!ended && <WhatComesAfter />}
        </>
      }
    />
  );
}
