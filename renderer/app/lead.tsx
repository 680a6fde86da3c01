import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement, ReactNode } from "react";
import { authenticationCaptions, mailServerCaptions } from "../../electron/contract/mail-server.ts";
import type { State } from "../../electron/contract/state.ts";
import type { Target } from "../../electron/contract/target.ts";
import { timeOf } from "../overview/overview-labels.ts";
import { shownTarget, useAssistant } from "../store/assistant-store.ts";
import type { ScreenId } from "../store/screens.ts";

const useStyles = makeStyles({
  lead: { margin: "4px 0 0", maxWidth: "800px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

function mailServerLead({ found }: State, target: Target): ReactNode {
  const wanted = <b>{mailServerCaptions[target.mailServer]}</b>;
  if (found.mailServer === null)
    return <>What this server sends through could not be told. In Change mode, choose {wanted}.</>;
  if (found.mailServer === target.mailServer) return <>This server sends through {wanted}, as wanted.</>;
  return (
    <>
      This server sends through {mailServerCaptions[found.mailServer]}. In Change mode, choose {wanted}. Nothing is
      changed on this page: it shows what to choose, and whether it has been chosen.
    </>
  );
}

function authenticationLead(_state: State, target: Target): ReactNode {
  if (target.mailServer === "none") return <>With no mail server, the installer asks for no authentication.</>;
  return (
    <>
      On the same page of the installer, choose <b>{authenticationCaptions[target.authentication]}</b>.
      {target.authentication === "applicationContext" &&
        " MIM then signs in as an application, without a mailbox password."}
    </>
  );
}

const leads: Readonly<Record<ScreenId, (state: State, target: Target) => ReactNode>> = {
  overview: (state) => timeOf(state),
  activity: ({ server }) => `All that is known of what happened on ${server.computer}; the report has the same list.`,
  smtpPlan: () =>
    "Which way fits MIM’s mail once Exchange Web Services have ended, and what to do for it. Nothing is changed here.",
  server: () => "What runs on this server, and whether it is ready for the change.",
  exchange: () => "MIM’s Office 365 mail goes through Exchange Web Services, which Exchange Online is shutting down.",
  tls: () =>
    "Microsoft accepts only TLS 1.2 or later. MIM Service runs on .NET 2.x, so its own values decide whether mail is sent.",
  mailServer: mailServerLead,
  authentication: authenticationLead,
  azureIds: () =>
    "Two IDs name the application and its tenant. The client secret is typed in the installer, and here only to try it.",
  serviceAccount: () => "The account MIM Service runs as, and the address its mail comes from.",
  changeMode: () =>
    "The installer makes the change. Started with this command, it opens in Change mode and keeps a log.",
  verify: () => "What shows that mail works, once the installer has run.",
  report: () => "Every finding with its evidence and sources, for change control. It never holds a secret.",
};

/** The one sentence under a step's heading. */
export function Lead({ id }: { readonly id: ScreenId }): ReactElement {
  const styles = useStyles();
  const state = useAssistant((store) => store.state);
  const draft = useAssistant((store) => store.draft);
  const target = shownTarget({ state, draft });
  return (
    <p className={styles.lead}>
      {state === null || target === null ? "The server is being read." : leads[id](state, target)}
    </p>
  );
}
