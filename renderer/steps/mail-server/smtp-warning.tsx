import { Button, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";

const useStyles = makeStyles({
  box: {
    marginTop: "12px",
    padding: "12px 16px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
    backgroundColor: tokens.colorStatusWarningBackground1,
    lineHeight: "20px",
  },
  title: { margin: 0, fontWeight: 600 },
  list: { margin: "4px 0 12px", paddingLeft: "20px" },
  bar: { display: "flex", flexWrap: "wrap", gap: "8px" },
});

/** What is lost with SMTP, said before it is chosen. */
export function SmtpWarning({
  groupManaged,
  onChoose,
  onKeep,
}: {
  /** True when the service runs as a group Managed Service Account today. */
  readonly groupManaged: boolean;
  readonly onChoose: () => void;
  readonly onKeep: () => void;
}): ReactElement {
  const styles = useStyles();
  return (
    <section className={styles.box} aria-label="What is lost with SMTP" data-smtp-warning>
      <p className={styles.title}>With SMTP these are gone:</p>
      <ul className={styles.list}>
        <li>Approvals by mail and in Outlook: people approve in the MIM Portal.</li>
        <li>
          A group Managed Service Account{groupManaged ? ", which this server has" : ""}: SMTP takes a regular account
          alone.
        </li>
      </ul>
      <div className={styles.bar}>
        <Button onClick={onChoose}>Choose SMTP</Button>
        <Button onClick={onKeep}>Keep what was wanted</Button>
      </div>
    </section>
  );
}
