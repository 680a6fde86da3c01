import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { type ReactElement, useEffect, useRef, useState } from "react";
import type { State } from "../../../electron/contract/state.ts";
import type { Wait } from "../../../electron/contract/verify.ts";
import { useAssistant } from "../../store/assistant-store.ts";
import { readableTime } from "../../ui/day.ts";
import { Panel } from "../../ui/panel.tsx";
import { counted } from "../../ui/phrases.ts";
import { clockTime, lookWords } from "./wait-labels.ts";

/** A look every so many milliseconds. */
const every = 60_000;
const shownLooks = 3;
const radius = 56;

const useStyles = makeStyles({
  columns: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "16px 32px" },
  ring: { position: "relative", width: "124px", height: "124px", flexShrink: 0 },
  track: { stroke: tokens.colorNeutralStroke2 },
  gone: { stroke: tokens.colorCompoundBrandStroke, "@media (forced-colors: active)": { stroke: "Highlight" } },
  figures: {
    position: "absolute",
    inset: 0,
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    justifyContent: "center",
  },
  left: { fontSize: tokens.fontSizeHero700, lineHeight: "32px", fontWeight: 600, fontVariantNumeric: "tabular-nums" },
  until: { fontSize: tokens.fontSizeBase200, lineHeight: "16px", color: tokens.colorNeutralForeground2 },
  words: { flexGrow: 1, flexBasis: "240px", minWidth: 0, lineHeight: "20px" },
  text: { margin: "0 0 8px", color: tokens.colorNeutralForeground2 },
  looks: { margin: "0 0 8px", padding: 0, listStyle: "none" },
  look: { display: "grid", gridTemplateColumns: "48px minmax(0, 1fr)", gap: "8px", overflowWrap: "anywhere" },
  when: { color: tokens.colorNeutralForeground2, fontVariantNumeric: "tabular-nums" },
  next: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "8px 16px",
    color: tokens.colorNeutralForeground2,
  },
});

interface Look {
  readonly at: string;
  readonly words: string;
}

function Ring({ wait, now }: { readonly wait: Wait; readonly now: number }): ReactElement {
  const styles = useStyles();
  const [from, until] = [Date.parse(wait.from), Date.parse(wait.until)];
  const gone = Math.min(1, Math.max(0, (now - from) / (until - from)));
  const round = 2 * Math.PI * radius;
  const minutes = Math.max(0, Math.ceil((until - now) / 60_000));
  return (
    <div
      className={styles.ring}
      role="img"
      aria-label={`${counted(minutes, "minute")} left, until ${readableTime(wait.until)}`}
    >
      <svg width="124" height="124" viewBox="0 0 124 124" aria-hidden>
        <circle className={styles.track} cx="62" cy="62" r={radius} fill="none" strokeWidth="10" />
        <circle
          className={styles.gone}
          cx="62"
          cy="62"
          r={radius}
          fill="none"
          strokeWidth="10"
          strokeLinecap="round"
          strokeDasharray={`${gone * round} ${round}`}
          transform="rotate(-90 62 62)"
        />
      </svg>
      <div className={styles.figures} aria-hidden>
        <span className={styles.left}>{clockTime(until - now)}</span>
        <span className={styles.until}>until {readableTime(wait.until)}</span>
      </div>
    </div>
  );
}

/**
 * Waits with the person: how much of the quarter of an hour is left, what the last looks saw, and when the next one
 * comes. It looks by itself every minute while this page is open, and stops with it.
 */
export function WaitPanel({ state, wait }: { readonly state: State; readonly wait: Wait }): ReactElement {
  const styles = useStyles();
  const watch = useAssistant((store) => store.watch);
  const look = useAssistant((store) => store.look);
  const working = useAssistant((store) => store.work !== null);
  const [now, setNow] = useState(() => Date.now());
  const [looks, setLooks] = useState<readonly Look[]>([]);
  const [fault, setFault] = useState<string | null>(null);
  const { lookedAt } = state.server;
  const words = lookWords(state);
  // Each look of this server once, whoever asked for it.
  useEffect(() => {
    setLooks((before) => [{ at: lookedAt, words }, ...before.filter(({ at }) => at !== lookedAt)].slice(0, shownLooks));
  }, [lookedAt, words]);
  const next = useRef(Date.now() + every);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the minute begins anew with each look
  useEffect(() => {
    next.current = Date.now() + every;
  }, [lookedAt]);
  useEffect(() => {
    const timer = setInterval(() => {
      const moment = Date.now();
      setNow(moment);
      if (moment < next.current) return;
      next.current = moment + every;
      void watch().then(setFault);
    }, 1000);
    return () => clearInterval(timer);
  }, [watch]);
  return (
    <Panel title="Waiting for the first quiet quarter of an hour">
      <div className={styles.columns} data-wait={wait.until}>
        <Ring wait={wait} now={now} />
        <div className={styles.words}>
          <p className={styles.text}>
            The last start or change was at {readableTime(wait.from)}. If no error comes until{" "}
            {readableTime(wait.until)}, mail works as far as the event log tells. The whole server is looked at every
            minute while this page is open.
          </p>
          <ul className={styles.looks} aria-label="The last looks">
            {looks.map(({ at, words: seen }) => (
              <li key={at} className={styles.look} data-look={at}>
                <span className={styles.when}>{readableTime(at)}</span>
                <span>{seen}</span>
              </li>
            ))}
          </ul>
          <div className={styles.next}>
            <span>
              {working
                ? "Looking now"
                : `Next look in ${counted(Math.ceil(Math.min(every, Math.max(0, next.current - now)) / 1000), "second")}`}
              {fault === null ? "" : `. The last one failed: ${fault}`}
            </span>
            <Button size="small" disabledFocusable={working} onClick={() => void look()}>
              Look now
            </Button>
          </div>
        </div>
      </div>
    </Panel>
  );
}
