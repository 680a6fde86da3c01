import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Spinner,
  tokens,
} from "@fluentui/react-components";
import { type ReactElement, useEffect, useState } from "react";
import type { About } from "../../electron/contract/about.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { readableDay } from "../ui/day.ts";
import { FactList } from "../ui/fact-list.tsx";
import { Diagnostics } from "./diagnostics.tsx";
import { LicenceList } from "./licence-list.tsx";
import { useOpenDialog } from "./open-dialog.ts";

const useStyles = makeStyles({
  // Some of the window stays in sight around it; a low window needs every line.
  body: { "@media (min-height: 481px)": { maxHeight: "calc(100dvh - 72px)" } },
  content: { display: "flex", flexDirection: "column", gap: "20px" },
  heading: { margin: "0 0 8px", fontSize: tokens.fontSizeBase300, lineHeight: "20px", fontWeight: 600 },
  text: { margin: "0 0 12px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

function factsOf(about: About): { name: string; value: string }[] {
  return [
    { name: "Version", value: about.version },
    { name: "Commit", value: about.commit ?? "not known" },
    { name: "Built on", value: about.builtOn === null ? "not known" : readableDay(about.builtOn) },
    { name: "Runs on", value: about.runtime },
  ];
}

/** What the program is, what it is made of, and what to hand on when something is wrong. */
export function AboutDialog(): ReactElement {
  const styles = useStyles();
  const close = useOpenDialog((dialog) => dialog.close);
  const request = useAssistant((store) => store.request);
  const [about, setAbout] = useState<About | null>(null);
  useEffect(() => {
    let open = true;
    void request((bridge) => bridge.getAbout(null)).then((answer) => {
      if (!open) return;
      if (answer === null) close();
      else setAbout(answer);
    });
    return () => {
      open = false;
    };
  }, [request, close]);
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && close()}>
      <DialogSurface>
        <DialogBody className={styles.body}>
          <DialogTitle>About MIM Mail Assistant</DialogTitle>
          <DialogContent className={styles.content}>
            {about === null ? (
              <Spinner size="small" label="Asking" />
            ) : (
              <>
                <div>
                  <p className={styles.text}>
                    Moves the mail of the MIM Service to Office 365, step by step, and proves that it works.
                  </p>
                  <FactList facts={factsOf(about)} />
                </div>
                <section aria-labelledby="about-diagnostics">
                  <h3 id="about-diagnostics" className={styles.heading}>
                    Diagnostics
                  </h3>
                  <Diagnostics />
                </section>
                <section aria-labelledby="about-licences">
                  <h3 id="about-licences" className={styles.heading}>
                    Licences
                  </h3>
                  <LicenceList licences={about.licences} />
                </section>
              </>
            )}
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={close}>
              Close
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
