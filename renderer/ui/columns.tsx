import { makeStyles, mergeClasses } from "@fluentui/react-components";
import type { ReactElement, ReactNode } from "react";

const useStyles = makeStyles({
  frame: { containerType: "inline-size" },
  columns: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr)",
    alignItems: "start",
    gap: "16px 24px",
    "@container (min-width: 860px)": { gridTemplateColumns: "minmax(0, 1fr) 304px" },
  },
  wide: { "@container (min-width: 860px)": { gridTemplateColumns: "minmax(0, 1fr) 372px" } },
  column: { display: "flex", flexDirection: "column", gap: "16px", minWidth: 0 },
  // Below the main column there is room for two beside each other.
  aside: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(280px, 100%), 1fr))",
    alignItems: "start",
    gap: "16px",
    minWidth: 0,
  },
});

/**
 * The two columns of a step: what there is, and beside it what to decide. In a narrow window the second
 * goes below the first.
 */
export function Columns({
  main,
  aside,
  wide = false,
}: {
  readonly main: ReactNode;
  readonly aside: ReactNode;
  readonly wide?: boolean;
}): ReactElement {
  const styles = useStyles();
  return (
    <div className={styles.frame}>
      <div className={mergeClasses(styles.columns, wide && styles.wide)}>
        <div className={styles.column}>{main}</div>
        <div className={styles.aside}>{aside}</div>
      </div>
    </div>
  );
}
