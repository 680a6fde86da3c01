import { expect, test, vi } from "vitest";
import { createGiveWay } from "../../../electron/shell/give-way.ts";

const at = (phase: string, practice = false) => ({ phase, practice });

test("the window gives way to the installer's first page, once a run and while it has the focus", () => {
  const blur = vi.fn();
  let isFocused = true;
  const giveWay = createGiveWay(() => ({ isFocused: () => isFocused, blur }));
  for (const phase of ["preparing", "begun"]) giveWay(at(phase));
  expect(blur).not.toHaveBeenCalled();
  for (const phase of ["pages", "pages", "installing", "pages", "ended"]) giveWay(at(phase));
  expect(blur).toHaveBeenCalledTimes(1);
  giveWay(at("pages"));
  expect(blur).toHaveBeenCalledTimes(2);
  giveWay(null);
  isFocused = false;
  giveWay(at("pages"));
  expect(blur).toHaveBeenCalledTimes(2);
});

test("it stays in front of a rehearsal, whose installer has no window, and when there is none", () => {
  const blur = vi.fn();
  createGiveWay(() => ({ isFocused: () => true, blur }))(at("pages", true));
  expect(blur).not.toHaveBeenCalled();
  createGiveWay(() => null)(at("pages"));
});
