import { makeStyles, mergeClasses, Skeleton, SkeletonItem, tokens } from "@fluentui/react-components";
import { DocumentText20Regular } from "@fluentui/react-icons/svg/document-text";
import { History20Regular } from "@fluentui/react-icons/svg/history";
import { Home20Regular } from "@fluentui/react-icons/svg/home";
import type { ReactElement } from "react";
import { progressOf } from "../../electron/contract/standing.ts";
import type { State } from "../../electron/contract/state.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { type ScreenId, screenIds, screenName, screenStages } from "../store/screens.ts";
import { stepWord } from "../store/step-word.ts";
import type { Sign } from "../ui/sign.ts";
import { StatusIcon } from "../ui/status-icon.tsx";

const narrow = "@media (max-width: 860px)";

const useStyles = makeStyles({
  steps: {
    gridArea: "steps",
    boxSizing: "border-box",
    minHeight: 0,
    overflowY: "auto",
    padding: "16px 12px",
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    [narrow]: { padding: "12px 8px" },
  },
  stage: {
    display: "flex",
    justifyContent: "space-between",
    margin: "0",
    padding: "12px 8px 4px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    fontWeight: 600,
    color: tokens.colorNeutralForeground2,
    [narrow]: { padding: "8px 4px 4px", borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  stageCount: { fontWeight: 400, [narrow]: { display: "none" } },
  list: { margin: 0, padding: 0, listStyle: "none", display: "flex", flexDirection: "column", gap: "2px" },
  step: {
    position: "relative",
    display: "flex",
    alignItems: "center",
    gap: "8px",
    minHeight: "34px",
    boxSizing: "border-box",
    padding: "4px 8px",
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: "none",
    ":hover": { backgroundColor: tokens.colorSubtleBackgroundHover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
    [narrow]: { justifyContent: "center" },
  },
  current: {
    backgroundColor: tokens.colorBrandBackground2,
    // Seen in high contrast only, where the tint is not.
    outline: `1px solid ${tokens.colorTransparentStrokeInteractive}`,
    outlineOffset: "-1px",
    fontWeight: 600,
    ":hover": { backgroundColor: tokens.colorBrandBackground2Hover },
    "::before": {
      content: '""',
      position: "absolute",
      left: 0,
      top: "8px",
      bottom: "8px",
      width: "3px",
      borderRadius: "2px",
      backgroundColor: tokens.colorCompoundBrandBackground,
    },
    // Filled, so that it is told from what has the focus.
    "@media (forced-colors: active)": {
      forcedColorAdjust: "none",
      backgroundColor: "Highlight",
      "& *": { color: "HighlightText" },
      ":hover": { backgroundColor: "Highlight" },
      ":focus-visible": { outline: "2px solid CanvasText", outlineOffset: "2px" },
    },
  },
  name: { flexGrow: 1, whiteSpace: "nowrap" },
  word: {
    fontSize: tokens.fontSizeBase200,
    fontWeight: 400,
    whiteSpace: "nowrap",
    color: tokens.colorNeutralForeground2,
  },
  // Out of sight where there is no room, and still read out.
  aside: {
    [narrow]: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
  },
  report: { flexShrink: 0, color: tokens.colorNeutralForeground3 },
  waiting: { display: "flex", flexDirection: "column", gap: "18px", padding: "8px" },
});

/** The sign and word of an entry; without a sign for what is no step. */
function wordOf(
  state: State,
  id: ScreenId,
  report: string | null,
): { readonly status: Sign | null; readonly word: string } {
  if (id === "report") return { status: report === null ? null : "done", word: report ?? "Ready" };
  if (id === "activity" || id === "smtpPlan") return { status: null, word: "" };
  if (id !== "overview") return stepWord(state, id);
  const { settled, all } = progressOf(state.checklist);
  return { status: null, word: `${settled} of ${all}` };
}

function Entry({ id }: { readonly id: ScreenId }): ReactElement {
  const styles = useStyles();
  const current = useAssistant((store) => store.screen === id);
  const state = useAssistant((store) => store.state);
  const saved = useAssistant((store) => store.reported !== null && store.reported === store.state?.checklist);
  const inProgram = useAssistant((store) => store.host === "program");
  const report = saved ? (inProgram ? "Saved" : "Made") : null;
  const Icon = id === "overview" ? Home20Regular : id === "activity" ? History20Regular : DocumentText20Regular;
  const shown = state === null ? { status: null, word: "" } : wordOf(state, id, report);
  return (
    <li>
      <a
        href={`#${id}`}
        className={mergeClasses(styles.step, current && styles.current)}
        aria-current={current ? "step" : undefined}
        title={shown.word === "" ? screenName(id) : `${screenName(id)}: ${shown.word}`}
        data-step={id}
        data-status={shown.status ?? "ready"}
      >
        {shown.status === null ? <Icon aria-hidden className={styles.report} /> : <StatusIcon status={shown.status} />}
        <span className={mergeClasses(styles.name, styles.aside)}>{screenName(id)}</span>
        <span className={mergeClasses(styles.word, styles.aside)}>{shown.word}</span>
      </a>
    </li>
  );
}

/** The overview and what happened, then the steps by stage, each with its sign and word. Up and Down go from one to the next. */
export function StepList(): ReactElement {
  const styles = useStyles();
  const state = useAssistant((store) => store.state);
  if (state === null) {
    return (
      <nav className={styles.steps} aria-label="Steps" aria-busy>
        <Skeleton className={styles.waiting} aria-label="The steps are not known yet">
          {screenIds.map((id) => (
            <SkeletonItem key={id} size={16} />
          ))}
        </Skeleton>
      </nav>
    );
  }
  return (
    <nav
      className={styles.steps}
      aria-label="Steps"
      onKeyDown={(event) => {
        if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
        const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>("a[data-step]")];
        const at = links.indexOf(document.activeElement as HTMLAnchorElement);
        const next = links[at + (event.key === "ArrowDown" ? 1 : -1)];
        if (at === -1 || next === undefined) return;
        event.preventDefault();
        next.focus();
      }}
    >
      <ul className={styles.list}>
        <Entry id="overview" />
        <Entry id="activity" />
      </ul>
      {screenStages.map(({ id, title, screens }) => {
        const { settled, all } = progressOf(state.checklist, id);
        return (
          <section key={id} aria-labelledby={`stage-${id}`}>
            <h2 id={`stage-${id}`} className={styles.stage}>
              <span className={styles.aside}>{title}</span>
              <span aria-hidden className={styles.stageCount}>
                {settled} of {all}
              </span>
            </h2>
            <ul className={styles.list}>
              {screens.map((screen) => (
                <Entry key={screen} id={screen} />
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}
