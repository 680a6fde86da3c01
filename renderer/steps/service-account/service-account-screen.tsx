import { Button, Field, Input, makeStyles } from "@fluentui/react-components";
import { type ReactElement, useState } from "react";
import { isOffice365 } from "../../../electron/contract/mail-server.ts";
import { useAssistant } from "../../app/assistant-store.ts";
import { Columns } from "../../parts/columns.tsx";
import { useElement } from "../../parts/element.ts";
import { FactList } from "../../parts/fact-list.tsx";
import { FindingList } from "../../parts/finding-list.tsx";
import { useGroupManaged } from "../../parts/group-managed.ts";
import { Panel } from "../../parts/panel.tsx";
import { accountParts } from "../../parts/service-account-name.ts";
import { useTargetField } from "../../parts/target-field.ts";
import { ServiceAccountPage } from "../../wizard/service-account-page.tsx";
import { ValueList } from "../../wizard/value-list.tsx";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "16px" },
  row: { display: "flex", flexWrap: "wrap", alignItems: "start", gap: "8px" },
  field: { flexGrow: 1, flexBasis: "320px", maxWidth: "460px" },
  address: { maxWidth: "460px" },
  server: { marginTop: "26px" },
  steps: { margin: 0, paddingLeft: "20px", display: "flex", flexDirection: "column", gap: "6px", lineHeight: "20px" },
});

const addressForm = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What is wrong with an address; while it is typed, only what can never be right is said. */
function addressFault(address: string, typing: boolean): string | undefined {
  const text = address.trim();
  if (text === "" || addressForm.test(text)) return undefined;
  const never = /\s/.test(text) || text.split("@").length > 2 || text.includes("\\");
  return !typing || never ? "This is not an SMTP address such as mim@contoso.com." : undefined;
}

/** The account of the service and the address its mail comes from. */
export function ServiceAccountScreen(): ReactElement | null {
  const styles = useStyles();
  const found = useAssistant((store) => store.state?.found);
  const editTarget = useAssistant((store) => store.editTarget);
  const account = useTargetField("serviceAccount") ?? "";
  const email = useTargetField("serviceEmail") ?? "";
  const mailServer = useTargetField("mailServer");
  const authentication = useTargetField("authentication");
  const groupManaged = useGroupManaged();
  const [typing, setTyping] = useState(false);
  const { element: input, hold } = useElement<HTMLInputElement>();
  if (found === undefined || mailServer === undefined) return null;
  const shown = account.trim() === "" ? (found.serviceAccount ?? "") : account;
  const { name, domain } = accountParts(shown);
  const fault = addressFault(email, typing);
  const application = isOffice365(mailServer) && authentication === "applicationContext";
  const offered = found.serviceAccount !== null && account.trim().toLowerCase() !== found.serviceAccount.toLowerCase();
  const tidy = (field: "serviceAccount" | "serviceEmail", value: string): void => {
    if (value !== value.trim()) editTarget({ [field]: value.trim() || undefined });
  };
  return (
    <Columns
      main={
        <>
          <Panel title="What is wanted">
            <div className={styles.form}>
              <div className={styles.row}>
                <Field className={styles.field} label="Service account" hint="DOMAIN\name; empty keeps the one found">
                  <Input
                    ref={hold}
                    value={account}
                    spellCheck={false}
                    autoComplete="off"
                    data-target="serviceAccount"
                    onChange={(_event, data) =>
                      editTarget({ serviceAccount: data.value === "" ? undefined : data.value })
                    }
                    onBlur={() => tidy("serviceAccount", account)}
                  />
                </Field>
                {offered && (
                  <Button
                    className={styles.server}
                    aria-label="Use the server’s value for Service account"
                    onClick={() => {
                      editTarget({ serviceAccount: found.serviceAccount ?? undefined }, "now");
                      input.current?.focus();
                    }}
                  >
                    Use the server’s value
                  </Button>
                )}
              </div>
              <Field
                className={styles.address}
                label="Service e-mail address"
                {...(fault === undefined ? {} : { validationMessage: fault })}
              >
                <Input
                  type="email"
                  value={email}
                  spellCheck={false}
                  autoComplete="off"
                  data-target="serviceEmail"
                  onFocus={() => setTyping(true)}
                  onChange={(_event, data) => editTarget({ serviceEmail: data.value === "" ? undefined : data.value })}
                  onBlur={() => {
                    setTyping(false);
                    tidy("serviceEmail", email);
                  }}
                />
              </Field>
            </div>
          </Panel>
          <ServiceAccountPage
            name={name}
            domain={domain}
            email={email.trim()}
            groupManaged={groupManaged}
            emailPasswordGreyed={application || groupManaged}
          />
          <Panel title="To type on that page">
            <ValueList
              values={[
                { mark: 1, name: "Service Account Name", value: name === "" ? null : name, instead: "Not known" },
                {
                  ...(groupManaged ? {} : { mark: 2 }),
                  name: "Password",
                  value: null,
                  instead: groupManaged ? "Greyed: the account has none to type" : "Typed only in the installer",
                },
                { name: "Domain", value: domain === "" ? null : domain, instead: "Not known" },
                {
                  mark: 3,
                  name: "Service Email Account",
                  value: email.trim() === "" ? null : email.trim(),
                  instead: "Enter it above",
                },
                { name: "Service Email Account Password", value: null, instead: "Stays empty" },
              ]}
            />
          </Panel>
          <FindingList step="serviceAccount" />
        </>
      }
      aside={
        <Panel title="On this server">
          <FactList
            facts={[
              { name: "Account", value: found.serviceAccount ?? "Not known" },
              { name: "Kind", value: found.groupManaged ? "Group Managed Service Account" : "Account with a password" },
            ]}
          />
        </Panel>
      }
    />
  );
}
