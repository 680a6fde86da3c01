import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement, ReactNode } from "react";
import type { WizardPage } from "../../../electron/contract/wizard.ts";
import { PageDrawing } from "./page-drawing.tsx";
import { unknownLook } from "./page-labels.ts";
import { pageWidth } from "./page-layout.ts";

const useStyles = makeStyles({
  figure: { margin: 0, maxWidth: `${pageWidth}px` },
  caption: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "4px 12px",
    margin: "0 0 8px",
    minHeight: "24px",
    lineHeight: "20px",
    fontWeight: 600,
  },
  hint: { fontWeight: 400, color: tokens.colorNeutralForeground2 },
  below: {
    margin: "8px 0 0",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
  },
});

/** A drawn page with its caption: which page of the installer it is, and that it is a drawing. */
export function PageFigure({
  page,
  place,
  mark,
  badge,
  legend,
}: {
  readonly page: WizardPage;
  /** Where the page is among the installer's: "Page 7 of 14". */
  readonly place: string;
  readonly mark?: string | undefined;
  /** What stands at the end of the caption. */
  readonly badge?: ReactNode;
  /** What the marks on the drawing stand for, below it. */
  readonly legend?: ReactNode;
}): ReactElement {
  const styles = useStyles();
  const unknown = unknownLook(page);
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        <span>
          In the installer: {place} <span className={styles.hint}>(a drawing)</span>
        </span>
        {badge}
      </figcaption>
      <PageDrawing page={page} mark={mark} />
      {unknown !== null && <p className={styles.below}>{unknown}</p>}
      {legend}
    </figure>
  );
}
