import { Link, makeStyles, Switch, tokens } from "@fluentui/react-components";
import { type ReactElement, useRef, useState } from "react";
import { stepIds } from "../../electron/contract/checklist.ts";
import { faultGroups, type ShownFault } from "../../electron/contract/practice.ts";
import type { State } from "../../electron/contract/state.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { type ScreenId, screenTitle } from "../store/screens.ts";

const groupTitles: Readonly<Record<ShownFault["group"], string>> = {
  microsoft: "Microsoft",
  server: "The server",
  change: "The next change",
  installer: "The installer’s next run",
};

const useStyles = makeStyles({
  heading: { margin: "12px 0 0", fontSize: tokens.fontSizeBase200, lineHeight: "16px", fontWeight: 600 },
  list: { margin: 0, padding: 0, listStyle: "none" },
  fault: { padding: "4px 0 8px" },
  about: { margin: "0 0 0 52px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

/** The screen on which a fault is found: the step of its finding, or where it is tried. */
function screenOf({ finding, group }: ShownFault, { checklist }: State): ScreenId {
  if (finding === null) return group === "change" ? "tls" : "changeMode";
  const step = checklist.steps.find(({ findings }) => findings.some(({ id }) => id === finding));
  return stepIds.find((id) => id === step?.id) ?? "overview";
}

/** Everything that can be made to go wrong on the practice server, each with what it teaches and where it is found. */
export function FaultPicker({ onLeave }: { readonly onLeave: () => void }): ReactElement | null {
  const styles = useStyles();
  const state = useAssistant((store) => store.state);
  const setFault = useAssistant((store) => store.setFault);
  const go = useAssistant((store) => store.go);
  // Shown as pressed while the server is looked at again.
  const [pressed, setPressed] = useState<Readonly<Record<string, boolean>>>({});
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const press = (id: string, set: boolean): void => {
    setPressed((now) => ({ ...now, [id]: set }));
    // One look after the other: no press is lost.
    queue.current = queue.current
      .then(() => setFault(id, set))
      .finally(() => setPressed(({ [id]: _done, ...others }) => others));
  };
  if (state === null || state.practice === null) return null;
  const { faults } = state.practice;
  const groups = faultGroups.map((group) => (
    <section key={group}>
      <h4 className={styles.heading}>{groupTitles[group]}</h4>
      {/* Without its bullets a list is none to some screen readers unless its role is written. */}
      {/* biome-ignore lint/a11y/noRedundantRoles: as above */}
      <ul role="list" className={styles.list}>
        {faults
          .filter((fault) => fault.group === group)
          .map((fault) => (
            <li key={fault.id} className={styles.fault} data-fault={fault.id}>
              <Switch
                label={fault.title}
                checked={pressed[fault.id] ?? fault.set}
                // What broke the server itself is mended where its finding says.
                disabled={fault.set && fault.lasting}
                onChange={(_event, { checked }) => press(fault.id, checked)}
              />
              <p className={styles.about}>
                {fault.says} <i>{fault.teaches}</i>
                {fault.set && (
                  <>
                    {" "}
                    <Link
                      as="button"
                      inline
                      onClick={() => {
                        onLeave();
                        go(screenOf(fault, state));
                      }}
                    >
                      Go to {screenTitle(screenOf(fault, state))}
                    </Link>
                  </>
                )}
              </p>
            </li>
          ))}
      </ul>
    </section>
  ));
  return <>{groups}</>;
}
