import { makeStyles } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { ChangeMode } from "../../electron/contract/change-mode.ts";
import { Fold } from "./fold.tsx";

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: "20px", display: "flex", flexDirection: "column", gap: "4px", lineHeight: "20px" },
});

/** What to have at hand before the installer is started; the installer keeps no password that was typed before. */
export function AtHandList({ items }: { readonly items: ChangeMode["atHand"] }): ReactElement {
  const styles = useStyles();
  return (
    <Fold label="Have at hand before you start">
      <ul className={styles.list} data-at-hand>
        {items.map(({ id, text }) => (
          <li key={id}>{text}</li>
        ))}
      </ul>
    </Fold>
  );
}
