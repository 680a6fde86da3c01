import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { bringAxe, faults, focusKeepers } from "./axe.ts";
import { eventually, goTo, prepareWindows } from "./window.ts";

const openWindow = prepareWindows();

/** A picture of one colour, made in the page. */
async function picture(page: Page, width: number, height: number): Promise<Buffer> {
  const base64 = await page.evaluate(
    ([wide, high]) => {
      const canvas = document.createElement("canvas");
      canvas.width = wide;
      canvas.height = high;
      const context = canvas.getContext("2d");
      if (context === null) throw new Error("no canvas");
      context.fillStyle = "#ff2200";
      context.fillRect(0, 0, wide, high);
      return canvas.toDataURL("image/png").split(",")[1] ?? "";
    },
    [width, height] as const,
  );
  return Buffer.from(base64, "base64");
}

async function choose(page: Page, id: string, buffer: Buffer, mimeType = "image/png"): Promise<void> {
  await page.locator(`[data-file=picture-${id}]`).setInputFiles({ name: "page.png", mimeType, buffer });
}

/** The kept picture on show: its size, and the colour at points given in parts of its width and height. */
async function kept(page: Page, points: readonly (readonly [number, number])[]) {
  const image = page.locator("[data-picture] img");
  await image.waitFor();
  return image.evaluate(async (shown, wanted) => {
    const image = shown as HTMLImageElement;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (context === null) throw new Error("no canvas");
    context.drawImage(image, 0, 0);
    return {
      size: [image.naturalWidth, image.naturalHeight],
      colours: wanted.map(([across, down]) =>
        [
          ...context.getImageData(
            Math.floor(across * (image.naturalWidth - 1)),
            Math.floor(down * (image.naturalHeight - 1)),
            1,
            1,
          ).data,
        ].slice(0, 3),
      ),
    };
  }, points);
}

const red = [255, 34, 0];
const black = [0, 0, 0];
const keep = (page: Page) => page.getByRole("button", { name: "Keep the picture" });

describe("a picture of a page that shows a secret", () => {
  test("is kept only once a black box covers something, and its pixels there are black", async () => {
    const { page, close } = await openWindow({ at: "azureIds" });
    await page.locator("[data-step-page=mailbox]").waitFor();
    await choose(page, "mailbox", await picture(page, 600, 400));
    await page.locator("[data-mask]").waitFor();
    expect(await keep(page).getAttribute("aria-disabled")).toBe("true");
    const reason = await keep(page).getAttribute("aria-describedby");
    expect(await page.locator(`[id="${reason}"]`).innerText()).toContain("covers the secret’s field");
    await keep(page).click({ force: true });
    expect(await page.locator("[data-picture]").count()).toBe(0);

    // By mouse: from a quarter to a half of the picture.
    const canvas = await page.locator("[data-mask] canvas").boundingBox();
    if (canvas === null) throw new Error("the picture is not shown");
    const at = (across: number, down: number): [number, number] => [
      canvas.x + across * canvas.width,
      canvas.y + down * canvas.height,
    ];
    await page.mouse.move(...at(0.5, 0.5));
    await page.mouse.down();
    await page.mouse.move(...at(0.3, 0.3));
    await page.mouse.move(...at(0.25, 0.25));
    await page.mouse.up();
    await page.locator("[data-box]").waitFor();
    await keep(page).click();
    await page.locator("[data-mask]").waitFor({ state: "detached" });
    const { size, colours } = await kept(page, [
      [0.1, 0.1],
      [0.26, 0.26],
      [0.375, 0.375],
      [0.49, 0.49],
      [0.6, 0.6],
      [0.375, 0.6],
    ]);
    expect(size).toEqual([600, 400]);
    expect(colours).toEqual([red, black, black, black, red, red]);
    expect(await page.locator("[data-picture]").innerText()).toContain("parts blacked out");
    await close();
  });

  test("is masked with the keyboard alone: a box is added, moved, resized and taken away", async () => {
    const { page, close } = await openWindow({ at: "azureIds" });
    await page.locator("[data-step-page=mailbox]").waitFor();
    await choose(page, "mailbox", await picture(page, 600, 400));
    const add = page.getByRole("button", { name: "Add a black box" });
    await add.focus();
    await page.keyboard.press("Enter");
    const box = page.locator("[data-box]");
    await eventually(() => box.evaluate((one) => one === document.activeElement)).toBe(true);
    const label = (): Promise<string | null> => box.getAttribute("aria-label");
    expect(await label()).toBe("Black box 1: left 180, top 184, 240 by 32 pixels");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Control+ArrowDown");
    expect(await label()).toBe("Black box 1: left 170, top 195, 240 by 32 pixels");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowUp");
    expect(await label()).toBe("Black box 1: left 170, top 195, 250 by 22 pixels");
    await page.keyboard.press("Delete");
    expect(await box.count()).toBe(0);
    expect(await add.evaluate((one) => one === document.activeElement)).toBe(true);
    expect(await keep(page).getAttribute("aria-disabled")).toBe("true");
    await page.keyboard.press("Enter");
    await page.getByRole("spinbutton", { name: "Left" }).fill("0");
    await page.getByRole("spinbutton", { name: "Top" }).fill("0");
    await page.getByRole("spinbutton", { name: "Width" }).fill("9999");
    expect(await label()).toBe("Black box 1: left 0, top 0, 600 by 32 pixels");
    await keep(page).focus();
    await page.keyboard.press("Enter");
    const { colours } = await kept(page, [
      [0, 0],
      [1, 0.05],
      [0.5, 0.2],
    ]);
    expect(colours).toEqual([black, black, red]);
    await close();
  });
});

