import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { type ReactElement, type ReactNode, useId } from "react";

const useStyles = makeStyles({
  panel: {
    boxSizing: "border-box",
    minWidth: 0,
    padding: "16px 20px",
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
  },
  note: {
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
    backgroundColor: tokens.colorStatusWarningBackground1,
  },
  dense: { padding: "12px 16px" },
  titleAbove: { marginBottom: "2px" },
  holds: {
    margin: "0 0 12px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
  },
  title: { margin: "0 0 12px", fontSize: tokens.fontSizeBase300, lineHeight: "20px", fontWeight: 600 },
});

/** For which servers counts what is entered in a part of a screen. */
const holdsWords = { thisServer: "For this server", allServers: "For all servers" } as const;

/**
 * A titled part of a screen. `note` is for what must be weighed before going on; `dense` for where room is short;
 * `holds` says for which servers counts what is entered in it.
 */
export function Panel({
  title,
  tone = "plain",
  dense = false,
  holds,
  children,
}: {
  readonly title: string;
  readonly tone?: "plain" | "note";
  readonly dense?: boolean;
  readonly holds?: keyof typeof holdsWords;
  readonly children: ReactNode;
}): ReactElement {
  const styles = useStyles();
  const heading = useId();
  return (
    <section
      className={mergeClasses(styles.panel, dense && styles.dense, tone === "note" && styles.note)}
      aria-labelledby={heading}
    >
      <h2 id={heading} className={mergeClasses(styles.title, holds !== undefined && styles.titleAbove)}>
        {title}
      </h2>
      {holds !== undefined && <p className={styles.holds}>{holdsWords[holds]}</p>}
      {children}
    </section>
  );
}
