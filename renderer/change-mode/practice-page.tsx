import {
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  Radio,
  RadioGroup,
  Select,
  tokens,
} from "@fluentui/react-components";
import { type ReactElement, useId } from "react";
import { authenticationCaptions, mailServerCaptions } from "../../electron/contract/mail-server.ts";
import { type Entered, type EnteredKey, enteredOn } from "../../electron/contract/practice.ts";
import type { Found } from "../../electron/contract/state.ts";
import type { WizardControl, WizardPage } from "../../electron/contract/wizard.ts";

const useStyles = makeStyles({
  page: {
    display: "flex",
    flexDirection: "column",
    gap: "8px",
    padding: "8px 12px 12px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorBrandStroke2}`,
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: "16px", fontWeight: 600 },
  // As wide as the page, however long its longest option.
  select: { minWidth: 0, "& > select": { width: "100%", minWidth: 0 } },
  tick: { marginLeft: "-8px" },
});

/** What stands in the controls of the practice installer's page, by what is taken from them. */
export type PageAnswers = Readonly<Partial<Record<EnteredKey, string>>>;

/** What a page holds before anybody touches it: what the server has, and on the database page Microsoft's own picture. */
export function untouched(page: WizardPage, found: Found): PageAnswers {
  const account = found.serviceAccount ?? "";
  const at = account.indexOf("\\");
  const standing: Readonly<Record<EnteredKey, string>> = {
    database: "Create a new database.",
    mailServer: found.mailServer === null ? "" : mailServerCaptions[found.mailServer],
    mailHost: found.mailHost ?? "",
    authentication: authenticationCaptions.basic,
    managed: "",
    applicationId: "",
    tenantId: "",
    secret: "",
    accountName: account.slice(at + 1),
    accountDomain: at < 0 ? "" : account.slice(0, at),
    serviceEmail: found.serviceEmail ?? "",
    emailPassword: "",
  };
  return Object.fromEntries(keysOf(page).flatMap(({ key }) => [[key, standing[key]]]));
}

/** What a page holds once everything on it is as the companion says. */
export function asTold(page: WizardPage): PageAnswers {
  return Object.fromEntries(keysOf(page).map(({ key, control }) => [key, toldBy(control)]));
}

const isGreyed = (control: WizardControl): boolean => "state" in control && control.state === "greyed";

function toldBy(control: WizardControl): string {
  switch (control.kind) {
    case "choice":
      return control.choose ?? "";
    case "field":
      return control.value ?? "";
    case "checkBox":
      return control.checked ? "yes" : "";
    // Any text will do: of a secret only whether there is one is taken.
    case "secret":
      return control.leaveEmpty ? "" : "practice";
    default:
      return "";
  }
}

function keysOf(page: WizardPage): readonly { readonly key: EnteredKey; readonly control: WizardControl }[] {
  return (enteredOn[page.id] ?? []).flatMap((key, index) => {
    const control = page.controls[index];
    return key === null || control === undefined ? [] : [{ key, control }];
  });
}

/** What is sent of a page: of a secret that it was typed, and nothing of it. */
export function enteredIn(page: WizardPage, answers: PageAnswers): Entered[] {
  return keysOf(page).flatMap(({ key, control }) => {
    const text = answers[key];
    if (text === undefined || isGreyed(control)) return [];
    return [{ key, text: control.kind === "secret" && text !== "" ? "yes" : text }];
  });
}

/** The controls of the practice installer's page, to be gone through by hand as on a real one; null where there is none. */
export function PracticePage({
  page,
  answers,
  onAnswer,
}: {
  readonly page: WizardPage;
  readonly answers: PageAnswers;
  readonly onAnswer: (answers: PageAnswers) => void;
}): ReactElement | null {
  const styles = useStyles();
  const title = useId();
  const keys = keysOf(page);
  if (keys.length === 0) return null;
  return (
    <section className={styles.page} aria-labelledby={title} data-practice-page={page.id}>
      <h4 id={title} className={styles.title}>
        The page, for practice
      </h4>
      {keys.map(({ key, control }) => (
        <Control
          key={key}
          name={key}
          control={control}
          text={answers[key] ?? ""}
          onText={(text) => onAnswer({ ...answers, [key]: text })}
        />
      ))}
      <div>
        <Button size="small" onClick={() => onAnswer(asTold(page))} data-as-told>
          Fill in as the drawing says
        </Button>
      </div>
    </section>
  );
}

const captions: Readonly<Partial<Record<EnteredKey, string>>> = {
  database: "Database",
  mailHost: "Mail server’s name",
};

function Control({
  name,
  control,
  text,
  onText,
}: {
  readonly name: EnteredKey;
  readonly control: WizardControl;
  readonly text: string;
  readonly onText: (text: string) => void;
}): ReactElement | null {
  const styles = useStyles();
  const caption = ("caption" in control ? control.caption : null) ?? captions[name] ?? "";
  const disabled = isGreyed(control);
  switch (control.kind) {
    case "choice":
      return (
        <Field label={caption}>
          {control.caption === null ? (
            <RadioGroup value={text} onChange={(_event, data) => onText(data.value)} data-enter={name}>
              {control.options.map((option) => (
                <Radio key={option} value={option} label={option} />
              ))}
            </RadioGroup>
          ) : (
            <Select
              className={styles.select}
              value={text}
              onChange={(_event, data) => onText(data.value)}
              data-enter={name}
            >
              {!control.options.includes(text) && <option value={text}>{text}</option>}
              {control.options.map((option) => (
                <option key={option}>{option}</option>
              ))}
            </Select>
          )}
        </Field>
      );
    case "field":
    case "secret":
      return (
        <Field label={caption}>
          <Input
            type={control.kind === "secret" ? "password" : "text"}
            value={disabled ? "" : text}
            disabled={disabled}
            autoComplete="off"
            maxLength={256}
            onChange={(_event, data) => onText(data.value)}
            data-enter={name}
          />
        </Field>
      );
    case "checkBox":
      return (
        <Checkbox
          className={styles.tick}
          checked={text !== ""}
          label={caption}
          onChange={(_event, data) => onText(data.checked === true ? "yes" : "")}
        />
      );
    default:
      return null;
  }
}
