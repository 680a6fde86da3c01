import type { Locator, Page, WebSocketRoute } from "playwright-core";
import { expect, test } from "vitest";
import { eventually, findingStatus, prepareWindows } from "./window.ts";

const openWindow = prepareWindows();

/** The banner of the lost connection; the live region says the same words. */
const banner = (page: Page): Locator => page.getByRole("button", { name: "Reconnect" });

test("a lost connection is said, what is typed meanwhile is kept, and Reconnect takes it up", async () => {
  const { page, close } = await openWindow({ at: "serviceAccount" });
  let cut: (() => Promise<void>) | null = null;
  await page.routeWebSocket(/\/bridge/, (socket: WebSocketRoute) => {
    const host = socket.connectToServer();
    cut = async () => {
      await host.close();
      await socket.close();
    };
  });
  await page.clock.install();
  await page.reload();
  const field = page.locator("[data-target=serviceEmail]");
  await field.waitFor();
  await eventually(() => cut !== null).toBe(true);
  await (cut as unknown as () => Promise<void>)();
  await banner(page).waitFor();
  await field.fill("mimservice@contoso.com");
  // Past the rest after which what was typed is sent.
  await page.clock.fastForward(500);
  expect(await field.inputValue()).toBe("mimservice@contoso.com");
  expect(await page.locator("[data-problem]").count()).toBe(0);
  await banner(page).click();
  await eventually(() => findingStatus(page, "account.email")).toBe("done");
  expect(await banner(page).count()).toBe(0);
  expect(await field.inputValue()).toBe("mimservice@contoso.com");
  await close();
});

test("a window opened without its token says that it has no connection", async () => {
  const { page, close } = await openWindow();
  await page.routeWebSocket(/\/bridge/, (socket: WebSocketRoute) => socket.close());
  await page.reload();
  await banner(page).waitFor();
  expect(await page.getByRole("button", { name: "Try again" }).isVisible()).toBe(true);
  await close();
});
