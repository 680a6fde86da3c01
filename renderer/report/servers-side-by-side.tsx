import { Button, makeStyles, Switch, tokens } from "@fluentui/react-components";
import { type ReactElement, useRef, useState } from "react";
import type { Farm } from "../../electron/contract/comparison.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { FileInput } from "../ui/file-input.tsx";
import { Panel } from "../ui/panel.tsx";
import { AddServers } from "./add-servers.tsx";
import { closeFarm, openFarm, saveFarm } from "./chosen-files.ts";
import { FarmOverview } from "./farm-overview.tsx";
import { ServersTable } from "./servers-table.tsx";

const useStyles = makeStyles({
  text: { margin: "0 0 12px", maxWidth: "640px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  bar: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 12px", margin: "0 0 12px" },
  count: { flexGrow: 1, flexBasis: "200px", margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

function countOf({ rows, servers }: Farm): string {
  const differing = rows.filter(({ differs }) => differs).length;
  if (servers.length < 2) return "One server only. Choose the recordings of others to put them beside it.";
  return differing === 0
    ? `${servers.length} servers, the same in every finding.`
    : `${servers.length} servers; they differ in ${differing} of ${rows.length} findings.`;
}

/** The servers of a farm, each a column, with what differs marked. */
export function ServersSideBySide(): ReactElement | null {
  const styles = useStyles();
  const farm = useAssistant((store) => store.state?.farm);
  const remote = useAssistant((store) => store.state?.available.remote === true);
  const busy = useAssistant((store) => store.work !== null);
  const [onlyDifferences, setOnlyDifferences] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  if (farm === undefined) return null;
  return (
    <>
      <Panel title="Servers side by side">
        {remote && <AddServers failed={farm?.failed ?? []} />}
        {farm === null && (
          <p className={styles.text}>
            Several servers run the MIM Service? On each, save what was seen (in the menu at the top left, or with
            mim-mail collect). Then choose those recordings here; they stand beside the server on show.
          </p>
        )}
        <div className={styles.bar}>
          {farm !== null && (
            <>
              <p className={styles.count}>{countOf(farm)}</p>
              <Switch
                label="Only differences"
                checked={onlyDifferences}
                onChange={(_event, data) => setOnlyDifferences(data.checked)}
              />
            </>
          )}
          <Button disabledFocusable={busy} data-choose-servers onClick={() => input.current?.click()}>
            {farm === null ? "Choose recordings…" : "Choose others…"}
          </Button>
          {farm !== null && (
            <Button disabledFocusable={busy} onClick={() => void saveFarm()}>
              Save as CSV…
            </Button>
          )}
          {farm !== null && (
            <Button
              disabledFocusable={busy}
              onClick={() => {
                // The button goes with the table; the focus stays beside its place.
                document.querySelector<HTMLElement>("[data-choose-servers]")?.focus();
                void closeFarm();
              }}
            >
              Close
            </Button>
          )}
        </div>
        {farm !== null && (
          <p className={styles.text}>
            What is wanted counts for all servers; what was confirmed or accepted counts for the server it was said of.
          </p>
        )}
        {farm !== null && <ServersTable farm={farm} onlyDifferences={onlyDifferences} />}
        <FileInput
          input={input}
          name="servers"
          multiple
          onChoose={(first, ...others) => void openFarm([first, ...others])}
        />
      </Panel>
      {farm !== null && farm.servers.length > 1 && <FarmOverview farm={farm} />}
    </>
  );
}
