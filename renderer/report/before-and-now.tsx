import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { type ReactElement, useRef } from "react";
import { useAssistant } from "../store/assistant-store.ts";
import { readableMoment } from "../ui/day.ts";
import { FileInput } from "../ui/file-input.tsx";
import { Panel } from "../ui/panel.tsx";
import { closeBefore, openBefore } from "./chosen-files.ts";
import { comparedGroups } from "./compared-groups.ts";
import { ComparedPanel } from "./compared-panel.tsx";
import { Differences } from "./differences.tsx";
import { Verdict } from "./verdict.tsx";

const useStyles = makeStyles({
  frame: { containerType: "inline-size", display: "flex", flexDirection: "column", gap: "16px" },
  text: { margin: "0 0 12px", maxWidth: "640px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  sides: {
    display: "grid",
    gridTemplateColumns: "auto auto minmax(0, 1fr)",
    alignItems: "center",
    gap: "8px 16px",
    margin: "0 0 16px",
    lineHeight: "20px",
    "@container (max-width: 520px)": { gridTemplateColumns: "auto minmax(0, 1fr)" },
  },
  side: { display: "contents" },
  term: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, overflowWrap: "anywhere" },
  label: { margin: 0, overflowWrap: "anywhere", "@container (max-width: 520px)": { gridColumn: 2 } },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px" },
});

/** What was seen before against what is seen now: what is fixed, new and still open, and what differs. */
export function BeforeAndNow(): ReactElement | null {
  const styles = useStyles();
  const comparison = useAssistant((store) => store.state?.comparison);
  const server = useAssistant((store) => store.state?.server);
  const verdict = useAssistant((store) => store.state?.checklist.verdict);
  const busy = useAssistant((store) => store.work !== null);
  const input = useRef<HTMLInputElement>(null);
  if (comparison === undefined || server === undefined || verdict === undefined) return null;
  return (
    <div className={styles.frame}>
      <Panel title="Before and now">
        {comparison === null ? (
          <p className={styles.text}>
            There is one look only. Check again after a change, and its first look stands against it here. Or choose a
            recording or a JSON report that was saved before.
          </p>
        ) : (
          <dl className={styles.sides}>
            {[
              {
                name: "Before",
                status: comparison.before.verdict,
                label: comparison.before.label,
                at: comparison.before.at,
              },
              { name: "Now", status: verdict, label: server.label, at: server.lookedAt },
            ].map(({ name, status, label, at }) => (
              <div key={name} className={styles.side}>
                <dt className={styles.term}>{name}</dt>
                <dd className={styles.value}>
                  <Verdict status={status} />
                </dd>
                <dd className={styles.label}>
                  <b>
                    <bdi>{label}</bdi>
                  </b>
                  , {readableMoment(at, "")}
                </dd>
              </div>
            ))}
          </dl>
        )}
        <div className={styles.buttons}>
          <Button disabledFocusable={busy} data-choose-before onClick={() => input.current?.click()}>
            {comparison?.before.origin === "file" ? "Choose another file…" : "Compare with a file…"}
          </Button>
          {comparison?.before.origin === "file" && (
            <Button
              disabledFocusable={busy}
              onClick={() => {
                // The button goes; the focus stays beside its place.
                document.querySelector<HTMLElement>("[data-choose-before]")?.focus();
                void closeBefore();
              }}
            >
              Back to this session’s first look
            </Button>
          )}
        </div>
        <FileInput input={input} name="before" onChoose={(file) => void openBefore(file)} />
      </Panel>
      {comparison !== null &&
        comparedGroups(comparison.findings).map((group) => <ComparedPanel key={group.became} group={group} />)}
      {comparison !== null && (
        <Panel title="In detail">
          <Differences comparison={comparison} />
        </Panel>
      )}
    </div>
  );
}
