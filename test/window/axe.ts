import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const engine = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/**
 * Fluent's menus and dialogs keep the focus inside with elements that hand it on the moment they get it. axe-core takes
 * them for hidden controls; they are left out. Some stay in the page after the menu or dialog is gone.
 */
export const focusKeepers = "[data-tabster-dummy]";

/** Brings axe-core into a page, whose context must bypass its content security policy. */
export async function bringAxe(page: Page): Promise<void> {
  await page.addScriptTag({ content: engine });
}

/** What axe-core finds against WCAG 2.2 AA, a line a fault; empty for none. */
export async function faults(page: Page, except: string | null = null): Promise<string[]> {
  // Nothing is measured while it still moves; what is cancelled moves no more either.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
  const results = await page.evaluate(
    async ({ values, except }) => {
      const engine = (window as unknown as { axe: { run: (what: object, options: object) => Promise<AxeResults> } })
        .axe;
      const what = { include: [["html"]], exclude: except === null ? [] : [[except]] };
      // A report in its frame runs no scripts: axe-core cannot get into it.
      return engine.run(what, { runOnly: { type: "tag", values }, iframes: false, resultTypes: ["violations"] });
    },
    { values: rules, except },
  );
  expect(results.passes.length).toBeGreaterThan(10);
  return results.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ""}`),
  );
}
