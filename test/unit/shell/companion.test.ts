import { EventEmitter } from "node:events";
import { describe, expect, test, vi } from "vitest";
import {
  type CompanionWindow,
  companionAddress,
  companionOptions,
  companionPlace,
  createCompanion,
} from "../../../electron/shell/companion.ts";
import { windowOptions } from "../../../electron/shell/window-options.ts";

class FakeWindow extends EventEmitter {
  readonly addresses: string[] = [];
  shown = 0;
  destroyed = false;
  bounds = { x: 0, y: 0, width: 400, height: 600 };
  async loadURL(address: string): Promise<void> {
    this.addresses.push(address);
    this.emit("ready-to-show");
  }
  showInactive(): void {
    this.shown += 1;
  }
  close(): void {
    this.destroyed = true;
    this.emit("closed");
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  getBounds() {
    return this.bounds;
  }
}

function companionOf(hasWindow = true) {
  const made: FakeWindow[] = [];
  const moved = vi.fn();
  const companion = createCompanion<FakeWindow & CompanionWindow>({
    make: () => {
      if (!hasWindow) return null;
      const window = new FakeWindow();
      made.push(window);
      return window as FakeWindow & CompanionWindow;
    },
    moved,
  });
  return { companion, made, moved };
}

describe("the companion", () => {
  test("opens once, on the window's own page, without taking the keyboard from the installer", () => {
    const { companion, made } = companionOf();
    companion.show(true);
    companion.show(true);
    expect(made).toHaveLength(1);
    expect(made[0]?.addresses).toEqual(["app://mim-mail/index.html#companion"]);
    expect(made[0]?.addresses).toEqual([companionAddress]);
    expect(made[0]?.shown).toBe(2);
    expect(companion.window()).toBe(made[0]);
  });

  test("goes when it is hidden or closed, and opens anew after that", () => {
    const { companion, made } = companionOf();
    companion.show(false);
    companion.show(true);
    companion.show(false);
    expect([made[0]?.destroyed, companion.window()]).toEqual([true, null]);
    companion.show(true);
    made[1]?.close();
    expect(companion.window()).toBeNull();
    companion.show(true);
    expect(made).toHaveLength(3);
  });

  test("tells where it was moved", () => {
    const { companion, made, moved } = companionOf();
    companion.show(true);
    const [window] = made;
    if (window === undefined) throw new Error("it did not open");
    window.bounds = { x: 7, y: 8, width: 420, height: 610 };
    window.emit("moved");
    expect(moved.mock.calls).toEqual([[{ x: 7, y: 8, width: 420, height: 610 }]]);
  });

  test("does not open when the program's own window is gone", () => {
    const { companion } = companionOf(false);
    companion.show(true);
    expect(companion.window()).toBeNull();
  });

  test("stands at the right edge of the work area, or where it was", () => {
    const workArea = { x: 100, y: 0, width: 1500, height: 1000 };
    expect(companionPlace(undefined, workArea, [workArea])).toEqual({ x: 1200, y: 0, width: 400, height: 900 });
    const kept = { x: 150, y: 20, width: 380, height: 700 };
    expect(companionPlace(kept, workArea, [workArea])).toEqual(kept);
    expect(companionPlace({ ...kept, x: 9000 }, workArea, [workArea])).toMatchObject({ x: 1200 });
  });

  test("has the limits of the window's page, not one less", () => {
    const place = { x: 0, y: 0, width: 400, height: 600 };
    const { webPreferences, alwaysOnTop } = companionOptions({ preload: "/p.cjs", colour: "#fff", place });
    expect(webPreferences).toEqual(windowOptions({ preload: "/p.cjs", colour: "#fff" }).webPreferences);
    expect(alwaysOnTop).toBe(true);
  });
});
