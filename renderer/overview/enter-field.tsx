import { Field, Input, makeStyles } from "@fluentui/react-components";
import { type ReactElement, useEffect, useState } from "react";
import type { Remedy } from "../../electron/contract/remedy.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { useTargetField } from "../store/target-field.ts";
import { isDay } from "../ui/day.ts";

/** The wishes that are one text or one day; what is chosen from a list is chosen on its own screen. */
const kinds = {
  applicationId: "text",
  tenantId: "text",
  serviceAccount: "text",
  serviceEmail: "email",
  mailHost: "text",
  secretExpires: "date",
} as const;
export type EnterName = keyof typeof kinds;

const useStyles = makeStyles({ input: { width: "184px" } });

/** The field that settles a finding by being entered; null where it takes more than one, or a choice. */
export function enteredBy(remedy: Remedy): EnterName | null {
  const [only, ...more] = remedy.kind === "enter" ? remedy.fields : [];
  return only !== undefined && more.length === 0 && only in kinds ? (only as EnterName) : null;
}

/**
 * A wish entered in the row that asks for it. It is handed on when the field is left or with Enter, and not with every
 * key: the row goes to another place once it is right.
 */
export function EnterField({ name, label }: { readonly name: EnterName; readonly label: string }): ReactElement {
  const styles = useStyles();
  const editTarget = useAssistant((store) => store.editTarget);
  const turning = useAssistant((store) => store.work === "turn");
  const value = useTargetField(name) ?? "";
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const kind = kinds[name];
  const send = (): void => {
    const tidy = typed.trim();
    if (tidy === value || (kind === "date" && tidy !== "" && !isDay(tidy))) return;
    editTarget({ [name]: tidy === "" ? undefined : tidy }, "now");
  };
  return (
    <Field>
      <Input
        className={styles.input}
        size="small"
        type={kind}
        aria-label={label}
        placeholder={kind === "date" ? undefined : label}
        value={typed}
        disabled={turning}
        spellCheck={false}
        autoComplete="off"
        data-enter={name}
        onChange={(_event, data) => setTyped(data.value)}
        onBlur={send}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          send();
          // The row may go to another place with this: the focus stays where one can go on from.
          document.getElementById("to-do-title")?.focus();
        }}
      />
    </Field>
  );
}
