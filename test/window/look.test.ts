import type { WebSocketRoute } from "playwright-core";
import { expect, test } from "vitest";
import { eventually, prepareWindows } from "./window.ts";

const openWindow = prepareWindows();

interface Call {
  readonly id: number;
  readonly method: string;
}

/** Stands between window and host and keeps a look from ending until it is cancelled. */
function holdLooks(socket: WebSocketRoute): void {
  const host = socket.connectToServer();
  let look: Call | null = null;
  socket.onMessage((message) => {
    const call = JSON.parse(String(message)) as Call;
    if (call.method === "look") {
      look = call;
      socket.send(
        JSON.stringify({ event: "progress", value: { task: "look", text: "Reading the registry", fraction: 0.4 } }),
      );
    } else if (call.method === "cancelLook" && look !== null) {
      const error = {
        code: "look-cancelled",
        message: "the look was cancelled (Practice server)",
        cure: "Look again.",
      };
      socket.send(JSON.stringify({ id: look.id, outcome: { ok: false, error } }));
      socket.send(JSON.stringify({ id: call.id, outcome: { ok: true, value: null } }));
      look = null;
    } else host.send(message);
  });
}

test("a look that takes its time shows what it reads, can be cancelled, and leaves what was there", async () => {
  const { page, close } = await openWindow();
  await page.routeWebSocket(/\/bridge/, holdLooks);
  await page.reload();
  await page.locator("[data-finding]").first().waitFor();
  const before = await page.locator("main").innerText();
  const look = page.getByRole("button", { name: "Check again" });
  await look.focus();
  await page.keyboard.press("Enter");
  const bar = page.getByRole("progressbar", { name: "Reading the registry" });
  await bar.waitFor();
  expect(Number(await bar.getAttribute("aria-valuenow")) / Number(await bar.getAttribute("aria-valuemax"))).toBe(0.4);
  expect(await page.locator("main").innerText()).toBe(before);
  await page.keyboard.press("Shift+Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Cancel");
  await page.keyboard.press("Enter");
  await eventually(() => bar.count()).toBe(0);
  expect(await look.evaluate((button) => button === document.activeElement)).toBe(true);
  expect(await page.locator("[data-problem]").count()).toBe(0);
  expect(await page.locator("main").innerText()).toBe(before);
  await close();
});

test("the welcome says which server is shown until something was entered", async () => {
  const { page, close } = await openWindow();
  expect(await page.getByText("This is a simulated MIM server to rehearse on.").isVisible()).toBe(true);
  await page.getByRole("checkbox").click();
  await eventually(() => page.getByText("This is a simulated MIM server to rehearse on.").count()).toBe(0);
  await close();
});

test("the first look that fails says why, and can be tried again", async () => {
  const { page, close } = await openWindow();
  let refuse = true;
  await page.routeWebSocket(/\/bridge/, (socket) => {
    const host = socket.connectToServer();
    socket.onMessage((message) => {
      const call = JSON.parse(String(message)) as Call;
      if (call.method !== "getState" || !refuse) return host.send(message);
      const error = {
        code: "unreadable",
        message: "the practice server cannot be read (state.json)",
        cure: "Mend it.",
      };
      socket.send(JSON.stringify({ id: call.id, outcome: { ok: false, error } }));
    });
  });
  await page.reload();
  await page.locator("[data-problem=unreadable]").waitFor();
  refuse = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator("[data-finding]").first().waitFor();
  expect(await page.locator("[data-problem]").count()).toBe(0);
  await close();
});
