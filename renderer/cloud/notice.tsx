import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Info16Regular } from "@fluentui/react-icons/svg/info";
import { Warning16Regular } from "@fluentui/react-icons/svg/warning";
import type { ReactElement, ReactNode } from "react";

const useStyles = makeStyles({
  notice: { display: "flex", alignItems: "start", gap: "8px", margin: 0, lineHeight: "20px" },
  sign: { flexShrink: 0, marginTop: "2px" },
  information: { color: tokens.colorNeutralForeground3 },
  warning: { color: tokens.colorStatusWarningForeground1 },
});

/** A sentence to be known beside something, with a sign in front of it. */
export function Notice({
  tone = "information",
  children,
}: {
  readonly tone?: "information" | "warning";
  readonly children: ReactNode;
}): ReactElement {
  const styles = useStyles();
  const Sign = tone === "warning" ? Warning16Regular : Info16Regular;
  return (
    <p className={styles.notice}>
      <Sign aria-hidden className={mergeClasses(styles.sign, styles[tone])} />
      <span>{children}</span>
    </p>
  );
}
