import { makeStyles, tokens } from "@fluentui/react-components";
import { type ReactElement, useState } from "react";
import type { CloudCommand } from "../../../electron/contract/cloud.ts";
import { CommandBlock } from "../../cloud/command-block.tsx";
import { useFinding } from "../../store/finding.ts";
import { FoldingPanel } from "../../ui/folding-panel.tsx";
import { Panel } from "../../ui/panel.tsx";
import { commandGroups } from "./command-groups.ts";

const useStyles = makeStyles({
  steps: { margin: 0, padding: 0, listStyle: "none", display: "flex", flexDirection: "column", gap: "20px" },
  step: { display: "grid", gridTemplateColumns: "24px minmax(0, 1fr)", gap: "12px" },
  number: {
    width: "24px",
    height: "24px",
    marginTop: "-2px",
    boxSizing: "border-box",
    borderRadius: tokens.borderRadiusCircular,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "22px",
    fontWeight: 600,
    textAlign: "center",
  },
});

function Steps({ commands }: { readonly commands: readonly CloudCommand[] }): ReactElement {
  const styles = useStyles();
  return (
    <ol className={styles.steps}>
      {commands.map((command, index) => (
        <li key={command.id} className={styles.step}>
          <span className={styles.number} aria-hidden>
            {index + 1}
          </span>
          <CommandBlock command={command} />
        </li>
      ))}
    </ol>
  );
}

const title = "Allow the application in Exchange Online";

/**
 * The commands for the administrator of Exchange Online, in their order: the allow list is read before it is written.
 * They are folded where it is known to be done; those about the mailbox are needed only when it does not answer. Which
 * is settled when the screen is entered, so that nothing moves under the reader.
 */
export function AllowSteps({ commands }: { readonly commands: readonly CloudCommand[] }): ReactElement {
  const isAllowed = useFinding("exchange.allowList")?.status === "done";
  const [folded] = useState(isAllowed);
  const { allow, mailbox } = commandGroups(commands);
  const Part = folded ? FoldingPanel : Panel;
  return (
    <>
      {allow.length > 0 && (
        <Part title={title}>
          <Steps commands={allow} />
        </Part>
      )}
      {mailbox.length > 0 && (
        <FoldingPanel title="If the mailbox does not answer">
          <Steps commands={mailbox} />
        </FoldingPanel>
      )}
    </>
  );
}
