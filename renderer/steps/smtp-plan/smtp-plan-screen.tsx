import { makeStyles, tokens } from "@fluentui/react-components";
import { type ReactElement, useEffect, useState } from "react";
import type { SmtpPlan, SmtpPlanNotes } from "../../../electron/contract/smtp-plan.ts";
import { Notice } from "../../cloud/notice.tsx";
import { useAssistant } from "../../store/assistant-store.ts";
import { assistant } from "../../store/bridge.ts";
import { useTargetField } from "../../store/target-field.ts";
import { CodeLine } from "../../ui/code-line.tsx";
import { Columns } from "../../ui/columns.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { readableDay } from "../../ui/day.ts";
import { FactList } from "../../ui/fact-list.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SmtpQuestions } from "./smtp-questions.tsx";
import { SmtpSteps } from "./smtp-steps.tsx";

const useStyles = makeStyles({
  name: { margin: "0 0 4px", fontSize: tokens.fontSizeBase400, lineHeight: "22px", fontWeight: 600 },
  list: { margin: "8px 0", paddingLeft: "20px", lineHeight: "20px" },
  rows: { display: "flex", flexDirection: "column", gap: "12px" },
  row: { display: "flex", flexDirection: "column", gap: "2px", minWidth: 0, lineHeight: "20px" },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: "20px", fontWeight: 600 },
  soft: { margin: 0, color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
  bar: { marginTop: "8px" },
});

/** The way that fits, why, and what to weigh. */
function Way({ plan }: { readonly plan: SmtpPlan }): ReactElement {
  const styles = useStyles();
  const { way, reasons, warnings } = plan;
  if (way === null) {
    return (
      <Panel title="The way that fits">
        <p className={styles.soft}>It is named once the questions that decide are answered.</p>
      </Panel>
    );
  }
  return (
    <Panel title="The way that fits">
      <p className={styles.name} data-way={way.id}>
        {way.title}
      </p>
      <ul className={styles.list}>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <FactList facts={[{ name: "Host in the installer", value: way.host }]} />
      <div className={styles.rows}>
        {warnings.map((warning) => (
          <Notice key={warning} tone="warning">
            {warning}
          </Notice>
        ))}
      </div>
    </Panel>
  );
}

function Records({ records }: { readonly records: SmtpPlan["records"] }): ReactElement | null {
  const styles = useStyles();
  if (records.length === 0) return null;
  return (
    <Panel title="DNS records to look at">
      <div className={styles.rows}>
        {records.map(({ name, type, text, look }) => (
          <div key={type} className={styles.row} data-record={type}>
            <h3 className={styles.title}>
              {type} of {name}
            </h3>
            <p className={styles.soft}>{text}</p>
            <CodeLine text={look} what={`command: ${type} of ${name}`} />
          </div>
        ))}
      </div>
    </Panel>
  );
}

function Users({ users }: { readonly users: SmtpPlan["users"] }): ReactElement | null {
  const styles = useStyles();
  if (users.length === 0) return null;
  return (
    <Panel title="What to tell people">
      <div className={styles.rows} data-users>
        {users.map((line) => (
          <p key={line} className={styles.soft}>
            {line}
          </p>
        ))}
      </div>
      <div className={styles.bar}>
        <CopyButton text={users.join("\n")} what="the text for people" />
      </div>
    </Panel>
  );
}

function Others({ others }: { readonly others: SmtpPlan["others"] }): ReactElement | null {
  const styles = useStyles();
  if (others.length === 0) return null;
  return (
    <Panel title="The other ways">
      <div className={styles.rows}>
        {others.map(({ id, title, reason }) => (
          <div key={id} className={styles.row}>
            <h3 className={styles.title}>{title}</h3>
            <p className={styles.soft}>{reason}</p>
          </div>
        ))}
      </div>
    </Panel>
  );
}

/** The plan from Exchange Web Services to another way: five questions, the way that fits, and what to do for it. */
export function SmtpPlanScreen(): ReactElement | null {
  const styles = useStyles();
  const checklist = useAssistant((store) => store.state?.checklist);
  const editTarget = useAssistant((store) => store.editTarget);
  const notes = useTargetField("smtpPlan");
  const [plan, setPlan] = useState<SmtpPlan | null>(null);
  // Each answer, and each look, may change it.
  useEffect(() => {
    if (checklist === undefined) return;
    let wanted = true;
    void assistant()
      .getSmtpPlan(null)
      .then((outcome) => {
        if (wanted) setPlan(outcome.ok ? outcome.value : null);
      });
    return () => {
      wanted = false;
    };
  }, [checklist]);
  if (plan === null || checklist === undefined) return null;
  const note = (change: SmtpPlanNotes): void => editTarget({ smtpPlan: { ...notes, ...change } }, "now");
  const answer = (id: string, value: string): void => note({ answers: { ...notes?.answers, [id]: value } });
  const tick = (id: string, ticked: boolean): void => {
    const { [id]: _before, ...others } = { ...notes?.done } as Record<string, string>;
    note({ done: ticked ? { ...others, [id]: checklist.today } : others });
  };
  return (
    <Columns
      main={
        <>
          <SmtpQuestions plan={plan} answers={notes?.answers ?? {}} onAnswer={answer} />
          <Way plan={plan} />
          {plan.steps.length > 0 && <SmtpSteps steps={plan.steps} done={notes?.done ?? {}} onTick={tick} />}
          <Records records={plan.records} />
        </>
      }
      aside={
        <>
          <Panel title="Dates">
            <div className={styles.rows}>
              {plan.dates.map(({ day, text }) => (
                <div key={day} className={styles.row}>
                  <h3 className={styles.title}>{readableDay(day)}</h3>
                  <p className={styles.soft}>{text}</p>
                </div>
              ))}
            </div>
          </Panel>
          <Users users={plan.users} />
          <Others others={plan.others} />
        </>
      }
    />
  );
}
