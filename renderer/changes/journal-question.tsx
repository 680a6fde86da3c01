import { Button, DialogActions, DialogContent, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { JournalSummary } from "../../electron/contract/change.ts";
import { useAssistant } from "../store/assistant-store.ts";
import type { ChangeRequest } from "../store/change-request.ts";
import { readableMoment } from "../ui/day.ts";
import { counted } from "../ui/phrases.ts";
import { ChangeList } from "./change-list.tsx";
import { PhaseBody } from "./phase-body.tsx";
import { PhaseTitle } from "./phase-title.tsx";

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: "12px", padding: "4px 0" },
  lead: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

type JournalRequest = Exclude<ChangeRequest["what"], "apply">;

interface Question {
  readonly title: string;
  readonly lead: string;
  readonly button: string;
}

function questionFor(what: JournalRequest, { kind, at, changes }: JournalSummary): Question {
  const when = readableMoment(at, "");
  const values = counted(changes.length, "value");
  const asking = "A value someone else has changed since is not overwritten without asking.";
  const interrupted = kind === "apply" ? "change" : "undo";
  switch (what) {
    case "putBack":
      return {
        title: `Undo the change of ${when}`,
        lead: `${values}: what stood there before is put back, and keys the change created go when they are empty. ${asking}`,
        button: `Put back ${values}`,
      };
    case "again":
      return {
        title: `Make the change again that was undone on ${when}`,
        lead: `${values}: what the undo took back is set once more. ${asking}`,
        button: `Set ${values}`,
      };
    case "finish":
      return {
        title: `Finish the ${interrupted} of ${when}`,
        lead: `What is missing is set, so that all ${values} stand as the ${interrupted} wanted them. ${asking}`,
        button: "Finish",
      };
    case "rollback":
      return {
        title: `Put back the ${interrupted} of ${when}`,
        lead: `What was set is put back, so that all ${values} stand as they were before the ${interrupted}. ${asking}`,
        button: "Put back",
      };
  }
}

/** Asks before something is done with a journal, and lists every value with what it becomes. */
export function JournalQuestion({
  what,
  journal,
  onStart,
  onClose,
}: {
  readonly what: JournalRequest;
  readonly journal: JournalSummary;
  readonly onStart: (request: ChangeRequest) => void;
  readonly onClose: () => void;
}): ReactElement {
  const styles = useStyles();
  const busy = useAssistant((store) => store.work !== null);
  const { title, lead, button } = questionFor(what, journal);
  const changes =
    what === "finish"
      ? journal.changes
      : journal.changes.map(({ address, from, to }) => ({ address, from: to, to: from }));
  return (
    <PhaseBody phase="question">
      <PhaseTitle follows={false}>{title}</PhaseTitle>
      <DialogContent className={styles.content} tabIndex={0}>
        <p className={styles.lead}>{lead}</p>
        <ChangeList changes={changes} />
      </DialogContent>
      <DialogActions>
        <Button
          appearance="primary"
          disabledFocusable={busy}
          onClick={() => onStart({ what, journal: journal.id, force: false })}
        >
          {button}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </DialogActions>
    </PhaseBody>
  );
}
