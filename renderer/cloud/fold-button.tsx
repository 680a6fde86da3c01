import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ChevronDown20Regular } from "@fluentui/react-icons/svg/chevron-down";
import type { ReactElement } from "react";

const useStyles = makeStyles({
  fold: {
    display: "inline-flex",
    alignItems: "center",
    gap: "4px",
    flexShrink: 0,
    // The words, and not the button's padding, stand in line with what is above and below.
    margin: "-4px",
    padding: "4px",
    border: "none",
    borderRadius: tokens.borderRadiusMedium,
    background: "transparent",
    color: tokens.colorNeutralForeground2,
    fontFamily: tokens.fontFamilyBase,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    cursor: "pointer",
    ":hover": { backgroundColor: tokens.colorNeutralBackground3 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  chevron: { width: "16px", height: "16px", transition: "transform 150ms" },
  turned: { transform: "rotate(180deg)" },
});

/** Folds what is of use to few away. `name` says of what, for whoever hears the button alone. */
export function FoldButton({
  open,
  content,
  name,
  onToggle,
  label,
}: {
  readonly open: boolean;
  /** The id of the element that is folded. */
  readonly content: string;
  readonly name: string;
  readonly onToggle: () => void;
  readonly label: string;
}): ReactElement {
  const styles = useStyles();
  return (
    <button
      type="button"
      className={styles.fold}
      aria-expanded={open}
      aria-controls={content}
      aria-label={`${label}: ${name}`}
      onClick={onToggle}
    >
      {label}
      <ChevronDown20Regular aria-hidden className={mergeClasses(styles.chevron, open && styles.turned)} />
    </button>
  );
}
