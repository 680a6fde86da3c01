import { makeStyles, tokens } from "@fluentui/react-components";
import { Fragment, type ReactElement, type ReactNode } from "react";

const useStyles = makeStyles({
  list: { display: "grid", gridTemplateColumns: "auto minmax(0, 1fr)", gap: "6px 16px", margin: 0, lineHeight: "20px" },
  term: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, overflowWrap: "anywhere" },
});

/** Names and what stands behind them. */
export function FactList({
  facts,
}: {
  readonly facts: readonly { readonly name: string; readonly value: ReactNode }[];
}): ReactElement {
  const styles = useStyles();
  return (
    <dl className={styles.list}>
      {facts.map(({ name, value }) => (
        <Fragment key={name}>
          <dt className={styles.term}>{name}</dt>
          <dd className={styles.value}>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
