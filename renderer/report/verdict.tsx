import { makeStyles } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { type Status, statusWords } from "../../electron/contract/status.ts";
import { StatusIcon } from "../ui/status-icon.tsx";
import { useStatusWordStyle } from "../ui/status-word.ts";

const useStyles = makeStyles({
  verdict: { display: "flex", alignItems: "center", gap: "6px", whiteSpace: "nowrap" },
});

/** A status as sign and word, on one line. */
export function Verdict({ status }: { readonly status: Status }): ReactElement {
  const styles = useStyles();
  const word = useStatusWordStyle(status);
  return (
    <span className={styles.verdict}>
      <StatusIcon status={status} />
      <span className={word}>{statusWords[status]}</span>
    </span>
  );
}
