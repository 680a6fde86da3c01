import { Field, Input } from "@fluentui/react-components";
import { type ReactElement, useEffect, useState } from "react";
import { isDay } from "./day.ts";

/** A day to enter. What is typed half stays in the field; only a whole day, or none, is handed on. */
export function DayField({
  label,
  hint,
  value,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly value: string | undefined;
  readonly onChange: (day: string | undefined) => void;
}): ReactElement {
  const [typed, setTyped] = useState(value ?? "");
  // A value from outside (a target that was opened) takes the field's place; the same day changes nothing.
  useEffect(() => setTyped(value ?? ""), [value]);
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      <Input
        type="date"
        min="2000-01-01"
        max="2099-12-31"
        value={typed}
        onChange={(_event, data) => {
          setTyped(data.value);
          if (data.value === "") onChange(undefined);
          else if (isDay(data.value) && data.value >= "2000-01-01" && data.value <= "2099-12-31") onChange(data.value);
        }}
      />
    </Field>
  );
}
