import { Link, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { Explanation, InstallerWatch } from "../../electron/contract/change-mode.ts";
import { sentence } from "../ui/phrases.ts";
import { LogLines } from "./log-lines.tsx";
import { ShowLogButton } from "./show-log-button.tsx";

const useStyles = makeStyles({
  list: { listStyle: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column", gap: "12px" },
  reason: { lineHeight: "20px", overflowWrap: "anywhere" },
  cause: { fontWeight: 600 },
  cure: { margin: 0 },
  text: { margin: 0, fontStyle: "italic" },
  origin: {
    margin: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
  },
});

/** Why a run did not succeed: each reason with its cure and where it was told, nearest to the cause first. */
export function ExplanationList({ watch }: { readonly watch: InstallerWatch }): ReactElement | null {
  const styles = useStyles();
  const { explanations, firstFailure, signInErrors } = watch;
  if (explanations.length === 0 && firstFailure === null && signInErrors.length === 0) return null;
  return (
    <ul className={styles.list} aria-label="Why">
      {signInErrors.map(({ code, meaning, cure }) => (
        <li key={code} className={styles.reason}>
          <span className={styles.cause}>{sentence(meaning)}</span>
          <p className={styles.cure}>{cure}</p>
          <p className={styles.origin}>{code}, told when the installer signed in</p>
        </li>
      ))}
      {explanations.map((reason) => (
        <Reason key={`${reason.origin} ${reason.code} ${reason.line}`} reason={reason} run={watch.startedAt} />
      ))}
      {firstFailure !== null && (
        <li className={styles.reason} data-first-failure={firstFailure.action}>
          <span className={styles.cause}>The first action that failed: {firstFailure.action}</span>
          <p className={styles.origin}>
            Line {firstFailure.line} of the log
            {firstFailure.customAction && `, in the custom action ${firstFailure.customAction}`}
            {firstFailure.nested && ", in a run within this one: an older version was removed"}
          </p>
          <LogLines label="What was said before it" lines={firstFailure.said} />
          <LogLines label="The lines around it" lines={firstFailure.around} cause={firstFailure.line} />
          <ShowLogButton run={watch.startedAt} line={firstFailure.line} />
        </li>
      )}
    </ul>
  );
}

const origins = { exit: "Exit code", message: "Message", customAction: "Custom action, code" } as const;

/** One reason: the installer's own words, what they mean, what to do, and where it stands. */
function Reason({ reason, run }: { readonly reason: Explanation; readonly run: string }): ReactElement {
  const styles = useStyles();
  const { code, origin, cause, cure, line, source, text, around } = reason;
  return (
    <li className={styles.reason} data-explanation={code}>
      <span className={styles.cause}>{sentence(cause)}</span>
      {text !== null && text !== cause && <p className={styles.text}>{text}</p>}
      {cure !== "" && <p className={styles.cure}>{cure}</p>}
      <p className={styles.origin}>
        {origins[origin]} {code}
        {line !== null && `, line ${line} of the log`}
        {source.startsWith("https://") && (
          <>
            {" · "}
            <Link href={source} target="_blank" rel="noreferrer" inline>
              Microsoft’s list of codes
            </Link>
          </>
        )}
      </p>
      <LogLines label="The lines around it" lines={around} cause={line} />
      {line !== null && <ShowLogButton run={run} line={line} />}
    </li>
  );
}
