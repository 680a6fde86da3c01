import { DialogBody, makeStyles } from "@fluentui/react-components";
import type { ReactElement, ReactNode } from "react";

const useStyles = makeStyles({
  // Some of the window stays in sight around a long list; a low window needs every line.
  body: { "@media (min-height: 481px)": { maxHeight: "calc(100dvh - 72px)" } },
});

/** One phase of the dialog about a change; `phase` names it, or how it ended. */
export function PhaseBody({ phase, children }: { readonly phase: string; readonly children: ReactNode }): ReactElement {
  return (
    <DialogBody className={useStyles().body} data-change={phase}>
      {children}
    </DialogBody>
  );
}
