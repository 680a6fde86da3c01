import { makeStyles, tokens } from "@fluentui/react-components";
import { type ReactElement, useId } from "react";
import { type WizardPage, wizardTitle } from "../../../electron/contract/wizard.ts";
import { PageGlyph } from "./page-glyph.tsx";
import { pageDescription } from "./page-labels.ts";
import {
  boxHeight,
  captionLeft,
  cutTo,
  fieldRight,
  footHeight,
  hatchedWidth,
  headHeight,
  layoutOf,
  linesOf,
  type PageItem,
  pageWidth,
} from "./page-layout.ts";
import { buttonOn, pageMarks } from "./page-marks.ts";
import { paint } from "./paint.ts";

const useStyles = makeStyles({
  drawing: {
    display: "block",
    width: "100%",
    maxWidth: `${pageWidth}px`,
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
 * A page of the installer, drawn from its description: white head with the green square, grey body, three buttons, and
 * a number at what is to be done. It is a picture, takes no press, and its label says all that it shows.
 */
export function PageDrawing({
  page,
  mark,
}: {
  readonly page: WizardPage;
  /** The caption of the one control to mark; without it everything to do is marked. */
  readonly mark?: string | undefined;
}): ReactElement {
  const styles = useStyles();
  const hatching = useId();
  const marks = pageMarks(page, mark);
  const { items, bodyHeight } = layoutOf(page, marks);
  const foot = headHeight + bodyHeight;
  return (
    <svg
      className={styles.drawing}
      viewBox={`0 0 ${pageWidth} ${foot + footHeight}`}
      role="img"
      aria-label={pageDescription(page, marks)}
      data-page={page.number}
      data-page-id={page.id}
    >
      <defs>
        <pattern id={hatching} width={8} height={8} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width={8} height={8} fill={paint.area} />
          <path d="M0 0v8" stroke={paint.hatch} strokeWidth={2} />
        </pattern>
      </defs>
      <Head page={page} />
      <rect y={headHeight} width={pageWidth} height={bodyHeight + footHeight} fill={paint.face} />
      <path d={`M0 ${headHeight}h${pageWidth}M0 ${foot}h${pageWidth}`} stroke={paint.line} />
      {items.map((item) => (
        <Item key={`${item.kind} ${item.y}`} item={item} page={page} hatching={hatching} />
      ))}
      <PageButton x={202} y={foot + 12} width={72} caption="Back" />
      <PageButton x={282} y={foot + 12} width={72} caption={buttonOn(page)} press={marks.button} leads />
      <PageButton x={384} y={foot + 12} width={82} caption="Cancel" />
    </svg>
  );
}

function Head({ page }: { readonly page: WizardPage }): ReactElement {
  const lines = page.subtitle === null ? linesOf(page.title, 48) : [page.title];
  // A title in our words is set apart, so that it is not searched for on the real page.
  const style = page.titleIsCaption ? undefined : "italic";
  return (
    <>
      <rect width={pageWidth} height={headHeight} fill={paint.field} />
      <rect x={10} y={8} width={14} height={14} rx={2} fill={paint.logo} />
      <text x={32} y={19} fontSize={12} fill={paint.text}>
        {wizardTitle}
      </text>
      {lines.map((line, index) => (
        <text
          key={line}
          x={14}
          y={50 + index * 18}
          fontSize={13}
          fontWeight={700}
          fontStyle={style}
          fill={page.titleIsCaption ? paint.text : paint.grey}
        >
          {line}
        </text>
      ))}
      {page.subtitle !== null && (
        <text x={30} y={68} fontSize={12} fill={paint.text}>
          {page.subtitle}
        </text>
      )}
      <rect x={482} y={32} width={44} height={44} fill={paint.logo} />
      <path d="M504 44v16m-7-7 7 8 7-8" fill="none" stroke={paint.field} strokeWidth={3} />
    </>
  );
}

function Item({
  item,
  page,
  hatching,
}: {
  readonly item: PageItem;
  readonly page: WizardPage;
  readonly hatching: string;
}): ReactElement {
  switch (item.kind) {
    case "words":
      return (
        <text x={captionLeft} y={item.y + 15} fontSize={12} fill={paint.text}>
          {item.text}
        </text>
      );
    case "box":
      return <Box item={item} />;
    case "options":
      return <Options item={item} />;
    case "check":
      return (
        <>
          <rect x={item.left} y={item.y + 4} width={13} height={13} fill={paint.field} stroke={paint.fieldEdge} />
          {item.checked && (
            <path d={`M${item.left + 3} ${item.y + 11}l3 3 5-7`} fill="none" stroke={paint.text} strokeWidth={1.6} />
          )}
          <text x={item.left + 20} y={item.y + 15} fontSize={12} fill={paint.text}>
            {item.caption}
          </text>
          {item.mark !== null && <Marked left={item.left} y={item.y} height={boxHeight} mark={item.mark} />}
        </>
      );
    case "area": {
      const top = item.y + item.height / 2 - ((item.lines.length - 1) * 17) / 2 + 4;
      const middle = item.glyph ? captionLeft + 76 : captionLeft + 16;
      return (
        <>
          <rect
            x={captionLeft}
            y={item.y}
            width={hatchedWidth}
            height={item.height}
            fill={`url(#${hatching})`}
            stroke={paint.deadEdge}
            strokeDasharray="4 3"
          />
          {item.glyph && <PageGlyph id={page.id} x={captionLeft + 20} y={item.y + item.height / 2 - 20} />}
          {item.lines.map((line, index) => (
            <text key={line} x={middle} y={top + index * 17} fontSize={12} fontStyle="italic" fill={paint.grey}>
              {line}
            </text>
          ))}
        </>
      );
    }
  }
}

function Box({ item }: { readonly item: Extract<PageItem, { kind: "box" }> }): ReactElement {
  const { y, left, caption, value, greyed, drop, note, mark } = item;
  const width = fieldRight - left;
  const ink = greyed ? paint.grey : paint.text;
  return (
    <>
      {caption !== null && (
        <text x={captionLeft} y={y + 15} fontSize={12} fill={ink}>
          {caption}
        </text>
      )}
      <rect
        x={left}
        y={y}
        width={width}
        height={boxHeight}
        fill={greyed ? paint.dead : paint.field}
        stroke={greyed ? paint.deadEdge : paint.fieldEdge}
      />
      <text x={left + 7} y={y + 15} fontSize={12} fill={ink}>
        {cutTo(value, width - (drop ? 30 : 12))}
      </text>
      {drop && <path d={`M${fieldRight - 18} ${y + 9}l4 4 4-4`} fill="none" stroke={ink} strokeWidth={1.4} />}
      {note !== null && (
        <text x={left + 1} y={y + boxHeight + 15} fontSize={11} fontStyle="italic" fill={paint.grey}>
          {cutTo(note, width * 1.1)}
        </text>
      )}
      {mark !== null && <Marked left={left} y={y} height={boxHeight} mark={mark} />}
    </>
  );
}

function Options({ item }: { readonly item: Extract<PageItem, { kind: "options" }> }): ReactElement {
  return (
    <>
      {item.options.map(({ caption, chosen, y }) =>
        item.look === "rows" ? (
          <g key={caption}>
            <rect x={captionLeft + 4} y={y} width={236} height={32} fill={paint.button} stroke={paint.buttonEdge} />
            <circle cx={captionLeft + 24} cy={y + 16} r={6.5} fill={paint.field} stroke={paint.fieldEdge} />
            {chosen && <circle cx={captionLeft + 24} cy={y + 16} r={3} fill={paint.text} />}
            <text x={captionLeft + 42} y={y + 20} fontSize={13} fill={paint.text}>
              {caption}
            </text>
            {chosen && item.mark !== null && (
              <Marked left={captionLeft + 4} right={captionLeft + 240} y={y} height={32} mark={item.mark} />
            )}
          </g>
        ) : (
          <g key={caption}>
            <circle cx={captionLeft + 8} cy={y + 11} r={6.5} fill={paint.field} stroke={paint.fieldEdge} />
            {chosen && <circle cx={captionLeft + 8} cy={y + 11} r={3} fill={paint.text} />}
            <text x={captionLeft + 24} y={y + 15} fontSize={12} fill={paint.text}>
              {caption}
            </text>
            {chosen && item.mark !== null && (
              <Marked left={captionLeft} right={captionLeft + 240} y={y} height={boxHeight} mark={item.mark} />
            )}
          </g>
        ),
      )}
    </>
  );
}

/** A frame around what is to be done, and its number beside it; the lists beside the drawing refer to it. */
function Marked({
  left,
  right = fieldRight,
  y,
  height,
  mark,
}: {
  readonly left: number;
  readonly right?: number;
  readonly y: number;
  readonly height: number;
  readonly mark: number;
}): ReactElement {
  return (
    <>
      <rect
        x={left - 4}
        y={y - 4}
        width={right - left + 8}
        height={height + 8}
        fill="none"
        stroke={paint.accent}
        strokeWidth={2}
      />
      <MarkNumber x={right + 28} y={y + height / 2} mark={mark} />
    </>
  );
}

function MarkNumber({ x, y, mark }: { readonly x: number; readonly y: number; readonly mark: number }): ReactElement {
  return (
    <>
      <circle cx={x} cy={y} r={11} fill={paint.accent} />
      <text x={x} y={y + 4} fontSize={12} fontWeight={700} textAnchor="middle" fill={paint.field}>
        {mark}
      </text>
    </>
  );
}

function PageButton({
  x,
  y,
  width,
  caption,
  leads = false,
  press = null,
}: {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly caption: string;
  readonly leads?: boolean;
  readonly press?: number | null;
}): ReactElement {
  return (
    <>
      <rect
        x={x}
        y={y}
        width={width}
        height={22}
        fill={paint.button}
        stroke={leads ? paint.defaultEdge : paint.buttonEdge}
        strokeWidth={leads ? 2 : 1}
      />
      <text x={x + width / 2} y={y + 15} fontSize={12} textAnchor="middle" fill={paint.text}>
        {caption}
      </text>
      {press !== null && (
        <>
          <rect x={x - 4} y={y - 4} width={width + 8} height={30} fill="none" stroke={paint.accent} strokeWidth={2} />
          <MarkNumber x={x + width + 4} y={y - 4} mark={press} />
        </>
      )}
    </>
  );
}
