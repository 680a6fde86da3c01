import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { type ReactElement, useState } from "react";
import { plainGuid } from "../../../electron/contract/guid.ts";
import { useAssistant } from "../../store/assistant-store.ts";
import { useTargetField } from "../../store/target-field.ts";
import { useElement } from "../../ui/element.ts";
import { type IdName, idFault, idNames, otherId } from "./id-fault.ts";

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", alignItems: "start", gap: "8px" },
  field: { flexGrow: 1, flexBasis: "320px", maxWidth: "460px" },
  input: { fontFamily: tokens.fontFamilyMonospace },
  server: { marginTop: "26px" },
});

/**
 * An ID to enter. It is judged while it is typed; braces, upper case and blanks around are taken as they come and tidied
 * when the field is left.
 */
export function IdField({ name }: { readonly name: IdName }): ReactElement | null {
  const styles = useStyles();
  const value = useTargetField(name) ?? "";
  const otherValue = useTargetField(otherId[name]) ?? "";
  const onServer = useAssistant((store) => store.state?.found[name] ?? null);
  const otherOnServer = useAssistant((store) => store.state?.found[otherId[name]] ?? null);
  const editTarget = useAssistant((store) => store.editTarget);
  const [typing, setTyping] = useState(false);
  const { element: input, hold } = useElement<HTMLInputElement>();
  const fault = idFault({ name, value, otherValue, onServer, otherOnServer, typing });
  const offered = onServer !== null && plainGuid(onServer) !== null && plainGuid(value) !== plainGuid(onServer);
  const message =
    fault === null
      ? {}
      : { validationState: fault.grave ? ("error" as const) : ("none" as const), validationMessage: fault.text };
  return (
    <div className={styles.row}>
      <Field className={styles.field} label={idNames[name]} {...message}>
        <Input
          ref={hold}
          className={styles.input}
          value={value}
          spellCheck={false}
          autoComplete="off"
          data-target={name}
          onFocus={() => setTyping(true)}
          onChange={(_event, data) => editTarget({ [name]: data.value === "" ? undefined : data.value })}
          onBlur={() => {
            setTyping(false);
            const tidy = plainGuid(value) ?? value.trim();
            if (tidy !== value) editTarget({ [name]: tidy === "" ? undefined : tidy });
          }}
        />
      </Field>
      {offered && (
        <Button
          className={styles.server}
          aria-label={`Use the server’s value for ${idNames[name]}`}
          onClick={() => {
            editTarget({ [name]: plainGuid(onServer) ?? undefined }, "now");
            input.current?.focus();
          }}
        >
          Use the server’s value
        </Button>
      )}
    </div>
  );
}
