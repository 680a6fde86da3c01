import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { type ReactElement, useEffect, useState } from "react";
import type { MethodInput } from "../../electron/contract/methods.ts";
import type { Renewal, RenewalStep } from "../../electron/contract/renewal.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { assistant } from "../store/bridge.ts";
import { DayField } from "../ui/day-field.tsx";
import { Panel } from "../ui/panel.tsx";
import { StatusIcon } from "../ui/status-icon.tsx";
import { CommandBlock } from "./command-block.tsx";

const useStyles = makeStyles({
  text: { margin: 0, lineHeight: "20px" },
  soft: { color: tokens.colorNeutralForeground2 },
  list: { margin: "12px 0", padding: 0, listStyleType: "none", display: "flex", flexDirection: "column", gap: "12px" },
  step: { display: "flex", gap: "8px", lineHeight: "20px", minWidth: 0 },
  icon: { flexShrink: 0, paddingTop: "2px" },
  body: { display: "flex", flexDirection: "column", gap: "6px", minWidth: 0, flexGrow: 1 },
  title: { fontWeight: 600 },
  how: { margin: 0, paddingLeft: "20px" },
  bar: { display: "flex", flexWrap: "wrap", alignItems: "end", gap: "8px 12px", marginTop: "4px" },
});

type Word = MethodInput<"tellRenewal">["word"];

const stateWords: Readonly<Record<RenewalStep["state"], string>> = { done: "Done", next: "Next", waiting: "Later" };
const stateSigns = { done: "done", next: "pending", waiting: "notApplicable" } as const;

/** The renewal of the client secret: where it stands, step by step. It can be left and taken up again. */
export function RenewalPanel(): ReactElement | null {
  const styles = useStyles();
  const checklist = useAssistant((store) => store.state?.checklist);
  const busy = useAssistant((store) => store.work !== null);
  const [renewal, setRenewal] = useState<Renewal | null>(null);
  // Each look, and each change of what is wanted, may show that a step is done.
  useEffect(() => {
    if (checklist === undefined) return;
    let wanted = true;
    void assistant()
      .getRenewal(null)
      .then((outcome) => {
        if (wanted) setRenewal(outcome.ok ? outcome.value : null);
      });
    return () => {
      wanted = false;
    };
  }, [checklist]);
  if (renewal === null) return null;
  const tell = async (word: Word): Promise<void> => {
    const store = useAssistant.getState();
    store.dismissProblem();
    const told = await store.request((bridge) => bridge.tellRenewal({ word }));
    if (told === null) return;
    setRenewal(told.renewal);
    store.adopt(told.state);
    const next = told.renewal.steps.find(({ state }) => state === "next");
    store.announce(next === undefined ? "Nothing is next." : `Next: ${next.title}.`);
  };
  const begun = renewal.startedAt !== null && !renewal.finished;
  return (
    <Panel title="Renew the client secret">
      <p className={styles.text}>
        {renewal.finished
          ? "The renewal is finished: the old secret is removed."
          : begun
            ? "Leave it whenever you like: it goes on where it stands."
            : `${renewal.due.text}. A new secret is made beside the old one, checked, typed in Change mode and proved before the old one is removed.`}
      </p>
      {begun && (
        <ol className={styles.list} aria-label="Steps of the renewal">
          {renewal.steps.map((step) => (
            <Step key={step.id} step={step} busy={busy} tell={tell} />
          ))}
        </ol>
      )}
      <div className={styles.bar}>
        {begun ? (
          <Button disabledFocusable={busy} onClick={() => void tell({ say: "abandon" })}>
            Abandon the renewal
          </Button>
        ) : (
          <Button disabledFocusable={busy} onClick={() => void tell({ say: "start" })}>
            Begin a renewal
          </Button>
        )}
      </div>
    </Panel>
  );
}

function Step({
  step,
  busy,
  tell,
}: {
  readonly step: RenewalStep;
  readonly busy: boolean;
  readonly tell: (word: Word) => Promise<void>;
}): ReactElement {
  const styles = useStyles();
  const [expires, setExpires] = useState<string | undefined>(undefined);
  const { id, title, state, text, how, commands } = step;
  return (
    <li
      className={styles.step}
      data-renewal={id}
      data-state={state}
      {...(state === "next" ? { "aria-current": "step" } : {})}
    >
      <span className={styles.icon}>
        <StatusIcon status={stateSigns[state]} />
      </span>
      <div className={styles.body}>
        <span>
          <span className={styles.title}>{title}</span> <span className={styles.soft}>{stateWords[state]}</span>
        </span>
        {state !== "waiting" && <p className={mergeClasses(styles.text, styles.soft)}>{text}</p>}
        {state === "next" && (
          <>
            <ul className={styles.how}>
              {how.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
            {commands.map((command) => (
              <CommandBlock key={command.id} command={command} />
            ))}
            {id === "made" && (
              <div className={styles.bar}>
                <DayField label="The new secret expires on" value={expires} onChange={setExpires} />
                <Button
                  disabledFocusable={busy || expires === undefined}
                  onClick={() => expires !== undefined && void tell({ say: "made", expires })}
                >
                  It is made
                </Button>
              </div>
            )}
            {id === "checked" && (
              <div className={styles.bar}>
                <Button disabledFocusable={busy} onClick={() => void tell({ say: "checked" })}>
                  It was checked elsewhere
                </Button>
              </div>
            )}
            {id === "removed" && (
              <div className={styles.bar}>
                <Button disabledFocusable={busy} onClick={() => void tell({ say: "removed" })}>
                  It is removed
                </Button>
              </div>
            )}
          </>
        )}
      </div>
    </li>
  );
}
