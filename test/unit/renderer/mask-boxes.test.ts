import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  boxAfterKey,
  boxBetween,
  boxWithin,
  hides,
  keptSize,
  longestSide,
  newBox,
} from "../../../renderer/change-mode/wizard/mask-boxes.ts";

const size = { width: 600, height: 400 };
const sizes = fc.record({ width: fc.integer({ min: 1, max: 9000 }), height: fc.integer({ min: 1, max: 9000 }) });

describe("the size a picture is kept in", () => {
  test("is its own up to the longest side, and in proportion beyond it", () => {
    expect(keptSize(size)).toEqual(size);
    expect(keptSize({ width: 4000, height: 1000 })).toEqual({ width: 2000, height: 500 });
    expect(keptSize({ width: 3, height: 9000 })).toEqual({ width: 1, height: 2000 });
  });

  test("is never longer, and never nothing", () => {
    fc.assert(
      fc.property(sizes, (given) => {
        const { width, height } = keptSize(given);
        expect(Math.max(width, height)).toBeLessThanOrEqual(longestSide);
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});

describe("a black box", () => {
  test("stays within its picture, in whole pixels, whatever is typed for it", () => {
    const any = fc.oneof(fc.double(), fc.integer());
    fc.assert(
      fc.property(sizes, any, any, any, any, (whole, x, y, width, height) => {
        const box = boxWithin({ x, y, width, height }, whole);
        expect(Object.values(box).every(Number.isInteger)).toBe(true);
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.y).toBeGreaterThanOrEqual(0);
        expect(box.width).toBeGreaterThanOrEqual(1);
        expect(box.x + box.width).toBeLessThanOrEqual(whole.width);
        expect(box.y + box.height).toBeLessThanOrEqual(whole.height);
      }),
    );
  });

  test("is drawn in any direction, cut at the picture's edge, and not by a mere press", () => {
    const box = { x: 10, y: 20, width: 100, height: 50 };
    expect(boxBetween({ x: 10, y: 20 }, { x: 110, y: 70 }, size)).toEqual(box);
    expect(boxBetween({ x: 110, y: 70 }, { x: 10, y: 20 }, size)).toEqual(box);
    expect(boxBetween({ x: 550, y: 390 }, { x: 900, y: 300 }, size)).toEqual({ x: 550, y: 300, width: 50, height: 90 });
    expect(boxBetween({ x: 10, y: 20 }, { x: 12, y: 21 }, size)).toBeNull();
  });

  test("is moved and resized by the arrow keys, as far as the picture goes", () => {
    const box = { x: 5, y: 380, width: 100, height: 20 };
    expect(boxAfterKey(box, "ArrowLeft", { resize: false, step: 10 }, size)).toEqual({ ...box, x: 0 });
    expect(boxAfterKey(box, "ArrowDown", { resize: false, step: 10 }, size)).toEqual(box);
    expect(boxAfterKey(box, "ArrowRight", { resize: true, step: 10 }, size)).toEqual({ ...box, width: 110 });
    // At the edge it does not grow on the other side instead.
    expect(boxAfterKey(box, "ArrowDown", { resize: true, step: 10 }, size)).toEqual(box);
    expect(boxAfterKey(box, "Enter", { resize: false, step: 10 }, size)).toBeNull();
  });

  test("added without a mouse hides something in a picture of any useful size", () => {
    expect(newBox(size)).toEqual({ x: 180, y: 184, width: 240, height: 32 });
    expect(hides(newBox({ width: 40, height: 12 }))).toBe(true);
    expect(hides({ x: 0, y: 0, width: 5, height: 100 })).toBe(false);
  });
});
