import { Dialog, DialogSurface, makeStyles, mergeClasses } from "@fluentui/react-components";
import { type ReactElement, useState } from "react";
import { type Asked, useAssistant } from "../store/assistant-store.ts";
import { endWords } from "../store/change-labels.ts";
import type { ChangeRequest } from "../store/change-request.ts";
import { SpokenOnly } from "../ui/spoken-only.tsx";
import { ChangeEnded } from "./change-ended.tsx";
import { ChangeRunning } from "./change-running.tsx";
import { JournalQuestion } from "./journal-question.tsx";
import { OfferQuestion } from "./offer-question.tsx";
import { RestartQuestion } from "./restart-question.tsx";
import { ReviewQuestion } from "./review-question.tsx";

const useStyles = makeStyles({
  surface: { maxWidth: "min(720px, calc(100vw - 24px))", "@media (max-width: 700px)": { padding: "16px" } },
  wide: { maxWidth: "min(1004px, calc(100vw - 20px))" },
});

/**
 * One dialog from the question to the end: what will be changed, how far it is, how it ended. It can be closed at any
 * time but while the change goes on; that it was done is then also a quiet message.
 */
export function ChangeDialog({ asked }: { readonly asked: Asked }): ReactElement {
  const styles = useStyles();
  const change = useAssistant((store) => store.change);
  const ask = useAssistant((store) => store.ask);
  const makeChange = useAssistant((store) => store.makeChange);
  const [started, setStarted] = useState(false);
  // What had the focus when the dialog came; it gets it back, unless the change has taken it away.
  const [opener] = useState(() => document.activeElement);
  const running = started && change !== null && change.end === null;
  const close = (): void => {
    if (running) return;
    ask(null);
    // After the dialog is gone: until then what is behind it cannot take the focus.
    setTimeout(() => {
      const back = opener instanceof HTMLElement && opener !== document.body && opener.isConnected ? opener : null;
      (back ?? document.getElementById("screen-title"))?.focus();
    });
  };
  const start = (request: ChangeRequest): void => {
    setStarted(true);
    void makeChange(request);
  };
  const ended = started && change !== null && change.end !== null ? { request: change.request, end: change.end } : null;
  const asking = !started || change === null;
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && close()}>
      <DialogSurface className={mergeClasses(styles.surface, asking && asked.what === "apply" && styles.wide)}>
        {/* The window's own live region is silent behind a dialog. */}
        <div role="status">
          <SpokenOnly>{ended === null ? "" : endWords(ended.request, ended.end).lines.join(" ")}</SpokenOnly>
        </div>
        {asking ? (
          asked.what === "apply" ? (
            <ReviewQuestion only={asked.only} onStart={start} onClose={close} />
          ) : asked.what === "restart" ? (
            <RestartQuestion onStart={start} onClose={close} />
          ) : asked.what === "offer" ? (
            <OfferQuestion finding={asked.finding} onStart={start} onClose={close} />
          ) : (
            <JournalQuestion what={asked.what} journal={asked.journal} onStart={start} onClose={close} />
          )
        ) : ended === null ? (
          <ChangeRunning change={change} />
        ) : (
          <ChangeEnded {...ended} onForce={start} onClose={close} />
        )}
      </DialogSurface>
    </Dialog>
  );
}
