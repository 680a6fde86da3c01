import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { Status } from "../../../electron/contract/status.ts";
import type { Trace } from "../../../electron/contract/verify.ts";
import { useAssistant } from "../../store/assistant-store.ts";
import { AdviceList } from "../../ui/advice-list.tsx";
import { CodeLine } from "../../ui/code-line.tsx";
import { Panel } from "../../ui/panel.tsx";
import { StatusIcon } from "../../ui/status-icon.tsx";
import { useStatusWordStyle } from "../../ui/status-word.ts";

const useStyles = makeStyles({
  state: { display: "flex", alignItems: "center", gap: "8px", margin: "0 0 8px" },
  text: { margin: "0 0 8px", lineHeight: "20px", color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
});

/** Off is how it should be left; on, it fills the disk. */
const traceStates: Readonly<Record<Trace["state"], { readonly status: Status; readonly word: string }>> = {
  on: { status: "attention", word: "On" },
  off: { status: "done", word: "Off" },
  unknown: { status: "unknown", word: "Not known" },
};

/** Whether the service writes its trace, read from its configuration file; the file is never changed here. */
export function TracePanel(): ReactElement | null {
  const styles = useStyles();
  const trace = useAssistant((store) => store.state?.verification.trace);
  const { status, word } = traceStates[trace?.state ?? "unknown"];
  const wordStyle = useStatusWordStyle(status);
  if (trace === undefined) return null;
  return (
    <Panel title="Trace switch">
      <p className={styles.state} data-trace={trace.state}>
        <StatusIcon status={status} />
        <span className={wordStyle}>{word}</span>
      </p>
      {trace.text !== "" && <p className={styles.text}>{trace.text}</p>}
      <AdviceList advice={trace.advice} />
      {trace.address !== null && <CodeLine text={trace.address} what="address of the trace switch" />}
    </Panel>
  );
}
