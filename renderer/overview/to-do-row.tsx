import { Button, Link, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { Finding, StepId } from "../../electron/contract/checklist.ts";
import type { RemedyKind } from "../../electron/contract/remedy.ts";
import type { Standing } from "../../electron/contract/standing.ts";
import { statusWords } from "../../electron/contract/status.ts";
import { useReviewable } from "../changes/reviewable.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { useRelayRun } from "../store/relay-run.ts";
import { screenName } from "../store/screens.ts";
import { SpokenOnly } from "../ui/spoken-only.tsx";
import { StatusIcon } from "../ui/status-icon.tsx";
import { ConfirmButton } from "./confirm-button.tsx";
import { EnterField, enteredBy } from "./enter-field.tsx";

const useStyles = makeStyles({
  row: {
    display: "grid",
    gridTemplateColumns: "20px minmax(0, 224px) minmax(0, 1fr) auto",
    alignItems: "center",
    gap: "4px 12px",
    padding: "8px 20px",
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    lineHeight: "20px",
    "@media (max-width: 1100px)": { gridTemplateColumns: "20px minmax(0, 1fr) auto" },
  },
  title: { fontWeight: 600, color: tokens.colorNeutralForeground1, overflowWrap: "anywhere" },
  facts: {
    margin: 0,
    color: tokens.colorNeutralForeground2,
    overflowWrap: "anywhere",
    "@media (max-width: 1100px)": { gridColumn: "2", gridRow: "2" },
  },
  wide: { minWidth: "96px" },
  button: {
    whiteSpace: "nowrap",
    justifySelf: "end",
    "@media (max-width: 1100px)": { gridRow: "1 / span 2", gridColumn: "3" },
  },
});

/** What the button of a row says, by what settles the finding. */
const buttonWords: Readonly<Record<RemedyKind, string>> = {
  apply: "Review",
  changeMode: "Open",
  enter: "Enter",
  confirm: "Confirm",
  cloudCheck: "Ask Microsoft",
  relayCheck: "Ask the relay",
  restart: "Open",
  elevate: "Look as administrator",
  manual: "Open",
};

/** One finding of the list: its sign, what was found and what is wanted, and what leads on. */
export function ToDoRow({
  finding,
  step,
  standing,
}: {
  readonly finding: Finding;
  readonly step: StepId;
  readonly standing: Standing;
}): ReactElement {
  const styles = useStyles();
  const ask = useAssistant((store) => store.ask);
  const go = useAssistant((store) => store.go);
  const lookElevated = useAssistant((store) => store.lookElevated);
  const busy = useAssistant((store) => store.work !== null);
  const askRelay = useRelayRun((store) => store.ask);
  const reviewable = useReviewable() > 0;
  const { id, title, status, actual, expected, remedy } = finding;
  const reviews = remedy.kind === "apply" && reviewable && step === "tls";
  const leads = standing !== "open" || (remedy.kind === "apply" && !reviews);
  // Only what could not be read is read by another look.
  const looks = !leads && remedy.kind === "elevate" && remedy.ready && status === "unknown";
  const word = leads || (remedy.kind === "elevate" && !looks) ? "Open" : buttonWords[remedy.kind];
  const field = standing === "open" ? enteredBy(remedy) : null;
  return (
    <li className={styles.row} data-to-do={id} data-standing={standing}>
      <StatusIcon status={standing === "ready" ? "ready" : standing === "waiting" ? "pending" : status} />
      <Link className={styles.title} href={`#${step}`}>
        {title}
        <SpokenOnly>
          , {standing === "ready" ? "Ready for Change mode" : standing === "waiting" ? "Waiting" : statusWords[status]}
        </SpokenOnly>
      </Link>
      <p className={styles.facts}>{standing === "settled" ? actual : `${actual} → ${expected}`}</p>
      <span className={styles.button}>
        {field !== null ? (
          <EnterField name={field} label={title} />
        ) : standing === "open" && remedy.kind === "confirm" ? (
          <ConfirmButton finding={finding} field={remedy.field} label={`Confirm: ${title}, ${screenName(step)}`} />
        ) : (
          <Button
            className={styles.wide}
            size="small"
            disabledFocusable={busy && (reviews || looks)}
            aria-label={`${word}: ${title}, ${screenName(step)}`}
            onClick={() => {
              if (looks) void lookElevated();
              else if (reviews && !leads) ask({ what: "apply", only: [id] });
              else {
                // Its answers come where the relay is entered.
                go(step);
                if (!leads && remedy.kind === "relayCheck" && remedy.ready) void askRelay();
              }
            }}
          >
            {word}
          </Button>
        )}
      </span>
    </li>
  );
}
