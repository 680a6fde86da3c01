import { Button, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { authenticationCaptions, isOffice365, mailServerCaptions } from "../../../electron/contract/mail-server.ts";
import { StepPage } from "../../change-mode/wizard/step-page.tsx";
import { AskCloudPanel } from "../../cloud/ask-cloud-panel.tsx";
import { RenewalPanel } from "../../cloud/renewal-panel.tsx";
import { SetUpPanel } from "../../cloud/set-up-panel.tsx";
import { FindingList } from "../../findings/finding-list.tsx";
import { MicrosoftPanel } from "../../practice/microsoft-panel.tsx";
import { useAssistant } from "../../store/assistant-store.ts";
import { useTargetField } from "../../store/target-field.ts";
import { Columns } from "../../ui/columns.tsx";
import { DayField } from "../../ui/day-field.tsx";
import { Panel } from "../../ui/panel.tsx";
import { idFault } from "./id-fault.ts";
import { IdField } from "./id-field.tsx";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "16px" },
  day: { maxWidth: "240px" },
  steps: { margin: 0, paddingLeft: "20px", display: "flex", flexDirection: "column", gap: "6px", lineHeight: "20px" },
  text: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

/** Offers to put the two IDs into each other's place when both, or the one entered, belong there. */
function Swap(): ReactElement | null {
  const applicationId = useTargetField("applicationId") ?? "";
  const tenantId = useTargetField("tenantId") ?? "";
  const found = useAssistant((store) => store.state?.found);
  const editTarget = useAssistant((store) => store.editTarget);
  if (found === undefined) return null;
  const swapped = (name: "applicationId" | "tenantId", value: string, otherValue: string): boolean =>
    idFault({
      name,
      value,
      otherValue,
      onServer: found[name],
      otherOnServer: name === "applicationId" ? found.tenantId : found.applicationId,
      typing: false,
    })?.swapped === true;
  if (!swapped("applicationId", applicationId, tenantId) && !swapped("tenantId", tenantId, applicationId)) return null;
  return (
    <div>
      <Button
        onClick={() => {
          editTarget({ applicationId: tenantId || undefined, tenantId: applicationId || undefined }, "now");
          document.querySelector<HTMLInputElement>('[data-target="applicationId"]')?.focus();
        }}
      >
        Swap the two
      </Button>
    </div>
  );
}

/** The application MIM signs in as: its IDs, when its secret runs out, and whether Microsoft's cloud takes them. */
export function AzureIdsScreen(): ReactElement | null {
  const styles = useStyles();
  const mailServer = useTargetField("mailServer");
  const authentication = useTargetField("authentication");
  const expires = useTargetField("secretExpires");
  const editTarget = useAssistant((store) => store.editTarget);
  if (mailServer === undefined || authentication === undefined) return null;
  if (!isOffice365(mailServer) || authentication !== "applicationContext") {
    const wanted =
      mailServer === "none"
        ? mailServerCaptions.none
        : `${mailServerCaptions[mailServer]} with ${authenticationCaptions[authentication]}`;
    return (
      <>
        <Panel title="Not needed">
          <p className={styles.text}>
            Wanted is {wanted}. IDs count for Office 365 with {authenticationCaptions.applicationContext} only.
          </p>
        </Panel>
        <FindingList step="azureIds" />
      </>
    );
  }
  return (
    <Columns
      main={
        <>
          <Panel title="Your application" holds="allServers">
            <div className={styles.form}>
              <IdField name="applicationId" />
              <IdField name="tenantId" />
              <Swap />
              <div className={styles.day}>
                <DayField
                  label="Client secret expires on"
                  hint="In Entra beside the secret, as Expires. You are reminded 30 days before."
                  value={expires}
                  onChange={(day) => editTarget({ secretExpires: day })}
                />
              </div>
            </div>
          </Panel>
          <AskCloudPanel />
          <RenewalPanel />
          <StepPage id="mailbox" />
          <FindingList step="azureIds" />
        </>
      }
      aside={
        <>
          <MicrosoftPanel offersIds />
          <Panel title="Where to find them">
            <ol className={styles.steps}>
              <li>Open the Entra admin centre, App registrations, and your application.</li>
              <li>
                On Overview: <b>Application (client) ID</b> and <b>Directory (tenant) ID</b>.
              </li>
              <li>
                On Certificates &amp; secrets: the day the client secret expires, and the secret itself. It is its{" "}
                <b>Value</b>, not its Secret ID, and is shown only once.
              </li>
            </ol>
          </Panel>
          <SetUpPanel />
        </>
      }
    />
  );
}
