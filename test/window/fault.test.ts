import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { alterState } from "./alter-state.ts";
import { bringAxe, faults } from "./axe.ts";
import { eventually, goTo, prepareWindows, stepStatus } from "./window.ts";

const openWindow = prepareWindows();

/** Breaks a screen: what is sent to it is not what it was promised. `broken.now` mends it. */
async function breakVerify(page: Page, broken: { now: boolean }): Promise<void> {
  await alterState(
    page,
    (state, fault) => {
      if (fault.now) Object.assign(state.verification, { timeline: null });
    },
    broken,
  );
}

test("a screen that breaks is said to, the other steps work, and reopening it shows it again", async () => {
  // The window logs the fault, so that it can be found; here it is meant.
  const { page, giveUp } = await openWindow({ at: "serviceAccount", bypassCSP: true });
  const broken = { now: true };
  await breakVerify(page, broken);
  await page.locator("[data-target=serviceEmail]").fill("mimservice@contoso.com");
  await goTo(page, "verify");
  const fault = page.locator("[data-fault=screen]");
  await fault.waitFor();
  expect(await fault.innerText()).toMatch(/This screen has a fault[\s\S]*What you entered is kept, except secrets/);
  await bringAxe(page);
  expect(await faults(page)).toEqual([]);
  // What was typed last went out although the screen broke.
  await goTo(page, "serviceAccount");
  expect(await page.locator("[data-target=serviceEmail]").inputValue()).toBe("mimservice@contoso.com");
  await eventually(() => stepStatus(page, "serviceAccount")).toBe("done");
  await goTo(page, "verify");
  await fault.waitFor();
  broken.now = false;
  await page.keyboard.press("F5");
  await eventually(() => page.locator("[data-announcer]").textContent()).toContain("Looked at");
  await page.getByRole("button", { name: "Reopen the screen" }).click();
  await page.locator("[data-finding='verify.mail']").waitFor();
  expect(await fault.count()).toBe(0);
  await giveUp();
});

test("a window that breaks can be reopened with all that was typed, sent or not", async () => {
  const { page, giveUp } = await openWindow({ at: "serviceAccount" });
  const broken = { now: false, holding: false };
  const held: (() => void)[] = [];
  let answers = 0;
  await page.routeWebSocket(/\/bridge\?/, (socket) => {
    const host = socket.connectToServer();
    socket.onMessage((text) => {
      // What is typed waits on the way: the window alone has it.
      if (broken.holding && String(text).includes('"setTarget"')) held.push(() => host.send(text));
      else host.send(text);
    });
    host.onMessage((text) => {
      answers += 1;
      const message = JSON.parse(String(text)) as { outcome?: { value?: { checklist?: object } } };
      const state = message.outcome?.value;
      if (broken.now && state?.checklist !== undefined) Object.assign(state.checklist, { steps: null });
      socket.send(JSON.stringify(message));
    });
  });
  await page.reload();
  const field = page.locator("[data-target=serviceEmail]");
  await field.waitFor();
  broken.holding = true;
  await field.fill("first@contoso.com");
  await eventually(() => held.length).toBe(1);
  await field.fill("second@contoso.com");
  // The answer to what was typed first breaks the window; what was typed second has not gone out yet.
  broken.now = true;
  held.shift()?.();
  const fault = page.locator("[data-fault=window]");
  await fault.waitFor();
  expect(await fault.innerText()).toMatch(/What you entered is kept, except\s+secrets/);
  await eventually(() => held.length).toBe(1);
  await page.getByRole("button", { name: "Reopen the window" }).click();
  // What broke it is still there: now it is offered to load everything anew.
  const anew = page.getByRole("button", { name: "Start the window anew" });
  await anew.waitFor();
  broken.now = false;
  broken.holding = false;
  const before = answers;
  held.shift()?.();
  // What was typed second is kept once the host has answered it.
  await eventually(() => answers).toBeGreaterThan(before);
  await anew.click();
  await page.locator("[data-step=serviceAccount]").click();
  await eventually(() => field.inputValue()).toBe("second@contoso.com");
  await giveUp();
});
