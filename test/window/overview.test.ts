import { expect, test } from "vitest";
import { bringAxe, faults, focusKeepers } from "./axe.ts";
import { eventually, findingStatus, goTo, prepareWindows } from "./window.ts";

const openWindow = prepareWindows();

test("says how far the job is and what comes next, and leads there with one primary button", async () => {
  const { page, close } = await openWindow({ at: "overview" });
  expect(await page.locator("h1").innerText()).toMatch(/^\d+ things left before Change mode$/);
  expect(
    await page
      .locator("main")
      .getByRole("button")
      .filter({ hasText: /^Review 16 values$/ })
      .count(),
  ).toBe(1);
  expect(await page.locator("[data-stage=prepare]").innerText()).toMatch(/Prepare · \d+ done, \d+ ready, \d+ open/);
  expect(await page.locator("[data-stage=prove]").innerText()).toMatch(/Prove · \d+ waiting/);
  await page.getByRole("button", { name: "Review 16 values" }).click();
  await page.getByRole("dialog").getByText("Review 16 changes").waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  await close();
});

test("gives every open finding its own control, and what is done or entered leaves the list", async () => {
  const { page, close } = await openWindow({ at: "overview" });
  const row = (id: string) => page.locator(`[data-to-do="${id}"]`);
  await row("tls.dotnet.v2.64").getByRole("button").click();
  // The review of just this: the other values can be ticked beside it.
  await page.getByRole("dialog").getByRole("button", { name: "Make 2 changes" }).waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  await row("azure.applicationId").getByRole("button").click();
  await page.locator("[data-target=applicationId]").fill("1a2b3c4d-1111-4222-8333-444455556666");
  await eventually(() => findingStatus(page, "azure.applicationId")).toBe("action");
  await goTo(page, "overview");
  expect(await row("azure.applicationId").getAttribute("data-standing")).toBe("ready");
  await page.getByRole("tab", { name: "All" }).click();
  expect(await row("server.windows").getAttribute("data-standing")).toBe("settled");
  await page.getByRole("tab", { name: "Waiting" }).click();
  expect(await row("server.windows").count()).toBe(0);
  expect(await row("verify.token").getAttribute("data-standing")).toBe("waiting");
  await close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`breaks no rule of WCAG 2.2 AA in ${colorScheme}`, async () => {
    const { page, close } = await openWindow({
      at: "overview",
      colorScheme,
      bypassCSP: true,
      viewport: { width: 1024, height: 700 },
    });
    await bringAxe(page);
    expect(await faults(page, focusKeepers)).toEqual([]);
    await page.getByRole("tab", { name: "All" }).click();
    expect(await faults(page, focusKeepers)).toEqual([]);
    await close();
  });
}
