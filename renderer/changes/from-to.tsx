import { makeStyles, tokens } from "@fluentui/react-components";
import { ArrowRight16Regular } from "@fluentui/react-icons/svg/arrow-right";
import type { ReactElement } from "react";
import type { ShownValue } from "../../electron/contract/change.ts";
import { SpokenOnly } from "../ui/spoken-only.tsx";
import { shownValue } from "./shown-value.ts";

const useStyles = makeStyles({
  // The columns of all rows stand below each other.
  pair: {
    display: "grid",
    gridTemplateColumns: "56px 16px minmax(0, 1fr)",
    alignItems: "center",
    gap: "8px",
    position: "relative",
    lineHeight: "20px",
  },
  from: { color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
  arrow: { display: "flex", color: tokens.colorNeutralForeground3 },
  to: { fontWeight: 600, overflowWrap: "anywhere" },
});

/** What stands somewhere, and what it becomes. */
export function FromTo({ from, to }: { readonly from: ShownValue; readonly to: ShownValue }): ReactElement {
  const styles = useStyles();
  return (
    <span className={styles.pair}>
      <span className={styles.from}>{shownValue(from)}</span>
      <span className={styles.arrow}>
        <ArrowRight16Regular aria-hidden />
        <SpokenOnly> becomes </SpokenOnly>
      </span>
      <span className={styles.to}>{shownValue(to)}</span>
    </span>
  );
}
