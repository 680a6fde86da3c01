import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement, ReactNode } from "react";

/** The drawing's width and the height of its head and foot, in its own units (a pixel at 100 %). */
export const pageWidth = 540;
const headHeight = 82;
const footHeight = 46;

/** How many pages the installer has when it is run in Change mode with these choices. */
export const pageCount = 18;

/** The colours of a Windows installer; they do not follow the theme, as the installer does not. */
export const paint = {
  text: "#000000",
  grey: "#6d6d6d",
  face: "#f0f0f0",
  field: "#ffffff",
  fieldEdge: "#7a7a7a",
  dead: "#e6e6e6",
  deadEdge: "#c4c4c4",
  line: "#d4d4d4",
  button: "#e1e1e1",
  accent: "#0f6cbd",
  logo: "#107c41",
} as const;

const useStyles = makeStyles({
  figure: { margin: 0, maxWidth: `${pageWidth}px` },
  caption: { margin: "0 0 8px", lineHeight: "20px", fontWeight: 600 },
  hint: { fontWeight: 400, color: tokens.colorNeutralForeground2 },
  drawing: {
    display: "block",
    width: "100%",
    height: "auto",
    boxSizing: "border-box",
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    boxShadow: tokens.shadow4,
    pointerEvents: "none",
    userSelect: "none",
    fontFamily: 'Tahoma, "DejaVu Sans", Verdana, sans-serif',
    forcedColorAdjust: "none",
  },
});

/**
 * A page of the installer, drawn: title bar, white head with the green square, grey body, three buttons. It is a picture
 * and takes no press; `description` is all that it says, for whoever does not see it.
 */
export function InstallerPage({
  page,
  subtitle,
  bodyHeight,
  description,
  legend,
  children,
}: {
  readonly page: number;
  readonly subtitle: string;
  readonly bodyHeight: number;
  readonly description: string;
  /** What the marks on the drawing stand for, below it. */
  readonly legend?: ReactNode;
  readonly children: ReactNode;
}): ReactElement {
  const styles = useStyles();
  const foot = headHeight + bodyHeight;
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        In the installer, page {page} of {pageCount} <span className={styles.hint}>(a drawing)</span>
      </figcaption>
      <svg
        className={styles.drawing}
        viewBox={`0 0 ${pageWidth} ${foot + footHeight}`}
        role="img"
        aria-label={`Drawing of the installer’s page “Configure Common Services, ${subtitle}”. ${description}`}
        data-page={page}
      >
        <rect width={pageWidth} height={headHeight} fill={paint.field} />
        <rect x={10} y={8} width={14} height={14} rx={2} fill={paint.logo} />
        <text x={32} y={19} fontSize={12} fill={paint.text}>
          Microsoft Identity Manager 2016 - Service and Portal
        </text>
        <text x={14} y={50} fontSize={13} fontWeight={700} fill={paint.text}>
          Configure Common Services
        </text>
        <text x={30} y={68} fontSize={12} fill={paint.text}>
          {subtitle}
        </text>
        <rect x={482} y={32} width={44} height={44} fill={paint.logo} />
        <path d="M504 44v16m-7-7 7 8 7-8" fill="none" stroke="#ffffff" strokeWidth={3} />
        <rect y={headHeight} width={pageWidth} height={bodyHeight + footHeight} fill={paint.face} />
        <path d={`M0 ${headHeight}h${pageWidth}M0 ${foot}h${pageWidth}`} stroke={paint.line} />
        {children}
        <PageButton x={202} y={foot + 12} width={72} caption="Back" />
        <PageButton x={282} y={foot + 12} width={72} caption="Next" next />
        <PageButton x={374} y={foot + 12} width={82} caption="Cancel" />
      </svg>
      {legend}
    </figure>
  );
}

function PageButton({
  x,
  y,
  width,
  caption,
  next = false,
}: {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly caption: string;
  readonly next?: boolean;
}): ReactElement {
  return (
    <>
      <rect
        x={x}
        y={y}
        width={width}
        height={22}
        fill={paint.button}
        stroke={next ? "#0078d7" : "#adadad"}
        strokeWidth={next ? 2 : 1}
      />
      <text x={x + width / 2} y={y + 15} fontSize={12} textAnchor="middle" fill={paint.text}>
        {caption}
      </text>
    </>
  );
}
