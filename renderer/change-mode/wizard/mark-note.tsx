import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement, ReactNode } from "react";

const useStyles = makeStyles({
  note: { display: "flex", alignItems: "center", gap: "8px", margin: "12px 0 0", lineHeight: "20px" },
  mark: {
    display: "inline-flex",
    flexShrink: 0,
    alignItems: "center",
    justifyContent: "center",
    width: "20px",
    height: "20px",
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    fontSize: tokens.fontSizeBase200,
    fontWeight: 600,
  },
});

/** The number of a choice on a drawn page. */
export function Mark({ number }: { readonly number: number }): ReactElement {
  return <span className={useStyles().mark}>{number}</span>;
}

/** What a number on the drawing stands for. */
export function MarkNote({
  number,
  children,
}: {
  readonly number: number;
  readonly children: ReactNode;
}): ReactElement {
  const styles = useStyles();
  return (
    <p className={styles.note}>
      <Mark number={number} />
      <span>{children}</span>
    </p>
  );
}
