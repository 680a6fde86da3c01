import { mergeClasses } from "@fluentui/react-components";
import { ChevronDown20Regular } from "@fluentui/react-icons/svg/chevron-down";
import { type ReactElement, type ReactNode, useId, useState } from "react";
import { useFoldStyles } from "./fold-style.ts";

/** Something that is read on demand. */
export function Fold({
  label,
  open = false,
  children,
}: {
  readonly label: string;
  /** Whether it is unfolded at first. */
  readonly open?: boolean;
  readonly children: ReactNode;
}): ReactElement {
  const styles = useFoldStyles();
  const [unfolded, setUnfolded] = useState(open);
  const content = useId();
  return (
    <div>
      <button
        type="button"
        className={styles.button}
        aria-expanded={unfolded}
        aria-controls={content}
        onClick={() => setUnfolded(!unfolded)}
      >
        {label}
        <ChevronDown20Regular aria-hidden className={mergeClasses(styles.chevron, unfolded && styles.turned)} />
      </button>
      <div id={content} hidden={!unfolded}>
        {unfolded && children}
      </div>
    </div>
  );
}
