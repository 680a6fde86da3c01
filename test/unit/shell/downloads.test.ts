import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import type { EventValue } from "../../../electron/contract/methods.ts";
import { windowOrigin } from "../../../electron/shell/app-scheme.ts";
import { watchDownloads } from "../../../electron/shell/downloads.ts";

/** A download as Electron gives it. */
class Item extends EventEmitter {
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
  }
  getURL = () => this.url;
  getSavePath = () => `C:\\Reports\\${this.url.slice(-1)}.html`;
}

function watched() {
  const session = new EventEmitter();
  const told: EventValue<"handedOut">[] = [];
  const downloads = watchDownloads(session as never, (end) => void told.push(end));
  const begin = (url: string): { item: Item; stopped: boolean } => {
    const item = new Item(url);
    const given = { item, stopped: false };
    session.emit("will-download", { preventDefault: () => Object.assign(given, { stopped: true }) }, item);
    return given;
  };
  return { downloads, told, begin };
}

test.each([
  ["completed", "saved"],
  ["cancelled", "cancelled"],
  ["interrupted", "failed"],
] as const)("a download that is %s is told as %s, and only a saved one is shown in its folder", (state, ended) => {
  const { downloads, told, begin } = watched();
  const address = `blob:${windowOrigin}/a`;
  const { item } = begin(address);
  expect(told).toEqual([]);
  item.emit("done", {}, state);
  expect(told).toEqual([{ address, ended }]);
  expect(downloads.last()).toBe(state === "completed" ? "C:\\Reports\\a.html" : null);
});

test("a download of another address is stopped and told of to nobody", () => {
  const { told, begin } = watched();
  const { item, stopped } = begin("https://example.com/x");
  item.emit("done", {}, "completed");
  expect({ stopped, told }).toEqual({ stopped: true, told: [] });
});
