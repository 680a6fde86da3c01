import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  MessageBar,
  MessageBarBody,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { StepId } from "../../electron/contract/checklist.ts";
import type { State } from "../../electron/contract/state.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { useChangeMode } from "./change-mode-store.ts";

const useStyles = makeStyles({
  surface: { maxWidth: "min(640px, calc(100vw - 24px))" },
  content: { display: "flex", flexDirection: "column", gap: "12px", padding: "4px 0 8px", lineHeight: "20px" },
  text: { margin: 0 },
  list: { margin: 0, paddingLeft: "20px", display: "flex", flexDirection: "column", gap: "6px" },
  command: {
    margin: 0,
    padding: "8px 12px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "18px",
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
  },
});

/** What is better done before: the installer would fail without it, or nobody would know what to type. */
function unsettled({ checklist, wizard }: State): string[] {
  const open = checklist.steps.filter(({ id, status }) => status === "action" && needed.includes(id));
  const missing = wizard.pages
    .filter(({ id, appears }) => id === "mailbox" && appears !== "never")
    .flatMap(({ controls }) => controls)
    .flatMap((control) => (control.kind === "field" && control.value === null ? [control.caption ?? "a value"] : []));
  return [
    ...(open.length === 0 ? [] : [`Still to change: ${open.map(({ title }) => title).join(", ")}.`]),
    ...(open.some(({ id }) => id === "tls")
      ? ["Without TLS 1.2 and strong cryptography the sign-in on page 8 fails."]
      : []),
    ...(missing.length === 0 ? [] : [`Not entered yet: ${missing.join(", ")}.`]),
  ];
}

/** The steps that can be finished without the installer. */
const needed: readonly StepId[] = ["server", "exchange", "tls"];

/** Shows what will be run before the installer is started. */
export function StartDialog({
  copyConfig,
  onClose,
}: {
  readonly copyConfig: boolean;
  readonly onClose: () => void;
}): ReactElement | null {
  const styles = useStyles();
  const state = useAssistant((store) => store.state);
  const startInstaller = useChangeMode((store) => store.startInstaller);
  if (state === null) return null;
  const { server, changeMode, wizard } = state;
  const command = changeMode.readiness.find(({ id }) => id === "command");
  const practice = state.practice !== null;
  const elevation = changeMode.readiness.find(({ id }) => id === "elevation");
  const against = changeMode.readiness.filter(({ status }) => status === "action");
  const warnings = [
    ...wizard.refusals,
    ...unsettled(state),
    ...against.map(({ text, cure }) => (cure === null ? text : `${text} ${cure}`)),
  ];
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface className={styles.surface}>
        <DialogBody data-start-installer>
          <DialogTitle>Start the installer in Change mode?</DialogTitle>
          <DialogContent className={styles.content}>
            <p className={styles.text}>
              This is run on <b>{server.computer}</b> ({server.label}):
            </p>
            <pre className={styles.command}>{command?.text}</pre>
            <ul className={styles.list}>
              {copyConfig && <li>Before it, the service’s configuration file is copied.</li>}
              {elevation !== undefined && elevation.status !== "notApplicable" && <li>{elevation.text}</li>}
              <li>
                {practice
                  ? "No window opens: the companion shows the practice installer’s page and its buttons."
                  : "The installer’s window opens. The companion shows what to do on each page."}
              </li>
              <li>Nothing is changed before you press Install on its last page.</li>
            </ul>
            {warnings.length > 0 && (
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>{warnings.join(" ")}</MessageBarBody>
              </MessageBar>
            )}
          </DialogContent>
          <DialogActions>
            <Button
              appearance="primary"
              onClick={() => {
                onClose();
                void startInstaller(copyConfig);
              }}
            >
              Start the installer
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
