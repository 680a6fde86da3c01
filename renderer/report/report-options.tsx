import { Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement, ReactNode } from "react";
import { type ReportOptions, reportFormats } from "../../electron/contract/report.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { Panel } from "../ui/panel.tsx";
import { formatWords, useReportChoice } from "./report-choice.ts";

const useStyles = makeStyles({
  group: { margin: "0 0 0 -8px", padding: 0, border: "none", minWidth: 0 },
  choices: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(min(190px, 100%), 1fr))",
    alignItems: "start",
    gap: "0 8px",
  },
  legend: {
    padding: "0 0 0 8px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    fontWeight: 600,
    color: tokens.colorNeutralForeground2,
    marginBottom: "4px",
  },
  next: { marginTop: "8px" },
  name: { display: "block", color: tokens.colorNeutralForeground1 },
  hint: {
    display: "block",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
  },
  none: { margin: "4px 0 0 8px", lineHeight: "20px", color: tokens.colorStatusDangerForeground1, fontWeight: 600 },
});

function Choice({
  name,
  hint,
  checked,
  disabled = false,
  onChange,
}: {
  readonly name: string;
  readonly hint: ReactNode;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}): ReactElement {
  const styles = useStyles();
  return (
    <Checkbox
      label={
        <>
          <span className={disabled ? undefined : styles.name}>{name}</span>
          <span className={styles.hint}>{hint}</span>
        </>
      }
      checked={checked}
      disabled={disabled}
      onChange={(_event, data) => onChange(data.checked === true)}
    />
  );
}

/** In which forms the report is saved, and what it leaves out or adds. */
export function ReportOptionsPanel(): ReactElement {
  const styles = useStyles();
  const choice = useReportChoice();
  const chooseReport = useAssistant((store) => store.chooseReport);
  const hasBefore = useAssistant(({ state }) => state !== null && state.comparison !== null);
  const hasPictures = useAssistant(({ state }) => state !== null && state.changeMode.pictures.length > 0);
  const { formats, options } = choice;
  const set = (change: Partial<ReportOptions>): void => chooseReport({ formats, options: { ...options, ...change } });
  return (
    <Panel title="What to save">
      <fieldset className={styles.group}>
        <legend className={styles.legend}>Forms</legend>
        <div className={styles.choices}>
          {reportFormats.map((format) => (
            <Choice
              key={format}
              name={formatWords[format].name}
              hint={formatWords[format].use}
              checked={formats.includes(format)}
              onChange={(checked) =>
                chooseReport({
                  formats: reportFormats.filter((one) => (one === format ? checked : formats.includes(one))),
                  options,
                })
              }
            />
          ))}
        </div>
        {formats.length === 0 && <p className={styles.none}>Choose at least one form.</p>}
      </fieldset>
      <fieldset className={`${styles.group} ${styles.next}`}>
        <legend className={styles.legend}>Content</legend>
        <div className={styles.choices}>
          <Choice
            name="Mask names"
            hint="People, accounts, mailboxes"
            checked={options.maskNames}
            onChange={(maskNames) => set({ maskNames })}
          />
          <Choice
            name="Before and after"
            hint={hasBefore ? "What was fixed since" : "There is no earlier look yet"}
            checked={hasBefore && options.before}
            disabled={!hasBefore}
            onChange={(before) => set({ before })}
          />
          <Choice
            name="Pictures"
            hint={hasPictures ? "Of the installer’s pages" : "None were taken"}
            checked={hasPictures && options.pictures}
            disabled={!hasPictures}
            onChange={(pictures) => set({ pictures })}
          />
        </div>
      </fieldset>
    </Panel>
  );
}
