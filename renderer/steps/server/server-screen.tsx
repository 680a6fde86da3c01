import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { dayOf } from "../../../electron/contract/date.ts";
import type { ServerKind } from "../../../electron/contract/state.ts";
import { FindingList } from "../../findings/finding-list.tsx";
import { useAssistant } from "../../store/assistant-store.ts";
import { useConfirming } from "../../store/confirming.ts";
import { nothingEntered } from "../../store/target-draft.ts";
import { Columns } from "../../ui/columns.tsx";
import { Confirmation } from "../../ui/confirmation.tsx";
import { readableMoment } from "../../ui/day.ts";
import { FactList } from "../../ui/fact-list.tsx";
import { Panel } from "../../ui/panel.tsx";

const useStyles = makeStyles({
  welcome: {
    margin: 0,
    maxWidth: "880px",
    padding: "12px 20px",
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorBrandStroke2}`,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorNeutralForeground1,
    lineHeight: "20px",
  },
});

const welcomes: Readonly<Record<ServerKind, string>> = {
  live: "This is the server the program runs on. Looking changes nothing.",
  practice: "This is a simulated MIM server to rehearse on. Nothing on this computer is changed.",
  recorded: "This is a recording of a server: it can be looked at, not changed.",
  remote: "This is another server, looked at from here: it is changed there.",
};

/** What runs here, and for whoever is here for the first time, where to begin. */
export function ServerScreen(): ReactElement | null {
  const backupBox = useConfirming("backupConfirmed");
  const styles = useStyles();
  const server = useAssistant((store) => store.state?.server);
  const first = useAssistant((store) => store.state !== null && nothingEntered(store.state.target));
  if (server === undefined) return null;
  return (
    <>
      {first && (
        <p className={styles.welcome}>
          <b>Welcome.</b> {welcomes[server.kind]} Go through the steps from top to bottom; each shows what was found,
          what is wanted and what to do. Another server can be chosen at the top.
        </p>
      )}
      <Columns
        main={<FindingList step="server" />}
        aside={
          <>
            <Panel title="This server">
              <FactList
                facts={[
                  { name: "Computer", value: server.computer },
                  { name: "Windows", value: server.windows ?? "Not known" },
                  { name: "MIM build", value: server.build ?? "Not known" },
                  { name: "Looked", value: readableMoment(server.lookedAt, dayOf(new Date())) },
                ]}
              />
            </Panel>
            <Panel title="Before anything is changed" holds="thisServer">
              <Confirmation label="The databases and this server are backed up" {...backupBox} />
            </Panel>
          </>
        }
      />
    </>
  );
}
