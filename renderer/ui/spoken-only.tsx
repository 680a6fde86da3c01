import { makeStyles } from "@fluentui/react-components";
import type { ReactElement, ReactNode } from "react";

/** Out of sight, but not out of hearing. */
export const useSpokenOnlyStyles = makeStyles({
  hidden: {
    position: "absolute",
    width: "1px",
    height: "1px",
    overflow: "hidden",
    clipPath: "inset(50%)",
    whiteSpace: "nowrap",
  },
});

/** Words for a screen reader where the eye has a sign. */
export function SpokenOnly({ children }: { readonly children: ReactNode }): ReactElement {
  return <span className={useSpokenOnlyStyles().hidden}>{children}</span>;
}
