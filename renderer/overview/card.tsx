import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { type ReactElement, type ReactNode, useId } from "react";

const useStyles = makeStyles({
  card: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "12px 24px",
    boxSizing: "border-box",
    padding: "20px 20px 20px 24px",
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderLeft: `4px solid ${tokens.colorCompoundBrandBackground}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  done: {
    border: `1px solid ${tokens.colorStatusSuccessBorder1}`,
    borderLeft: `4px solid ${tokens.colorStatusSuccessBorderActive}`,
    backgroundColor: tokens.colorStatusSuccessBackground1,
  },
  words: { flexGrow: 1, flexBasis: "280px", minWidth: 0 },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: "20px", fontWeight: 600 },
  text: { margin: "2px 0 0", lineHeight: "20px", color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
  control: { whiteSpace: "nowrap" },
});

/** The card at the top of the overview: what comes next, or that all is done, with its one button. */
export function Card({
  title,
  text,
  done = false,
  data,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly done?: boolean;
  readonly data: Readonly<Record<`data-${string}`, string>>;
  readonly children: ReactNode;
}): ReactElement {
  const styles = useStyles();
  const heading = useId();
  return (
    <section className={mergeClasses(styles.card, done && styles.done)} aria-labelledby={heading} {...data}>
      <div className={styles.words}>
        <h2 id={heading} className={styles.title}>
          {title}
        </h2>
        <p className={styles.text}>{text}</p>
      </div>
      <span className={styles.control}>{children}</span>
    </section>
  );
}
