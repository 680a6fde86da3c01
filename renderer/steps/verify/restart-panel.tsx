import { Button, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { useAssistant } from "../../store/assistant-store.ts";
import { Panel } from "../../ui/panel.tsx";
import { sentence } from "../../ui/phrases.ts";
import { type RestartOffer, restartOffer } from "./restart-offer.ts";

const useStyles = makeStyles({
  text: { margin: "0 0 12px", lineHeight: "20px", color: tokens.colorNeutralForeground2, ":last-child": { margin: 0 } },
  button: { whiteSpace: "nowrap", marginLeft: "auto" },
});

/** Whether the service can be restarted from here, and has to be; null before the first look and without a service. */
function useRestartOffer(): RestartOffer | null {
  const checklist = useAssistant((store) => store.state?.checklist);
  const changes = useAssistant((store) => store.state?.changes);
  return checklist === undefined || changes === undefined ? null : restartOffer({ checklist, changes });
}

/** True when restarting the service is the next thing to do, and can be done from here. */
export function useRestartNext(): boolean {
  const offer = useRestartOffer();
  return offer?.needed === true && offer.refusal === null;
}

/** Opens the question whether the service is restarted. */
export function RestartButton({ primary }: { readonly primary: boolean }): ReactElement {
  const styles = useStyles();
  const ask = useAssistant((store) => store.ask);
  const busy = useAssistant((store) => store.work !== null);
  return (
    <Button
      className={primary ? styles.button : ""}
      appearance={primary ? "primary" : "secondary"}
      disabledFocusable={busy}
      data-restart
      onClick={() => ask({ what: "restart" })}
    >
      Restart the service…
    </Button>
  );
}

/** The way to restart the service at any time. Where that comes next, the screen's own button is for it. */
export function RestartPanel(): ReactElement | null {
  const styles = useStyles();
  const offer = useRestartOffer();
  if (offer === null || (offer.needed && offer.refusal === null)) return null;
  return (
    <Panel title="Restart the service">
      <p className={styles.text}>{sentence(offer.found)} The MIM Service reads its settings only when it starts.</p>
      {offer.refusal === null ? <RestartButton primary={false} /> : <p className={styles.text}>{offer.refusal}</p>}
    </Panel>
  );
}
