import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { InstallerWatch } from "../../electron/contract/change-mode.ts";
import { watchEnd } from "../store/watch-labels.ts";
import { ExplanationList } from "./explanation-list.tsx";
import { LogDetails } from "./log-details.tsx";

const useStyles = makeStyles({
  parts: { display: "flex", flexDirection: "column", gap: "12px" },
  line: { whiteSpace: "normal" },
});

/** How a run ended, in plain words, and why it did not succeed. */
export function RunEnd({ watch }: { readonly watch: InstallerWatch }): ReactElement {
  const styles = useStyles();
  const { intent, title, lines } = watchEnd(watch);
  return (
    <div className={styles.parts} data-run-ended={watch.exitCode ?? "unknown"}>
      <MessageBar intent={intent} layout="multiline">
        <MessageBarBody className={styles.line}>
          <MessageBarTitle>{title}</MessageBarTitle> {lines.join(" ")}
        </MessageBarBody>
      </MessageBar>
      <ExplanationList watch={watch} />
      <LogDetails details={watch.details} />
    </div>
  );
}
