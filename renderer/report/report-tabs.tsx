import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { type KeyboardEvent, type ReactElement, useRef } from "react";
import { type ReportPart, reportParts, useReportWork } from "./report-work.ts";

const useStyles = makeStyles({
  // The first tab's words begin where the panels do.
  list: { display: "flex", flexWrap: "wrap", margin: "-12px 0 -4px -12px" },
  tab: {
    position: "relative",
    display: "grid",
    padding: "12px 12px",
    border: "none",
    borderRadius: tokens.borderRadiusMedium,
    background: "transparent",
    color: tokens.colorNeutralForeground2,
    font: "inherit",
    lineHeight: "20px",
    cursor: "pointer",
    ":hover": { color: tokens.colorNeutralForeground1 },
    ":hover::after": { backgroundColor: tokens.colorNeutralStroke1Hover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
    "::after": {
      content: '""',
      position: "absolute",
      left: "12px",
      right: "12px",
      bottom: "2px",
      height: "3px",
      borderRadius: tokens.borderRadiusCircular,
    },
  },
  selected: {
    color: tokens.colorNeutralForeground1,
    fontWeight: 600,
    "::after": { backgroundColor: tokens.colorCompoundBrandStroke },
    ":hover::after": { backgroundColor: tokens.colorCompoundBrandStrokeHover },
    "@media (forced-colors: active)": { "::after": { backgroundColor: "Highlight" } },
  },
  // As wide as it will be when it is chosen, so that the others do not move.
  words: { gridArea: "1 / 1" },
  width: { gridArea: "1 / 1", fontWeight: 600, visibility: "hidden" },
});

/** The id of a part's tab, and of the panel that shows the part. */
export const tabId = (part: ReportPart): string => `report-tab-${part}`;
export const panelId = "report-panel";

/**
 * The parts of the report's screen as tabs. Fluent's own list of tabs keeps the focus with hidden elements that assistive
 * techniques take for controls (WCAG 4.1.2); these three need none.
 *
 * Pattern: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 */
export function ReportTabs(): ReactElement {
  const styles = useStyles();
  const part = useReportWork((work) => work.part);
  const show = useReportWork((work) => work.show);
  const list = useRef<HTMLDivElement>(null);
  const turn = (event: KeyboardEvent): void => {
    const at = reportParts.findIndex(({ id }) => id === part);
    const last = reportParts.length - 1;
    const places: Readonly<Record<string, number>> = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const place = event.altKey || event.ctrlKey ? undefined : places[event.key];
    const next = place === undefined ? undefined : reportParts[place];
    if (next === undefined) return;
    event.preventDefault();
    show(next.id);
    list.current?.querySelector<HTMLElement>(`#${tabId(next.id)}`)?.focus();
  };
  return (
    <div ref={list} role="tablist" aria-label="Parts of the report" className={styles.list}>
      {reportParts.map(({ id, title }) => (
        <button
          key={id}
          id={tabId(id)}
          type="button"
          role="tab"
          className={mergeClasses(styles.tab, id === part && styles.selected)}
          aria-selected={id === part}
          aria-controls={panelId}
          tabIndex={id === part ? 0 : -1}
          onKeyDown={turn}
          onClick={() => show(id)}
        >
          <span className={styles.words}>{title}</span>
          <span aria-hidden className={styles.width}>
            {title}
          </span>
        </button>
      ))}
    </div>
  );
}
