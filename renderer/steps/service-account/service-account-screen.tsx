import { Button, Field, Input, makeStyles } from "@fluentui/react-components";
import { type ReactElement, useState } from "react";
import { StepPage } from "../../change-mode/wizard/step-page.tsx";
import { FindingList } from "../../findings/finding-list.tsx";
import { useAssistant } from "../../store/assistant-store.ts";
import { useTargetField } from "../../store/target-field.ts";
import { Columns } from "../../ui/columns.tsx";
import { useElement } from "../../ui/element.ts";
import { FactList } from "../../ui/fact-list.tsx";
import { Panel } from "../../ui/panel.tsx";

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
  const [typing, setTyping] = useState(false);
  const { element: input, hold } = useElement<HTMLInputElement>();
  if (found === undefined) return null;
  const fault = addressFault(email, typing);
  const offered = found.serviceAccount !== null && account.trim().toLowerCase() !== found.serviceAccount.toLowerCase();
  const tidy = (field: "serviceAccount" | "serviceEmail", value: string): void => {
    if (value !== value.trim()) editTarget({ [field]: value.trim() || undefined });
  };
  return (
    <Columns
      main={
        <>
          <Panel title="What is wanted" holds="allServers">
            <div className={styles.form}>
              <div className={styles.row}>
                <Field
                  className={styles.field}
                  label="Service account"
                  {...(account.includes("@")
                    ? {
                        validationState: "warning" as const,
                        validationMessage:
                          "This is an address. The installer has a field for the name and one for the domain: enter DOMAIN\\name.",
                      }
                    : { hint: "DOMAIN\\name; empty keeps the one found" })}
                >
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
                {...(fault === undefined
                  ? email.trim() === "" && found.serviceEmail !== null
                    ? { hint: `The service sends from ${found.serviceEmail}; empty keeps it` }
                    : {}
                  : { validationMessage: fault })}
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
          <StepPage id="serviceAccount" />
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
