import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { CopyButton } from "../ui/copy-button.tsx";
import { tableText } from "../ui/table-text.ts";
import { type AddressedChange, byKey } from "./by-key.ts";
import { FromTo } from "./from-to.tsx";
import { shownValue } from "./shown-value.ts";

const useStyles = makeStyles({
  changes: { position: "relative" },
  copy: { position: "absolute", top: "-4px", right: 0 },
  list: { margin: 0, padding: 0, listStyle: "none", display: "flex", flexDirection: "column", gap: "12px" },
  key: {
    display: "block",
    // Beside the button that copies them all.
    margin: "0 32px 2px 0",
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
    overflowWrap: "anywhere",
  },
  values: { margin: 0, padding: 0, listStyle: "none" },
  value: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 220px) minmax(0, 1fr)",
    alignItems: "center",
    gap: "4px 12px",
    padding: "2px 0",
  },
  name: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "20px",
    overflowWrap: "anywhere",
  },
});

/** Values that are or were changed, by their key: each with what stood there and what it became. */
export function ChangeList({ changes }: { readonly changes: readonly AddressedChange[] }): ReactElement {
  const styles = useStyles();
  const copied = tableText(
    ["Value", "From", "To"],
    changes.map(({ address, from, to }) => [address, shownValue(from), shownValue(to)]),
  );
  return (
    <div className={styles.changes}>
      <span className={styles.copy}>
        <CopyButton text={copied} what="these values" />
      </span>
      <ul className={styles.list}>
        {byKey(changes).map(({ key, values }) => (
          <li key={key}>
            <code className={styles.key}>{key}</code>
            <ul className={styles.values}>
              {values.map(({ name, from, to }) => (
                <li key={name} className={styles.value}>
                  <code className={styles.name}>{name}</code>
                  <FromTo from={from} to={to} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}
