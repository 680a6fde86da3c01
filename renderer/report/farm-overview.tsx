import { Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { Farm } from "../../electron/contract/comparison.ts";
import type { NodeStep } from "../../electron/contract/target.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { Panel } from "../ui/panel.tsx";
import { Verdict } from "./verdict.tsx";

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: "none", display: "flex", flexDirection: "column", gap: "12px" },
  row: { lineHeight: "20px", overflowWrap: "anywhere" },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "4px 12px" },
  name: { fontWeight: 600 },
  soft: { color: tokens.colorNeutralForeground2 },
  text: { margin: 0, lineHeight: "20px" },
  steps: { display: "flex", flexDirection: "column" },
  waits: { color: tokens.colorNeutralForeground2 },
});

/** What is next on each server, what the nodes of one service have otherwise, and Change mode node by node. */
export function FarmOverview({ farm }: { readonly farm: Farm }): ReactElement {
  return (
    <>
      <NextOnEach farm={farm} />
      <SharedSettings farm={farm} />
      <NodeOrder farm={farm} />
    </>
  );
}

function NextOnEach({ farm }: { readonly farm: Farm }): ReactElement {
  const styles = useStyles();
  return (
    <Panel title="What is next on each server">
      <ul className={styles.list}>
        {farm.servers.map(({ name, computer, verdict, service, next }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is the server's only identity
          <li key={index} className={styles.row}>
            <span className={styles.head}>
              <bdi className={styles.name}>{computer}</bdi>
              <Verdict status={verdict} />
              <span className={styles.soft}>
                <bdi>{name}</bdi>
                {service !== null && (
                  <>
                    , database <bdi>{service}</bdi>
                  </>
                )}
              </span>
            </span>
            {next === null ? "Nothing is left." : `${next.title}${next.advice === null ? "" : `: ${next.advice}`}`}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Servers that have the same are told together. */
function groups({ servers }: Farm, cells: readonly (string | null)[]): readonly { value: string; who: string }[] {
  return [...new Set(cells)].map((cell) => ({
    value: cell ?? "not known",
    who: servers
      .filter((_, index) => cells[index] === cell)
      .map(({ computer }) => computer)
      .join(", "),
  }));
}

function SharedSettings({ farm }: { readonly farm: Farm }): ReactElement {
  const styles = useStyles();
  const differing = farm.settings.filter(({ status }) => status === "action" || status === "attention");
  return (
    <Panel title="Settings that differ between nodes of one MIM Service">
      {differing.length === 0 ? (
        <p className={styles.text}>None.</p>
      ) : (
        <ul className={styles.list}>
          {differing.map(({ id, title, status, cells, advice }) => (
            <li key={id} className={styles.row} data-setting={id}>
              <span className={styles.head}>
                <span className={styles.name}>{title}</span>
                <Verdict status={status} />
              </span>
              {groups(farm, cells).map(({ value, who }) => (
                <div key={value}>
                  <bdi>{who}</bdi>: <bdi>{value}</bdi>
                </div>
              ))}
              <span className={styles.soft}>{advice.join(" ")}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

async function tick(computer: string, step: NodeStep, ticked: boolean): Promise<void> {
  const store = useAssistant.getState();
  const state = await store.request((bridge) => bridge.tickNode({ computer, step, ticked }));
  if (state !== null) store.adopt(state);
}

function NodeOrder({ farm }: { readonly farm: Farm }): ReactElement {
  const styles = useStyles();
  const busy = useAssistant((store) => store.work !== null);
  return (
    <Panel title="Change mode, one node at a time">
      {farm.order.length === 0 ? (
        <p className={styles.text}>Nothing in it is left to do on any of them.</p>
      ) : (
        <ol className={styles.list}>
          {farm.order.map(({ server, computer, steps }, place) => (
            <li key={server} className={styles.row}>
              <span className={styles.head}>
                <bdi className={styles.name}>{`${place + 1}. ${computer}`}</bdi>
                {place > 0 && <span className={styles.waits}>when the one above is back</span>}
              </span>
              <div className={styles.steps}>
                {steps.map(({ id, title, done, day }) => (
                  <Checkbox
                    key={id}
                    checked={done}
                    // What a look shows cannot be ticked away.
                    disabled={busy || (done && day === null)}
                    label={`${title}${day === null ? "" : `, ${day}`}`}
                    onChange={(_event, data) => void tick(computer, id, data.checked === true)}
                  />
                ))}
              </div>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
