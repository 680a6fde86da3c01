import { describe, expect, test, vi } from "vitest";
import { firstPlace, placesIn, visiblePlace } from "../../../electron/shell/window-places.ts";
import { createWindowState } from "../../../electron/shell/window-state.ts";

const left = { x: 0, y: 0, width: 1600, height: 860 };
const right = { x: 1600, y: 0, width: 1920, height: 1040 };
const least = { width: 1024, height: 700 };

describe("a window that was never used", () => {
  const usual = { width: 1280, height: 800 };
  test("is in the middle of the work area", () => {
    expect(firstPlace(usual, right)).toEqual({ x: 1920, y: 120, width: 1280, height: 800 });
  });

  test("reaches nowhere beyond a small one", () => {
    const small = { x: 0, y: 40, width: 1024, height: 728 };
    expect(firstPlace(usual, small)).toEqual(small);
  });
});

describe("a window that was somewhere", () => {
  test("is there again when it is still wholly in sight", () => {
    const place = { x: 1700, y: 100, width: 1280, height: 800 };
    expect(visiblePlace(place, [left, right], least)).toEqual(place);
  });

  test.each([
    [
      "hangs over the right edge",
      { x: 1200, y: 0, width: 1280, height: 800 },
      { x: 320, y: 0, width: 1280, height: 800 },
    ],
    ["hangs over the top", { x: 0, y: -50, width: 1280, height: 800 }, { x: 0, y: 0, width: 1280, height: 800 }],
    ["is larger than the screen", { x: 5, y: 5, width: 4000, height: 2000 }, left],
    [
      "is smaller than everything needs",
      { x: 5, y: 5, width: 300, height: 200 },
      { x: 5, y: 5, width: 1024, height: 700 },
    ],
  ])("and %s is pulled into the work area", (_what, place, shown) => {
    expect(visiblePlace(place, [left], least)).toEqual(shown);
  });

  test("goes to the display that shows most of it", () => {
    expect(visiblePlace({ x: 1500, y: 0, width: 1200, height: 800 }, [left, right], least)).toMatchObject({ x: 1600 });
    expect(visiblePlace({ x: 500, y: 0, width: 1200, height: 800 }, [right, left], least)).toMatchObject({ x: 400 });
  });

  test("on a display that is gone has no place any more", () => {
    expect(visiblePlace({ x: 1700, y: 0, width: 1280, height: 800 }, [left], least)).toBeNull();
    expect(visiblePlace(left, [], least)).toBeNull();
  });

  test("never leaves a screen that is smaller than the least window", () => {
    const small = { x: 0, y: 0, width: 800, height: 560 };
    expect(visiblePlace({ x: 10, y: 10, width: 1280, height: 800 }, [small], least)).toEqual(small);
  });
});

test.each([
  "",
  "{",
  "[]",
  "null",
  '{"window":{"x":1}}',
  '{"window":{"x":1,"y":1,"width":0,"height":9,"maximized":false}}',
])("a damaged file of places (%s) is no place", (text) => {
  expect(placesIn(text)).toEqual({});
});

describe("the places", () => {
  const place = { x: 1, y: 2, width: 400, height: 600 };

  test("are written once, when nothing has moved for a moment", async () => {
    vi.useFakeTimers();
    const writeText = vi.fn(async () => undefined);
    const keeper = createWindowState({ readText: async () => "", writeText, rest: 500 });
    for (let x = 0; x < 20; x += 1) keeper.note({ companion: { ...place, x } });
    await vi.advanceTimersByTimeAsync(499);
    expect(writeText).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    vi.useRealTimers();
    expect(writeText.mock.calls).toEqual([[`${JSON.stringify({ companion: { ...place, x: 19 } }, null, 2)}\n`]]);
  });

  test("of one window are kept when another moves", async () => {
    let file = JSON.stringify({ window: { ...place, maximized: true } });
    const keeper = createWindowState({
      readText: async () => file,
      writeText: async (text) => {
        file = text;
      },
    });
    await keeper.read();
    keeper.note({ companion: place });
    await keeper.settle();
    expect(placesIn(file)).toEqual({ window: { ...place, maximized: true }, companion: place });
  });

  test("that cannot be read or written stop nothing", async () => {
    const keeper = createWindowState({
      readText: async () => Promise.reject(new Error("ENOENT")),
      writeText: async () => Promise.reject(new Error("EACCES")),
    });
    expect(await keeper.read()).toEqual({});
    keeper.note({ companion: place });
    await expect(keeper.settle()).resolves.toBeUndefined();
  });
});
