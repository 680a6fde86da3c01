import { Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { SmtpPlanStep } from "../../../electron/contract/smtp-plan.ts";
import { CommandBlock } from "../../cloud/command-block.tsx";
import { readableDay } from "../../ui/day.ts";
import { Panel } from "../../ui/panel.tsx";
import { StatusIcon } from "../../ui/status-icon.tsx";

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyle: "none" },
  step: {
    display: "grid",
    gridTemplateColumns: "32px minmax(0, 1fr)",
    padding: "8px 0",
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    lineHeight: "20px",
    ":first-child": { borderTop: "none" },
  },
  sign: { padding: "6px 0 0 6px" },
  box: { marginLeft: "-2px" },
  body: { display: "flex", flexDirection: "column", gap: "6px", minWidth: 0, paddingTop: "6px" },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: "20px", fontWeight: 600 },
  soft: { margin: 0, color: tokens.colorNeutralForeground2 },
});

function Step({
  step,
  isTicked,
  onTick,
}: {
  readonly step: SmtpPlanStep;
  readonly isTicked: boolean;
  readonly onTick: (id: string, ticked: boolean) => void;
}): ReactElement {
  const styles = useStyles();
  const { id, title, how, commands, done, day, ticked } = step;
  return (
    <li className={styles.step} data-plan-step={id} data-done={done}>
      {ticked ? (
        <Checkbox
          className={styles.box}
          aria-label={`Done: ${title}`}
          checked={isTicked}
          onChange={(_event, data) => onTick(id, data.checked === true)}
        />
      ) : (
        <span className={styles.sign}>
          <StatusIcon status={done ? "done" : "pending"} />
        </span>
      )}
      <div className={styles.body}>
        <h3 className={styles.title}>{title}</h3>
        {done ? (
          <p className={styles.soft}>{day === null ? "Done" : `Done on ${readableDay(day)}`}</p>
        ) : (
          <>
            {how.map((line) => (
              <p key={line} className={styles.soft}>
                {line}
              </p>
            ))}
            {commands.map((command) => (
              <CommandBlock key={command.id} command={command} level={4} />
            ))}
          </>
        )}
      </div>
    </li>
  );
}

/** What to do for the way that fits: what a person ticks off, and what a look shows to be done. */
export function SmtpSteps({
  steps,
  done,
  onTick,
}: {
  readonly steps: readonly SmtpPlanStep[];
  /** The ticks as they stand on show, by step. */
  readonly done: Readonly<Record<string, string | undefined>>;
  readonly onTick: (id: string, ticked: boolean) => void;
}): ReactElement {
  const styles = useStyles();
  const count = steps.filter((step) => step.done).length;
  return (
    <Panel title={`Steps, ${count} of ${steps.length} done`} holds="allServers">
      <ol className={styles.list}>
        {steps.map((step) => (
          <Step key={step.id} step={step} isTicked={done[step.id] !== undefined} onTick={onTick} />
        ))}
      </ol>
    </Panel>
  );
}
