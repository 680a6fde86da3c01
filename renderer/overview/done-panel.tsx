import { Button, Link } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { JournalSummary } from "../../electron/contract/change.ts";
import type { State } from "../../electron/contract/state.ts";
import type { TimelineEntry } from "../../electron/contract/verify.ts";
import { listedJournal } from "../changes/journal-labels.ts";
import { useAssistant } from "../store/assistant-store.ts";
import type { ScreenId } from "../store/screens.ts";
import { entryMoment } from "../ui/entry-moment.ts";
import { Row, RowPanel } from "../ui/row-panel.tsx";

type Kind = TimelineEntry["kind"];

/** What the job consists of, in its order, each with the screen that shows it. */
const parts: readonly { readonly kind: Kind; readonly name: string; readonly to: ScreenId }[] = [
  { kind: "change", name: "Registry values", to: "tls" },
  { kind: "installer", name: "Change mode", to: "changeMode" },
  { kind: "serviceStart", name: "MIM Service started", to: "verify" },
  { kind: "cloudCheck", name: "Microsoft asked", to: "exchange" },
  { kind: "mail", name: "Notification", to: "verify" },
];

/** What was done on the server and when: the changes that hold, and the last of everything else. */
export function DonePanel({ state }: { readonly state: State }): ReactElement {
  const go = useAssistant((store) => store.go);
  const ask = useAssistant((store) => store.ask);
  const busy = useAssistant((store) => store.work !== null);
  const { verification, changes, checklist } = state;
  const rows = parts.flatMap((part) => {
    const entries = verification.timeline.filter(
      ({ kind, status }) => kind === part.kind && status !== "notApplicable",
    );
    // Every change that holds; of what is done over and over, the last time counts.
    return (part.kind === "change" ? entries : entries.slice(0, 1)).map((entry) => ({ ...part, entry }));
  });
  const journalOf = (id: string | null): JournalSummary | null => changes.journals.find((one) => one.id === id) ?? null;
  return (
    <RowPanel title="What was done" beside={<Link href="#activity">All activity</Link>}>
      {rows.length === 0 && (
        <Row id="nothing" sign="done" name="Nothing had to be done">
          Everything stood as wanted.
        </Row>
      )}
      {rows.map(({ kind, name, to, entry }) => {
        const journal = journalOf(entry.journal);
        const undo = journal !== null && changes.refusal === null && listedJournal(journal, changes.journals).offer;
        return (
          <Row
            key={`${kind} ${entry.at} ${entry.journal}`}
            id={kind}
            sign={entry.status}
            name={name}
            control={
              journal !== null && undo === "putBack" ? (
                <Button
                  size="small"
                  disabledFocusable={busy}
                  aria-label={`Undo: ${entry.title}`}
                  onClick={() => ask({ what: "putBack", journal })}
                >
                  Undo…
                </Button>
              ) : (
                <Button size="small" aria-label={`Open: ${name}`} onClick={() => go(to)}>
                  Open
                </Button>
              )
            }
          >
            {entryMoment(entry, checklist.today)} · <bdi>{entry.title}</bdi>
            {entry.by !== undefined && (
              <>
                , by <bdi>{entry.by}</bdi>
              </>
            )}
          </Row>
        );
      })}
    </RowPanel>
  );
}
