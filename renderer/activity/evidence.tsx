import { Button, Link, makeStyles } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { TimelineEntry } from "../../electron/contract/verify.ts";
import { ChangeList } from "../changes/change-list.tsx";
import { interruptedIn, listedJournal } from "../changes/journal-labels.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { type ScreenId, screenName } from "../store/screens.ts";

/** The screen that shows what an entry is of. */
const screenOf: Readonly<Record<TimelineEntry["kind"], ScreenId>> = {
  windowsStart: "server",
  serviceStart: "verify",
  change: "tls",
  undo: "tls",
  installer: "changeMode",
  cloudCheck: "azureIds",
  event: "verify",
  mail: "verify",
  look: "overview",
  relayCheck: "mailServer",
  confirmation: "overview",
};

const labels = { putBack: "Undo", again: "Make again" } as const;

const useStyles = makeStyles({
  evidence: { display: "flex", flexDirection: "column", alignItems: "start", gap: "12px" },
  changes: { alignSelf: "stretch" },
});

/** What an entry opens: the values of a change and its way back, else the screen that shows it. */
export function Evidence({ entry }: { readonly entry: TimelineEntry }): ReactElement {
  const styles = useStyles();
  const changes = useAssistant((store) => store.state?.changes);
  const ask = useAssistant((store) => store.ask);
  const busy = useAssistant((store) => store.work !== null);
  const journal = changes?.journals.find(({ id }) => id === entry.journal);
  const screen = screenOf[entry.kind];
  if (changes === undefined || journal === undefined) return <Link href={`#${screen}`}>Open {screenName(screen)}</Link>;
  const offer =
    changes.refusal === null && interruptedIn(changes.journals) === null
      ? listedJournal(journal, changes.journals).offer
      : null;
  return (
    <div className={styles.evidence}>
      <div className={styles.changes}>
        <ChangeList changes={journal.changes} />
      </div>
      {offer !== null && (
        <Button
          size="small"
          disabledFocusable={busy}
          aria-label={`${labels[offer]}: ${entry.title}`}
          onClick={() => ask({ what: offer, journal })}
        >
          {labels[offer]}
        </Button>
      )}
    </div>
  );
}
