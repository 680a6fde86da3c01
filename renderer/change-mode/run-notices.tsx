import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { InstallerWatch } from "../../electron/contract/change-mode.ts";
import { sentence } from "../ui/phrases.ts";

const useStyles = makeStyles({ line: { whiteSpace: "normal", overflowWrap: "anywhere" } });

/** What the person must know while the installer runs: a sign-in it was refused, and faults of the following itself. */
export function RunNotices({ watch }: { readonly watch: InstallerWatch }): ReactElement | null {
  const styles = useStyles();
  if (watch.signInErrors.length === 0 && watch.notice === null) return null;
  return (
    <>
      {watch.signInErrors.map(({ code, meaning, cure }) => (
        <MessageBar key={code} intent="error" layout="multiline" data-sign-in-error={code}>
          <MessageBarBody className={styles.line}>
            <MessageBarTitle>{code}</MessageBarTitle> {sentence(meaning)} {cure}
          </MessageBarBody>
        </MessageBar>
      ))}
      {watch.notice !== null && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody className={styles.line}>{sentence(watch.notice)}</MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}
