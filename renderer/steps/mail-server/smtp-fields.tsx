import { Checkbox, Field, Input, Link, makeStyles } from "@fluentui/react-components";
import { type ReactElement, useEffect, useState } from "react";
import { useAssistant } from "../../store/assistant-store.ts";
import { useTargetField } from "../../store/target-field.ts";

const useStyles = makeStyles({ field: { marginTop: "12px" }, box: { marginTop: "4px", marginLeft: "-8px" } });

/** Whether SSL is wanted of the relay, and who may get a test mail. The host has its own field above. */
export function SmtpFields(): ReactElement {
  const styles = useStyles();
  const editTarget = useAssistant((store) => store.editTarget);
  const useSsl = useTargetField("mailUseSsl") === true;
  const recipient = useTargetField("mailTestRecipient") ?? "";
  const [typed, setTyped] = useState(recipient);
  const [fault, setFault] = useState<string | undefined>(undefined);
  useEffect(() => setTyped(recipient), [recipient]);
  // Handed on when it is whole: half an address is none.
  const send = (): void => {
    const tidy = typed.trim();
    const isAddress = tidy === "" || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(tidy);
    setFault(isAddress ? undefined : "This is not an SMTP address such as admin@contoso.com.");
    if (isAddress && tidy !== recipient) editTarget({ mailTestRecipient: tidy === "" ? undefined : tidy }, "now");
  };
  return (
    <>
      <Checkbox
        className={styles.box}
        label="Use SSL (the relay is asked by STARTTLS)"
        checked={useSsl}
        data-target="mailUseSsl"
        onChange={(_event, data) => editTarget({ mailUseSsl: data.checked === true ? true : undefined }, "now")}
      />
      <Field
        className={styles.field}
        label="Recipient of a test mail"
        hint="Only where one shall be sent, by its own button."
        {...(fault === undefined ? {} : { validationMessage: fault })}
      >
        <Input
          type="email"
          value={typed}
          spellCheck={false}
          autoComplete="off"
          data-target="mailTestRecipient"
          onChange={(_event, data) => setTyped(data.value)}
          onBlur={send}
          onKeyDown={(event) => {
            if (event.key === "Enter") send();
          }}
        />
      </Field>
      <p className={styles.field}>
        <Link href="#smtpPlan">Which way fits: From EWS to SMTP</Link>
      </p>
    </>
  );
}
