import { makeStyles, mergeClasses, ProgressBar, Skeleton, SkeletonItem, tokens } from "@fluentui/react-components";
import { DocumentText20Regular } from "@fluentui/react-icons/svg/document-text";
import type { ReactElement } from "react";
import { StatusIcon } from "../parts/status-icon.tsx";
import { useAssistant } from "./assistant-store.ts";
import { progressOf } from "./progress.ts";
import { type ScreenId, screenIds, screenName } from "./screens.ts";
import { stepWord } from "./step-word.ts";

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
  progress: { padding: "0 8px 16px", [narrow]: { padding: "0 4px 12px" } },
  count: {
    margin: "0 0 8px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
    [narrow]: { textAlign: "center" },
  },
  list: { margin: 0, padding: 0, listStyle: "none", display: "flex", flexDirection: "column", gap: "2px" },
  step: {
    position: "relative",
    display: "flex",
    alignItems: "center",
    gap: "8px",
    minHeight: "36px",
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
    "@media (forced-colors: active)": { outline: "2px solid Highlight", outlineOffset: "-2px" },
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

function Entry({ id }: { readonly id: ScreenId }): ReactElement {
  const styles = useStyles();
  const current = useAssistant((store) => store.screen === id);
  const state = useAssistant((store) => store.state);
  const saved = useAssistant((store) => store.reported !== null && store.reported === store.state?.checklist);
  const inProgram = useAssistant((store) => store.host === "program");
  const shown =
    id === "report"
      ? { status: saved ? ("done" as const) : null, word: saved ? (inProgram ? "Saved" : "Made") : "Ready" }
      : state !== null
        ? stepWord(state, id)
        : { status: null, word: "" };
  return (
    <li>
      <a
        href={`#${id}`}
        className={mergeClasses(styles.step, current && styles.current)}
        aria-current={current ? "step" : undefined}
        title={`${screenName(id)}: ${shown.word}`}
        data-step={id}
        data-status={shown.status ?? "ready"}
      >
        {shown.status === null ? (
          <DocumentText20Regular aria-hidden className={styles.report} />
        ) : (
          <StatusIcon status={shown.status} />
        )}
        <span className={mergeClasses(styles.name, styles.aside)}>{screenName(id)}</span>
        <span className={mergeClasses(styles.word, styles.aside)}>{shown.word}</span>
      </a>
    </li>
  );
}

/** The ten steps, each with its sign and word, and how many are done. Up and Down go from one to the next. */
export function StepList(): ReactElement {
  const styles = useStyles();
  const state = useAssistant((store) => store.state);
  const saved = useAssistant((store) => store.reported !== null && store.reported === store.state?.checklist);
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
  const { done, all } = progressOf(state, saved);
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
      <div className={styles.progress}>
        <p className={styles.count}>
          <span>{done}</span>
          <span className={styles.aside}> of {all} steps done</span>
        </p>
        <ProgressBar
          aria-label={`${done} of ${all} steps done`}
          value={done}
          max={all}
          thickness="large"
          color="success"
        />
      </div>
      <ul className={styles.list}>
        {screenIds.map((id) => (
          <Entry key={id} id={id} />
        ))}
      </ul>
    </nav>
  );
}
