import {
  Button,
  Menu,
  type MenuButtonProps,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  SplitButton,
  tokens,
} from "@fluentui/react-components";
import type { ReactElement } from "react";
import { interruptedIn } from "../../changes/journal-labels.ts";
import { useAssistant } from "../../store/assistant-store.ts";
import { counted } from "../../ui/phrases.ts";

const useStyles = makeStyles({
  refusal: {
    flexGrow: 1,
    flexBasis: "280px",
    // Where it would be pressed into three lines, it gets one of its own above the buttons.
    "@media (max-width: 1180px)": { order: -1, flexBasis: "100%" },
    margin: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
  },
  button: { whiteSpace: "nowrap" },
  // Also where it has come down to a line of its own.
  review: { whiteSpace: "nowrap", marginLeft: "auto" },
});

/** The planned changes as a file, and why they cannot be made from here where that is so. */
export function TlsFileActions(): ReactElement {
  const styles = useStyles();
  const saveScript = useAssistant((store) => store.saveScript);
  const changes = useAssistant((store) => store.state?.changes);
  const reason =
    changes === undefined || changes.plan.rows.length === 0
      ? null
      : interruptedIn(changes.journals) !== null
        ? "A change was interrupted. Finish it or put it back first."
        : changes.refusal;
  return (
    <>
      <Menu positioning="above-end">
        <MenuTrigger disableButtonEnhancement>
          {(trigger) => (
            <SplitButton
              appearance="subtle"
              // Fluent's own way to pair the two; their types part only in strictest TypeScript.
              menuButton={{ ...(trigger as MenuButtonProps), "aria-label": "Other files" }}
              primaryActionButton={{
                className: styles.button,
                onClick: () => void saveScript("ps1"),
                disabledFocusable: changes === undefined,
              }}
            >
              Save as script
            </SplitButton>
          )}
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => void saveScript("ps1")}>PowerShell file</MenuItem>
            <MenuItem onClick={() => void saveScript("reg")}>Registry file (.reg)</MenuItem>
            <MenuItem onClick={() => void saveScript("undoReg")}>Registry file that puts back what stands now</MenuItem>
            <MenuItem onClick={() => void saveScript("dsc")}>PowerShell DSC configuration</MenuItem>
            <MenuItem onClick={() => void saveScript("ansible")}>Ansible playbook</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {reason !== null && <p className={styles.refusal}>{reason}</p>}
    </>
  );
}

/** Opens the review of the planned changes. */
export function ReviewButton({ count }: { readonly count: number }): ReactElement {
  const styles = useStyles();
  const ask = useAssistant((store) => store.ask);
  const busy = useAssistant((store) => store.work !== null);
  return (
    <Button
      className={styles.review}
      appearance="primary"
      disabledFocusable={busy}
      data-review
      onClick={() => ask({ what: "apply" })}
    >
      Review {counted(count, "value")}
    </Button>
  );
}
