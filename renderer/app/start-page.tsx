import { Button, Link, makeStyles, tokens } from "@fluentui/react-components";
import { Beaker24Regular } from "@fluentui/react-icons/svg/beaker";
import { Desktop24Regular } from "@fluentui/react-icons/svg/desktop";
import { DocumentText24Regular } from "@fluentui/react-icons/svg/document-text";
import { type ReactElement, type ReactNode, useEffect, useId, useRef } from "react";
import { useAssistant } from "../store/assistant-store.ts";
import { readableMoment } from "../ui/day.ts";
import { FileInput } from "../ui/file-input.tsx";
import { counted } from "../ui/phrases.ts";
import { Row, RowPanel } from "../ui/row-panel.tsx";
import { Banners } from "./banners.tsx";
import { MoreMenu } from "./more-menu.tsx";

const useStyles = makeStyles({
  window: {
    display: "flex",
    flexDirection: "column",
    height: "100dvh",
    backgroundColor: "var(--canvas)",
    color: tokens.colorNeutralForeground1,
    "@media (max-height: 480px)": { height: "auto", minHeight: "100dvh" },
  },
  header: {
    display: "flex",
    justifyContent: "space-between",
    alignItems: "center",
    minHeight: "48px",
    boxSizing: "border-box",
    padding: "4px 16px 4px 20px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    fontWeight: 600,
  },
  main: { flexGrow: 1, minHeight: 0, overflowY: "auto", ":focus-visible": { outline: "none" } },
  page: {
    boxSizing: "border-box",
    maxWidth: "1016px",
    margin: "0 auto",
    padding: "clamp(16px, 8vh, 72px) 28px 24px",
    display: "flex",
    flexDirection: "column",
    gap: "24px",
    "@media (max-width: 860px)": { padding: "16px" },
  },
  title: { margin: 0, fontSize: tokens.fontSizeHero800, lineHeight: "40px", fontWeight: 600, outline: "none" },
  lead: {
    margin: "4px 0 0",
    fontSize: tokens.fontSizeBase400,
    lineHeight: "22px",
    color: tokens.colorNeutralForeground2,
  },
  cards: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(min(264px, 100%), 1fr))", gap: "16px" },
  card: {
    display: "flex",
    flexDirection: "column",
    alignItems: "flex-start",
    gap: "8px",
    boxSizing: "border-box",
    padding: "24px",
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  icon: { color: tokens.colorBrandForeground1 },
  name: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: "22px", fontWeight: 600 },
  text: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  foot: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "8px 16px",
    marginTop: "auto",
    paddingTop: "8px",
  },
  controls: { display: "flex", gap: "8px" },
});

function Card({
  id,
  icon,
  name,
  does,
  never,
  children,
}: {
  readonly id: string;
  readonly icon: ReactNode;
  readonly name: string;
  readonly does: string;
  readonly never: string;
  readonly children: ReactNode;
}): ReactElement {
  const styles = useStyles();
  const heading = useId();
  return (
    <section className={styles.card} aria-labelledby={heading} data-start={id}>
      <span className={styles.icon}>{icon}</span>
      <h2 id={heading} className={styles.name}>
        {name}
      </h2>
      <p className={styles.text}>{does}</p>
      <p className={styles.text}>{never}</p>
      <div className={styles.foot}>{children}</div>
    </section>
  );
}

/** Where one begins: this server, the practice server or a recording, and the recordings opened before. */
export function StartPage(): ReactElement {
  const styles = useStyles();
  const begin = useAssistant((store) => store.begin);
  const chooseServer = useAssistant((store) => store.chooseServer);
  const openSample = useAssistant((store) => store.openSample);
  const openRecording = useAssistant((store) => store.openRecording);
  const openRecent = useAssistant((store) => store.openRecent);
  const forgetRecent = useAssistant((store) => store.forgetRecent);
  const input = useRef<HTMLInputElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = "MIM Mail Assistant";
    title.current?.focus({ preventScroll: true });
  }, []);
  const live = begin?.live === true;
  return (
    <div className={styles.window}>
      <header className={styles.header}>
        MIM Mail Assistant
        <MoreMenu />
      </header>
      <Banners />
      <main className={styles.main}>
        <div className={styles.page}>
          <div>
            <h1 id="screen-title" ref={title} tabIndex={-1} className={styles.title}>
              Move MIM’s mail to Office 365, or past it
            </h1>
            <p className={styles.lead}>
              Looking never changes anything. What changes is shown first, journalled, and can be undone.
            </p>
          </div>
          <div className={styles.cards}>
            <Card
              id="live"
              icon={<Desktop24Regular aria-hidden />}
              name="This server"
              does="Reads registry, files, services and events of this computer; a few seconds."
              never={
                live
                  ? "Never changes anything you have not seen and confirmed."
                  : "Not from here: start the installed program on the MIM Service server."
              }
            >
              <Button
                appearance={live ? "primary" : "secondary"}
                disabledFocusable={!live}
                onClick={() => void chooseServer("live")}
              >
                Look at this server
              </Button>
            </Card>
            <Card
              id="practice"
              icon={<Beaker24Regular aria-hidden />}
              name="Practice server"
              does="A simulated server to learn the whole job on, mistakes included. Ten minutes."
              never="Never touches a real server, nor Microsoft’s cloud."
            >
              <Button appearance={live ? "secondary" : "primary"} onClick={() => void chooseServer("practice")}>
                Rehearse
              </Button>
            </Card>
            <Card
              id="recording"
              icon={<DocumentText24Regular aria-hidden />}
              name="A recording"
              does="What mim-mail collect or collect.ps1 wrote on another server, or a report as JSON."
              never="Is judged as if you were there, and never changes a server."
            >
              <Button onClick={() => input.current?.click()}>Open…</Button>
              {begin?.samples[0] !== undefined && (
                <Link as="button" onClick={() => begin.samples[0] && void openSample(begin.samples[0].id)}>
                  Open an example
                </Link>
              )}
            </Card>
          </div>
          {begin !== null && begin.recent.length > 0 && (
            <RowPanel title="Recent" beside="copies kept in your own data folder">
              {begin.recent.map(({ id, name, computer, recordedAt, settled, all }) => (
                <Row
                  key={id}
                  id={id}
                  sign={settled === all ? "done" : "pending"}
                  name={<bdi>{computer}</bdi>}
                  control={
                    <span className={styles.controls}>
                      <Button
                        size="small"
                        appearance="subtle"
                        aria-label={`Remove ${name} from the list`}
                        onClick={() => void forgetRecent(id)}
                      >
                        Remove
                      </Button>
                      <Button size="small" aria-label={`Open ${name}`} onClick={() => void openRecent(id)}>
                        Open
                      </Button>
                    </span>
                  }
                >
                  <bdi>{name}</bdi> · recorded {readableMoment(recordedAt, "")} ·{" "}
                  {settled === all ? `${settled} of ${all} settled` : `${counted(all - settled, "check")} open`}
                </Row>
              ))}
            </RowPanel>
          )}
        </div>
      </main>
      <FileInput input={input} name="recording" onChoose={(file) => void openRecording(file)} />
    </div>
  );
}
