/** A part of a picture to be blacked out, in the picture's pixels. */
export interface MaskBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The longest side of a picture that is kept, in pixels. */
export const longestSide = 2000;

/** The size a picture is kept in: its own, or scaled down to the longest side allowed. */
export function keptSize({ width, height }: PictureSize): PictureSize {
  const scale = Math.min(1, longestSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

const whole = (value: number): number => (Number.isFinite(value) ? Math.round(value) : 0);

/** A box within its picture, in whole pixels: what lies beyond an edge is moved back before it is cut. */
export function boxWithin(box: MaskBox, size: PictureSize): MaskBox {
  const width = Math.min(Math.max(1, whole(box.width)), size.width);
  const height = Math.min(Math.max(1, whole(box.height)), size.height);
  return {
    x: Math.min(Math.max(0, whole(box.x)), size.width - width),
    y: Math.min(Math.max(0, whole(box.y)), size.height - height),
    width,
    height,
  };
}

/** The box between two points, in any direction; null when it is too small to have been meant. */
export function boxBetween(
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
  size: PictureSize,
): MaskBox | null {
  const inside = (value: number, most: number): number => Math.min(Math.max(0, whole(value)), most);
  const left = inside(Math.min(from.x, to.x), size.width);
  const top = inside(Math.min(from.y, to.y), size.height);
  const right = inside(Math.max(from.x, to.x), size.width);
  const bottom = inside(Math.max(from.y, to.y), size.height);
  if (right - left < smallestBox || bottom - top < smallestBox) return null;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The smallest box that hides something, in pixels: a line of small type is higher. */
export const smallestBox = 6;

/** True when a box hides something and is not just a speck. */
export function hides({ width, height }: MaskBox): boolean {
  return width >= smallestBox && height >= smallestBox;
}

/** A new box for the keyboard: in the middle, a field's size. */
export function newBox(size: PictureSize): MaskBox {
  const width = Math.min(size.width, Math.max(40, Math.round(size.width * 0.4)));
  const height = Math.min(size.height, Math.max(12, Math.round(size.height * 0.08)));
  return boxWithin({ x: (size.width - width) / 2, y: (size.height - height) / 2, width, height }, size);
}

/** Moves a box, or its right lower corner, as an arrow key asks; null for another key. */
export function boxAfterKey(
  box: MaskBox,
  key: string,
  how: { readonly resize: boolean; readonly step: number },
  size: PictureSize,
): MaskBox | null {
  const directions: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };
  const direction = directions[key];
  if (direction === undefined) return null;
  const [across, down] = direction.map((one) => one * how.step) as [number, number];
  return boxWithin(
    how.resize
      ? {
          ...box,
          width: Math.min(box.width + across, size.width - box.x),
          height: Math.min(box.height + down, size.height - box.y),
        }
      : { ...box, x: box.x + across, y: box.y + down },
    size,
  );
}