describe("a picture of any other page", () => {
  test("is kept as it is, scaled down to two thousand pixels, and can be masked and removed later", async () => {
    const { page, close } = await openWindow({ at: "mailServer" });
    await choose(page, "mailServer", await picture(page, 4000, 1000));
    await keep(page).click();
    expect(await kept(page, [[0.5, 0.5]])).toEqual({ size: [2000, 500], colours: [red] });
    expect(await page.locator("[data-picture]").innerText()).not.toContain("blacked out");

    await page.getByRole("button", { name: /^Black out parts of the picture/ }).click();
    await page.getByRole("button", { name: "Add a black box" }).click();
    await keep(page).click();
    await eventually(() => page.locator("[data-picture]").allInnerTexts()).toEqual([
      expect.stringContaining("parts blacked out"),
    ]);
    expect((await kept(page, [[0.5, 0.5]])).colours).toEqual([black]);

    // It stands with its page on the other step too, and nowhere else.
    await goTo(page, "authentication");
    await page.locator("[data-picture]").waitFor();
    await goTo(page, "serviceAccount");
    expect(await page.locator("[data-picture]").count()).toBe(0);
    await goTo(page, "mailServer");
    await page.getByRole("button", { name: /^Remove the picture/ }).click();
    await page.locator("[data-picture]").waitFor({ state: "detached" });
    await close();
  });

  test("is pasted with Ctrl+V, and given up again without a trace", async () => {
    const { page, close } = await openWindow({ at: "mailServer" });
    const bytes = [...(await picture(page, 300, 200))];
    await page.locator("[data-pictures]").waitFor();
    await page.evaluate((content) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(content)], "page.png", { type: "image/png" }));
      window.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, cancelable: true }));
    }, bytes);
    await page.locator("[data-mask]").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("[data-mask]").waitFor({ state: "detached" });
    expect(await page.locator("[data-picture]").count()).toBe(0);
    await close();
  });

  test("that is none is refused with what to choose instead", async () => {
    const { page, close } = await openWindow({ at: "mailServer" });
    await choose(page, "mailServer", Buffer.from("not a picture at all"));
    await eventually(() => page.locator("[data-pictures]").innerText()).toContain("damaged or cannot be read");
    await choose(page, "mailServer", Buffer.from("<svg/>"), "image/svg+xml");
    await eventually(() => page.locator("[data-pictures]").innerText()).toContain("no picture that can be read");
    expect(await page.locator("[data-mask]").count()).toBe(0);
    await close();
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the masking dialog and kept pictures break no rule of WCAG 2.2 AA in ${colorScheme}`, async () => {
    const { page, close } = await openWindow({ at: "azureIds", colorScheme, bypassCSP: true });
    await bringAxe(page);
    await page.locator("[data-step-page=mailbox]").waitFor();
    await choose(page, "mailbox", await picture(page, 600, 400));
    await page.locator("[data-mask]").waitFor();
    expect(await faults(page, focusKeepers)).toEqual([]);
    await page.getByRole("button", { name: "Add a black box" }).click();
    await page.locator("[data-box]").waitFor();
    expect(await faults(page, focusKeepers)).toEqual([]);
    await keep(page).click();
    await page.locator("[data-picture] img").waitFor();
    expect(await faults(page)).toEqual([]);
    await close();
  });
}
