import { makeStyles } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { InstallerWatch } from "../../electron/contract/change-mode.ts";
import { Fold } from "./fold.tsx";

const useStyles = makeStyles({
  list: { margin: "4px 0", paddingLeft: "20px", lineHeight: "20px", overflowWrap: "anywhere" },
});

/** What the log tells beside how the run ended, read on demand. */
export function LogDetails({ details = [] }: Pick<InstallerWatch, "details">): ReactElement | null {
  const styles = useStyles();
  if (details.length === 0) return null;
  return (
    <div data-log-details={details.length}>
      {details.map(({ title, items }) => (
        <Fold key={title} label={`${title} (${items.length})`}>
          <ul className={styles.list}>
            {items.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </Fold>
      ))}
    </div>
  );
}
