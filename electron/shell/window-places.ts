import * as z from "zod";

/** A rectangle on the desktop, in device-independent pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const rectangle = { x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() };
const placesSchema = z.object({
  window: z.object({ ...rectangle, maximized: z.boolean() }).optional(),
  companion: z.object(rectangle).optional(),
});

/** Where this program's windows were when they were used last. */
export type WindowPlaces = z.infer<typeof placesSchema>;

/** The places in the text of their file; none when it is damaged, because nobody misses them. */
export function placesIn(text: string): WindowPlaces {
  try {
    return placesSchema.catch({}).parse(JSON.parse(text));
  } catch {
    return {};
  }
}

/** The area two rectangles share, in square pixels. */
function shared(one: Rectangle, other: Rectangle): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/** A length between the least and what there is room for; the room wins. */
function fitting(length: number, least: number, room: number): number {
  return Math.min(Math.max(length, least), room);
}

/**
 * Where a window that was at `place` is shown now: wholly inside the work area it shares most with, no smaller than
 * `least`. Null when no display shows any of it, as after a session over RDP from a computer with another screen.
 * @param workAreas the displays' areas without the task bar
 */
export function visiblePlace(
  place: Rectangle,
  workAreas: readonly Rectangle[],
  least: Pick<Rectangle, "width" | "height">,
): Rectangle | null {
  const [best] = workAreas.toSorted((one, other) => shared(place, other) - shared(place, one));
  if (best === undefined || shared(place, best) === 0) return null;
  const width = fitting(place.width, least.width, best.width);
  const height = fitting(place.height, least.height, best.height);
  return {
    x: Math.min(Math.max(place.x, best.x), best.x + best.width - width),
    y: Math.min(Math.max(place.y, best.y), best.y + best.height - height),
    width,
    height,
  };
}

/**
 * Where a window is shown the first time: in the middle of a work area, no larger than it. On a small screen, as over
 * RDP, the usual size would reach beyond it.
 */
export function firstPlace(usual: Pick<Rectangle, "width" | "height">, workArea: Rectangle): Rectangle {
  const width = Math.min(usual.width, workArea.width);
  const height = Math.min(usual.height, workArea.height);
  return {
    x: workArea.x + Math.floor((workArea.width - width) / 2),
    y: workArea.y + Math.floor((workArea.height - height) / 2),
    width,
    height,
  };
}
