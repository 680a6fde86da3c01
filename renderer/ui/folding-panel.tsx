import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ChevronDown20Regular } from "@fluentui/react-icons/svg/chevron-down";
import { type ReactElement, type ReactNode, useId, useState } from "react";

const useStyles = makeStyles({
  panel: {
    boxSizing: "border-box",
    minWidth: 0,
    padding: "8px 12px",
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
  },
  heading: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: "20px" },
  fold: {
    display: "flex",
    alignItems: "center",
    justifyContent: "space-between",
    gap: "12px",
    width: "100%",
    boxSizing: "border-box",
    padding: "8px",
    border: "none",
    borderRadius: tokens.borderRadiusMedium,
    background: "transparent",
    color: "inherit",
    font: "inherit",
    fontWeight: 600,
    textAlign: "left",
    cursor: "pointer",
    ":hover": { backgroundColor: tokens.colorNeutralBackground2 },
    ":active": { backgroundColor: tokens.colorNeutralBackground3 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  chevron: { flexShrink: 0, color: tokens.colorNeutralForeground3, transition: "transform 150ms" },
  turned: { transform: "rotate(180deg)" },
  content: { padding: "8px 8px 8px" },
});

/** A titled part of a screen that is folded until it is asked for. */
export function FoldingPanel({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactElement {
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  const content = useId();
  return (
    <section className={styles.panel} aria-label={title}>
      <h2 className={styles.heading}>
        <button
          type="button"
          className={styles.fold}
          aria-expanded={open}
          aria-controls={content}
          onClick={() => setOpen(!open)}
        >
          {title}
          <ChevronDown20Regular aria-hidden className={mergeClasses(styles.chevron, open && styles.turned)} />
        </button>
      </h2>
      <div id={content} className={styles.content} hidden={!open}>
        {open && children}
      </div>
    </section>
  );
}
