import { Button, makeStyles } from "@fluentui/react-components";
import { FolderOpen20Regular } from "@fluentui/react-icons/svg/folder-open";
import type { ReactElement } from "react";
import { useAssistant } from "../store/assistant-store.ts";

const useStyles = makeStyles({ button: { alignSelf: "flex-start", marginTop: "4px" } });

/** Shows a run's log in its folder, and names the line to go to there; nothing where there is no such folder here. */
export function ShowLogButton({
  run,
  line,
}: {
  /** When the run began. */
  readonly run: string;
  readonly line: number;
}): ReactElement | null {
  const styles = useStyles();
  const request = useAssistant((store) => store.request);
  const isHere = useAssistant((store) => store.host === "program" && store.state?.server.local === true);
  if (!isHere) return null;
  return (
    <Button
      className={styles.button}
      size="small"
      icon={<FolderOpen20Regular />}
      onClick={() => void request((bridge) => bridge.showLog({ run }))}
    >
      Show the log (line {line})
    </Button>
  );
}
