import { Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";

const useStyles = makeStyles({ label: { color: tokens.colorNeutralForeground1 } });

/** What a box of something only the administrator can know shows, and what is done when it is clicked. */
export interface Confirming {
  readonly checked: boolean;
  readonly disabled: boolean;
  readonly confirm: (confirmed: boolean) => void;
}

/** Something only the administrator can know, to be confirmed. */
export function Confirmation({
  label,
  checked,
  disabled,
  confirm,
}: Confirming & { readonly label: string }): ReactElement {
  const styles = useStyles();
  return (
    <Checkbox
      // Fluent greys the text of an empty box; here it is a sentence to be read.
      label={<span className={styles.label}>{label}</span>}
      checked={checked}
      disabled={disabled}
      onChange={(_event, data) => confirm(data.checked === true)}
    />
  );
}
