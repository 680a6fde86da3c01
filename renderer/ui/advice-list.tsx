import { makeStyles } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { AdviceStep } from "./advice-step.tsx";

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: "20px", display: "flex", flexDirection: "column", gap: "6px", lineHeight: "20px" },
  single: { margin: 0, lineHeight: "20px" },
});

/** The steps of an advice in their order; a single one needs no number. */
export function AdviceList({ advice }: { readonly advice: readonly string[] }): ReactElement | null {
  const styles = useStyles();
  const [first] = advice;
  if (first === undefined) return null;
  if (advice.length === 1) {
    return (
      <div className={styles.single}>
        <AdviceStep advice={first} />
      </div>
    );
  }
  return (
    <ol className={styles.list}>
      {advice.map((step) => (
        <li key={step}>
          <AdviceStep advice={step} />
        </li>
      ))}
    </ol>
  );
}
