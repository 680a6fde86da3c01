import { DialogTitle, makeStyles } from "@fluentui/react-components";
import { type ReactElement, type ReactNode, useEffect } from "react";
import { useElement } from "../ui/element.ts";

const useStyles = makeStyles({
  // It is no control, so it shows no ring.
  title: { outline: "none" },
});

/**
 * The heading of a dialog that changes while it is open. From the second phase on it takes the focus: the button that was
 * pressed is gone, and a screen reader goes on from here.
 */
export function PhaseTitle({
  follows,
  children,
}: {
  readonly follows: boolean;
  readonly children: ReactNode;
}): ReactElement {
  const styles = useStyles();
  const { element, hold } = useElement<HTMLHeadingElement>();
  useEffect(() => {
    if (follows) element.current?.focus();
  }, [follows, element]);
  return (
    <DialogTitle ref={hold} tabIndex={-1} className={styles.title}>
      {children}
    </DialogTitle>
  );
}
