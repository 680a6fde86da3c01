import { Button, makeStyles, Skeleton, SkeletonItem, tokens } from "@fluentui/react-components";
import { type ComponentType, lazy, type ReactElement, Suspense, useEffect, useRef } from "react";
import { statusWords } from "../../electron/contract/status.ts";
import { verdictOf } from "../overview/overview-labels.ts";
import { OverviewScreen } from "../overview/overview-screen.tsx";
import { AuthenticationScreen } from "../steps/authentication/authentication-screen.tsx";
import { AzureIdsScreen } from "../steps/azure-ids/azure-ids-screen.tsx";
import { ChangeModeScreen } from "../steps/change-mode/change-mode-screen.tsx";
import { ExchangeScreen } from "../steps/exchange/exchange-screen.tsx";
import { MailServerScreen } from "../steps/mail-server/mail-server-screen.tsx";
import { ReportScreen } from "../steps/report/report-screen.tsx";
import { ServerScreen } from "../steps/server/server-screen.tsx";
import { ServiceAccountScreen } from "../steps/service-account/service-account-screen.tsx";
import { TlsScreen } from "../steps/tls/tls-screen.tsx";
import { VerifyScreen } from "../steps/verify/verify-screen.tsx";
import { useAssistant } from "../store/assistant-store.ts";
import { type ScreenId, screenTitle } from "../store/screens.ts";
import { stepWord } from "../store/step-word.ts";
import { StatusBadge } from "../ui/status-badge.tsx";
import { FaultBoundary } from "./fault-boundary.tsx";
import { Lead } from "./lead.tsx";
import { ScreenFault } from "./screen-fault.tsx";

const ActivityScreen = lazy(async () => ({
  default: (await import("../activity/activity-screen.tsx")).ActivityScreen,
}));

const SmtpPlanScreen = lazy(async () => ({
  default: (await import("../steps/smtp-plan/smtp-plan-screen.tsx")).SmtpPlanScreen,
}));

const contents: Readonly<Record<ScreenId, ComponentType>> = {
  overview: OverviewScreen,
  activity: ActivityScreen,
  server: ServerScreen,
  exchange: ExchangeScreen,
  tls: TlsScreen,
  mailServer: MailServerScreen,
  authentication: AuthenticationScreen,
  azureIds: AzureIdsScreen,
  serviceAccount: ServiceAccountScreen,
  changeMode: ChangeModeScreen,
  verify: VerifyScreen,
  report: ReportScreen,
  smtpPlan: SmtpPlanScreen,
};

const useStyles = makeStyles({
  scroll: { flexGrow: 1, minHeight: 0, overflowY: "auto", ":focus-visible": { outline: "none" } },
  screen: {
    boxSizing: "border-box",
    // Longer lines are hard to read; what is left over lies on both sides.
    maxWidth: "1440px",
    margin: "0 auto",
    padding: "24px 28px",
    "@media (max-width: 860px)": { padding: "16px" },
  },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "4px 16px" },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeHero700,
    lineHeight: "32px",
    fontWeight: 600,
    // The heading takes the focus so that a screen reader starts here; it is no control, so it shows no ring.
    outline: "none",
  },
  content: { display: "flex", flexDirection: "column", gap: "16px", marginTop: "20px" },
  waiting: { display: "flex", flexDirection: "column", gap: "16px", marginTop: "20px", maxWidth: "640px" },
});

function Badge({ id }: { readonly id: ScreenId }): ReactElement | null {
  const state = useAssistant((store) => store.state);
  if (state === null || id === "report" || id === "overview" || id === "activity" || id === "smtpPlan") return null;
  const { status, word } = stepWord(state, id);
  // What was found stands in the sentence below; here the verdict counts.
  const isCount = /^\d/.test(word);
  if (status === "ready") return <StatusBadge status={status} />;
  return <StatusBadge status={status} text={isCount || status === "pending" ? word : statusWords[status]} />;
}

function NothingYet(): ReactElement {
  const styles = useStyles();
  const work = useAssistant((store) => store.work);
  const look = useAssistant((store) => store.look);
  if (work === null) {
    return (
      <div className={styles.content}>
        <p>No server has been read yet. Try again, or choose another server at the top.</p>
        <div>
          <Button onClick={() => void look()}>Try again</Button>
        </div>
      </div>
    );
  }
  return (
    <Skeleton className={styles.waiting} aria-label="The server is being read">
      <SkeletonItem size={20} />
      <SkeletonItem size={96} />
      <SkeletonItem size={96} />
    </Skeleton>
  );
}

/** The step on show: its heading, its status, one sentence, and its own content. */
export function ScreenFrame(): ReactElement {
  const styles = useStyles();
  const screen = useAssistant((store) => store.screen);
  const ready = useAssistant((store) => store.state !== null);
  const verdict = useAssistant(({ state }) => (state === null ? null : verdictOf(state)));
  const title = useRef<HTMLHeadingElement>(null);
  const scroll = useRef<HTMLElement>(null);
  const shown = useRef(screen);
  useEffect(() => {
    document.title = `${screenTitle(screen)} · MIM Mail Assistant`;
    if (shown.current === screen) return;
    shown.current = screen;
    scroll.current?.scrollTo(0, 0);
    title.current?.focus({ preventScroll: true });
  }, [screen]);
  const Content = contents[screen];
  return (
    <main ref={scroll} className={styles.scroll}>
      <div className={styles.screen}>
        <div className={styles.head}>
          <h1 id="screen-title" ref={title} tabIndex={-1} className={styles.title}>
            {screen === "overview" && verdict !== null ? verdict : screenTitle(screen)}
          </h1>
          <Badge id={screen} />
        </div>
        <Lead id={screen} />
        {ready ? (
          <div className={styles.content}>
            <FaultBoundary
              key={screen}
              fallback={(message, _tries, goOn) => <ScreenFault message={message} onReopen={goOn} />}
            >
              <Suspense>
                <Content />
              </Suspense>
            </FaultBoundary>
          </div>
        ) : (
          <NothingYet />
        )}
      </div>
    </main>
  );
}
