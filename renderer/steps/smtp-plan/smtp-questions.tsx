import { Field, makeStyles, Radio, RadioGroup, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { SmtpAnswers, SmtpPlan } from "../../../electron/contract/smtp-plan.ts";
import { Panel } from "../../ui/panel.tsx";

const useStyles = makeStyles({
  list: { display: "flex", flexDirection: "column", gap: "16px" },
  // Fluent greys the choice that is not made; all are to be read.
  choice: { color: tokens.colorNeutralForeground1 },
  choices: { marginLeft: "-8px" },
});

/** The five questions; each answer is taken at once. */
export function SmtpQuestions({
  plan,
  answers,
  onAnswer,
}: {
  readonly plan: SmtpPlan;
  /** As they stand on show: chosen a moment ago, or sent. */
  readonly answers: SmtpAnswers;
  readonly onAnswer: (id: string, value: string) => void;
}): ReactElement {
  const styles = useStyles();
  return (
    <Panel title={`Five questions, ${plan.answered} answered`} holds="allServers">
      <div className={styles.list}>
        {plan.questions.map(({ id, text, why, options }) => (
          <Field key={id} label={text} hint={why} data-question={id}>
            <RadioGroup
              className={styles.choices}
              layout={options.length === 2 ? "horizontal" : "vertical"}
              value={answers[id] ?? ""}
              onChange={(_event, { value }) => onAnswer(id, value)}
            >
              {options.map(({ value, label }) => (
                <Radio key={value} value={value} label={<span className={styles.choice}>{label}</span>} />
              ))}
            </RadioGroup>
          </Field>
        ))}
      </div>
    </Panel>
  );
}
