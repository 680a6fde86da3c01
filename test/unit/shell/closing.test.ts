import { describe, expect, test } from "vitest";
import { askBeforeClosing, closingQuestion, isOpenInstaller } from "../../../electron/shell/closing.ts";

function closing(isOpen: boolean, answer: number) {
  let listener: (event: { preventDefault: () => void }) => void = () => {};
  const asked: unknown[] = [];
  const made = { kept: 0, destroyed: 0 };
  const window = {
    on: (_event: "close", added: typeof listener) => {
      listener = added;
    },
    isDestroyed: () => made.destroyed > 0,
    destroy: () => {
      made.destroyed += 1;
    },
  };
  askBeforeClosing(
    window,
    () => isOpen,
    async (question) => {
      asked.push(question);
      return answer;
    },
  );
  const close = async (): Promise<void> => {
    listener({
      preventDefault: () => {
        made.kept += 1;
      },
    });
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { close, asked, made };
}

describe("closing the window", () => {
  test("asks nothing while no installer is open", async () => {
    const { close, asked, made } = closing(false, 0);
    await close();
    expect({ asked, made }).toEqual({ asked: [], made: { kept: 0, destroyed: 0 } });
  });

  test("asks while the installer is open, says that it goes on, and keeps the window or closes it", async () => {
    const kept = closing(true, 0);
    await kept.close();
    await kept.close();
    expect(kept.asked).toEqual([closingQuestion, closingQuestion]);
    expect(kept.made).toEqual({ kept: 2, destroyed: 0 });
    const closed = closing(true, 1);
    await closed.close();
    expect(closed.made).toEqual({ kept: 1, destroyed: 1 });
    expect(closingQuestion.detail).toContain("It goes on");
  });

  test.each([
    [null, false],
    [{ phase: "preparing", practice: false }, false],
    [{ phase: "begun", practice: false }, true],
    [{ phase: "pages", practice: false }, true],
    [{ phase: "installing", practice: false }, true],
    [{ phase: "ended", practice: false }, false],
    [{ phase: "pages", practice: true }, false],
  ])("counts %j as an open installer: %s", (watch, isOpen) => {
    expect(isOpenInstaller(watch)).toBe(isOpen);
  });
});
