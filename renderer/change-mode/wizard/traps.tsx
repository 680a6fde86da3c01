import { makeStyles } from "@fluentui/react-components";
import type { ReactElement } from "react";

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: "20px", display: "flex", flexDirection: "column", gap: "6px", lineHeight: "20px" },
  single: { margin: 0, lineHeight: "20px" },
});

/** What goes wrong on a page for others. */
export function Traps({ traps }: { readonly traps: readonly string[] }): ReactElement | null {
  const styles = useStyles();
  const [first] = traps;
  if (first === undefined) return null;
  if (traps.length === 1) return <p className={styles.single}>{first}</p>;
  return (
    <ul className={styles.list}>
      {traps.map((trap) => (
        <li key={trap}>{trap}</li>
      ))}
    </ul>
  );
}
