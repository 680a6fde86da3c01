import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { type ReactElement, useId } from "react";
import type { State } from "../../electron/contract/state.ts";
import { useReviewable } from "../changes/reviewable.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { nextOf } from "./overview-labels.ts";

const useStyles = makeStyles({
  card: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "12px 24px",
    boxSizing: "border-box",
    padding: "20px 20px 20px 24px",
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderLeft: `4px solid ${tokens.colorCompoundBrandBackground}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  words: { flexGrow: 1, flexBasis: "280px", minWidth: 0 },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: "20px", fontWeight: 600 },
  text: { margin: "2px 0 0", lineHeight: "20px", color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
  button: { whiteSpace: "nowrap", minWidth: "132px" },
});

/** The next thing to do, how long it takes, and its button: the one primary button of the overview. */
export function NextCard({ state }: { readonly state: State }): ReactElement {
  const styles = useStyles();
  const heading = useId();
  const ask = useAssistant((store) => store.ask);
  const go = useAssistant((store) => store.go);
  const busy = useAssistant((store) => store.work !== null);
  const { title, text, button, to } = nextOf(state, useReviewable());
  return (
    <section className={styles.card} aria-labelledby={heading} data-next-step={to}>
      <div className={styles.words}>
        <h2 id={heading} className={styles.title}>
          {title}
        </h2>
        <p className={styles.text}>{text}</p>
      </div>
      <Button
        className={styles.button}
        appearance="primary"
        disabledFocusable={busy && to === "review"}
        onClick={() => (to === "review" ? ask({ what: "apply" }) : go(to))}
      >
        {button}
      </Button>
    </section>
  );
}
