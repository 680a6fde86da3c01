import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually, findingStatus, practiceRecordings, prepareWindows } from "./window.ts";

const openWindow = prepareWindows();
const sound = readFileSync(join(practiceRecordings, "configured.json"), "utf8");

interface File {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const file = (name: string, content: string | Buffer): File => ({
  name,
  mimeType: "application/json",
  buffer: Buffer.from(content),
});

/** Opens a file through the picker, as a person does. */
async function choose(page: Page, entry: string, menu: string, chosen: File | string): Promise<void> {
  await page.locator(menu).click();
  const picker = page.waitForEvent("filechooser");
  await page.getByRole("menuitem", { name: entry }).click();
  await (await picker).setFiles(chosen);
}

const openRecording = (page: Page, chosen: File | string): Promise<void> =>
  choose(page, "Open a recording", "[data-server]", chosen);
const openTarget = (page: Page, chosen: File | string): Promise<void> =>
  choose(page, "Open a target", "[aria-label=More]", chosen);

const broken: readonly { readonly what: string; readonly chosen: File; readonly says: RegExp }[] = [
  {
    what: "a report as CSV",
    chosen: file("report.csv", "a;b"),
    says: /A \.csv file is no recording[\s\S]*saved as JSON/,
  },
  {
    what: "cut in half",
    chosen: file("half.json", sound.slice(0, sound.length / 2)),
    says: /ends before it is complete|not JSON/,
  },
  {
    what: "of another version",
    chosen: file("future.json", sound.replace(/"version":\s*1\b/, '"version": 7')),
    says: /version 7/,
  },
  {
    what: "with a number where a string belongs",
    chosen: file("number.json", sound.replace(/"computer":\s*"[^"]*"/, '"computer": 12')),
    says: /computer/,
  },
  {
    what: "in UTF-16",
    chosen: file("wide.json", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(sound.slice(0, 400), "utf16le")])),
    says: /UTF-16/,
  },
];

describe("a recording", () => {
  test.each(broken)("$what is refused by name and place, and the server on show stays", async ({ chosen, says }) => {
    const { page, close } = await openWindow({ at: "verify" });
    const before = await page.locator("header").innerText();
    await openRecording(page, chosen);
    const problem = page.locator("[data-problem]");
    await problem.waitFor();
    expect(await problem.innerText()).toMatch(says);
    expect(await problem.innerText()).toContain(chosen.name);
    expect(await page.locator("header").innerText()).toBe(before);
    expect(await page.locator("[data-server=practice]").count()).toBe(1);
    expect(await findingStatus(page, "verify.token")).toBe("action");
    await page.getByRole("button", { name: "Dismiss this message" }).click();
    await eventually(() => problem.count()).toBe(0);
    await close();
  });

  test("that is whole is shown in its place, with its name", async () => {
    const { page, close } = await openWindow();
    await openRecording(page, file("from-mim01.json", sound));
    await page.locator("[data-server=recorded]").waitFor();
    expect(await page.locator("header").innerText()).toContain("from-mim01.json");
    await close();
  });

  test("is saved, and opens again", async () => {
    const { page, close } = await openWindow();
    await page.locator("[data-server]").click();
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: "Save what was seen" }).click();
    const saved = await (await download).path();
    await openRecording(page, { ...file("again.json", readFileSync(saved)) });
    await page.locator("[data-server=recorded]").waitFor();
    expect(await page.locator("header").innerText()).toContain("MIM01");
    await close();
  });
});

describe("a file over the limit", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "mim-mail-large-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("of 100 MB is refused before it is read", async () => {
    const large = join(folder, "large.json");
    closeSync(openSync(large, "w"));
    truncateSync(large, 100 * 1024 * 1024);
    const { page, close } = await openWindow();
    await openRecording(page, large);
    await eventually(() => page.locator("[data-problem=too-large]").count()).toBe(1);
    expect(await page.locator("[data-server=practice]").count()).toBe(1);
    await close();
  });
});

describe("a target", () => {
  test("is taken from its file", async () => {
    const { page, close } = await openWindow({ at: "serviceAccount" });
    await openTarget(page, file("target.json", JSON.stringify({ serviceEmail: "mim@fabrikam.com" })));
    await eventually(() => page.locator("[data-target=serviceEmail]").inputValue()).toBe("mim@fabrikam.com");
    await close();
  });

  test("that holds a secret is refused by the property's name", async () => {
    const { page, close } = await openWindow({ at: "serviceAccount" });
    const before = await page.locator("[data-target=serviceEmail]").inputValue();
    await openTarget(page, file("secret.json", JSON.stringify({ clientSecret: "abc", serviceEmail: "x@y.zz" })));
    await page.locator("[data-problem=secret-in-target]").waitFor();
    expect(await page.locator("[data-problem]").innerText()).toContain("clientSecret");
    expect(await page.locator("[data-problem]").innerText()).not.toContain("abc");
    expect(await page.locator("[data-target=serviceEmail]").inputValue()).toBe(before);
    await close();
  });
});
