import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { type AddressedChange, byKey } from "./by-key.ts";
import { FromTo } from "./from-to.tsx";

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyle: "none", display: "flex", flexDirection: "column", gap: "12px" },
  key: {
    display: "block",
    marginBottom: "2px",
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
  return (
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
  );
}
