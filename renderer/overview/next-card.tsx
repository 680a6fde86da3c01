import { Button } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { State } from "../../electron/contract/state.ts";
import { useReviewable } from "../changes/reviewable.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { Card } from "./card.tsx";
import { ConfirmButton } from "./confirm-button.tsx";
import { nextOf } from "./overview-labels.ts";

/** The next thing to do, how long it takes, and its button: the one primary button of the overview. */
export function NextCard({ state }: { readonly state: State }): ReactElement {
  const ask = useAssistant((store) => store.ask);
  const go = useAssistant((store) => store.go);
  const busy = useAssistant((store) => store.work !== null);
  const { title, text, button, to, confirms } = nextOf(state, useReviewable());
  return (
    <Card title={title} text={text} data={{ "data-next-step": to }}>
      {confirms?.remedy.kind === "confirm" ? (
        <ConfirmButton finding={confirms} field={confirms.remedy.field} label={`Confirm: ${confirms.title}`} leads />
      ) : (
        <Button
          appearance="primary"
          disabledFocusable={busy && to === "review"}
          onClick={() => (to === "review" ? ask({ what: "apply" }) : go(to))}
        >
          {button}
        </Button>
      )}
    </Card>
  );
}
