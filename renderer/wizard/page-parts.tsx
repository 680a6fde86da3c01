import type { ReactElement } from "react";
import { paint } from "./installer-page.tsx";

/** Where the fields of a page begin unless it says so, and where they end, in the drawing's units. */
const usualLeft = 176;
const fieldRight = 464;
const fieldHeight = 22;
const labelLeft = 26;
/** The longest text that fits into a field at the drawing's type size. */
const longest = 40;

/** A line of words on a page. */
export function Words({ y, text }: { readonly y: number; readonly text: string }): ReactElement {
  return (
    <text x={labelLeft} y={y + 15} fontSize={12} fill={paint.text}>
      {text}
    </text>
  );
}

/** The number of a choice, beside its field; the steps beside the drawing refer to it. */
function Mark({
  left,
  y,
  number,
}: {
  readonly left: number;
  readonly y: number;
  readonly number: number;
}): ReactElement {
  return (
    <>
      <rect
        x={left - 4}
        y={y - 4}
        width={fieldRight - left + 8}
        height={fieldHeight + 8}
        fill="none"
        stroke={paint.accent}
        strokeWidth={2}
      />
      <circle cx={fieldRight + 28} cy={y + fieldHeight / 2} r={11} fill={paint.accent} />
      <text
        x={fieldRight + 28}
        y={y + fieldHeight / 2 + 4}
        fontSize={12}
        fontWeight={700}
        textAnchor="middle"
        fill="#ffffff"
      >
        {number}
      </text>
    </>
  );
}

/** A field of a page with its caption and what stands in it. `greyed` fields stay as they are in the installer. */
export function PageField({
  y,
  caption,
  value,
  kind = "text",
  greyed = false,
  left = usualLeft,
  mark,
}: {
  readonly y: number;
  readonly caption?: string;
  readonly value: string;
  readonly kind?: "text" | "choice";
  readonly greyed?: boolean;
  readonly left?: number;
  readonly mark?: number | undefined;
}): ReactElement {
  const shown = value.length > longest ? `${value.slice(0, longest - 1)}…` : value;
  return (
    <g>
      {caption !== undefined && (
        <text x={labelLeft} y={y + 15} fontSize={12} fill={greyed ? paint.grey : paint.text}>
          {caption}
        </text>
      )}
      <rect
        x={left}
        y={y}
        width={fieldRight - left}
        height={fieldHeight}
        fill={greyed ? paint.dead : paint.field}
        stroke={greyed ? paint.deadEdge : paint.fieldEdge}
      />
      <text x={left + 7} y={y + 15} fontSize={12} fill={greyed ? paint.grey : paint.text}>
        {shown}
      </text>
      {kind === "choice" && (
        <path d={`M${fieldRight - 18} ${y + 9}l4 4 4-4`} fill="none" stroke={paint.text} strokeWidth={1.4} />
      )}
      {mark !== undefined && <Mark left={left} y={y} number={mark} />}
    </g>
  );
}

/** A check box of a page. */
export function PageCheck({
  y,
  caption,
  checked,
}: {
  readonly y: number;
  readonly caption: string;
  readonly checked: boolean;
}): ReactElement {
  return (
    <g>
      <rect x={usualLeft} y={y + 4} width={13} height={13} fill={paint.field} stroke={paint.fieldEdge} />
      {checked && <path d={`M${usualLeft + 3} ${y + 11}l3 3 5-7`} fill="none" stroke={paint.text} strokeWidth={1.6} />}
      <text x={usualLeft + 20} y={y + 15} fontSize={12} fill={paint.text}>
        {caption}
      </text>
    </g>
  );
}
