import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { clouds } from "../../electron/cloud/clouds.ts";
import { type Answer, application, ewsMessage, mailbox } from "../unit/cloud/stand-in.ts";
import { bringAxe, faults, focusKeepers } from "./axe.ts";
import { knownTarget, prepareCloudWindows } from "./cloud-window.ts";
import { eventually, findingStatus, goTo, stepStatus, tabTo } from "./window.ts";

const openWindow = prepareCloudWindows();

const secret = "Xy~8Q.window-test_secret-9f8e7d6c5b4a";
const secretId = "8f14e45f-ceea-467a-9a36-dedd4bea2543";
const silence: Answer = () => {};

const rowStatus = (page: Page, id: string): Promise<string | null> =>
  page.locator(`[data-cloud=${id}]`).getAttribute("data-status");
const announced = (page: Page): Promise<string | null> => page.locator("[data-announcer]").textContent();
const typed = (page: Page): Promise<string> => page.locator("[data-secret]").inputValue();
const hasFocus = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector);

/** Types a secret and sends it off with Enter. */
async function ask(page: Page, text: string): Promise<void> {
  await page.locator("[data-secret]").focus();
  await page.keyboard.insertText(text);
  await page.keyboard.press("Enter");
}

describe("asking Microsoft’s cloud", () => {
  test("with the right secret turns the rows green, the checklist follows, and the focus stays", async () => {
    const { page, standIn, close } = await openWindow({ at: "azureIds" });
    standIn.behaviour.secret = secret;
    expect(await findingStatus(page, "azure.signIn")).toBe("pending");
    await ask(page, secret);
    for (const id of ["signIn", "role", "mailbox", "clock"]) await eventually(() => rowStatus(page, id)).toBe("done");
    expect(await hasFocus(page, "[data-secret]")).toBe(true);
    expect(await announced(page)).toBe("Microsoft’s cloud was asked: 4 checks done, nothing to change.");
    for (const finding of ["azure.signIn", "azure.role", "azure.ews"] as const) {
      expect(await findingStatus(page, finding)).toBe("done");
    }
    expect(standIn.requests).toHaveLength(2);
    await goTo(page, "exchange");
    expect(await rowStatus(page, "mailbox")).toBe("done");
    expect(await page.locator("[data-cloud]").count()).toBe(1);
    await page.getByRole("button", { name: "2 done" }).click();
    expect(await findingStatus(page, "exchange.allowList")).toBe("done");
    expect(await findingStatus(page, "exchange.mailbox")).toBe("done");
    expect(await stepStatus(page, "exchange")).toBe("attention");
    await close();
  });

  test("with a wrong secret says what AADSTS7000215 means and what to do", async () => {
    const { page, standIn, close } = await openWindow({ at: "azureIds" });
    standIn.behaviour.secret = "another";
    await page.locator("[data-secret]").fill(secret);
    await page.locator("[data-ask]").click();
    await eventually(() => rowStatus(page, "signIn")).toBe("action");
    const row = page.locator("[data-cloud=signIn]");
    expect(await row.innerText()).toContain("AADSTS7000215: the client secret is wrong");
    expect(await row.innerText()).toContain("not its Secret ID");
    await row.getByRole("button", { name: "Details" }).click();
    expect(await row.innerText()).toContain("Trace ID");
    expect(await announced(page)).toBe(
      "Sign-in to Microsoft Entra ID, to change: AADSTS7000215: the client secret is wrong.",
    );
    expect(await rowStatus(page, "mailbox")).toBe("pending");
    expect(await findingStatus(page, "azure.signIn")).toBe("action");
    expect(await hasFocus(page, "[data-secret], [data-ask], [aria-expanded]")).toBe(true);
    await close();
  });

  test("with the Secret ID is refused at once in the window, and nothing is sent", async () => {
    const { page, standIn, sent, close } = await openWindow({ at: "azureIds" });
    await page.locator("[data-secret]").focus();
    await page.keyboard.insertText(secretId);
    await eventually(() => page.getByText("This is the Secret ID, not the secret.").isVisible()).toBe(true);
    await page.keyboard.press("Enter");
    await page.locator("[data-ask]").click();
    expect(await hasFocus(page, "[data-secret]")).toBe(true);
    expect(await page.locator("[data-asking]").count()).toBe(0);
    expect(standIn.requests).toEqual([]);
    expect(sent.filter((message) => message.includes("checkCloud"))).toEqual([]);
    await page.locator("[data-secret]").fill("");
    await page.locator("[data-ask]").click();
    expect(await page.getByText("Type or paste the secret’s Value.").isVisible()).toBe(true);
    expect(standIn.requests).toEqual([]);
    await close();
  });

  test("can be cancelled while no answer comes; nothing is kept, and the focus is on the button again", async () => {
    const { page, standIn, home, close } = await openWindow({ at: "azureIds" });
    standIn.behaviour.entra = silence;
    await ask(page, secret);
    await eventually(() => standIn.requests.length).toBe(1);
    await page.getByText("Signing in to Microsoft Entra ID").waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await eventually(() => page.locator("[data-asking]").count()).toBe(0);
    expect(await announced(page)).toBe("Stopped. Nothing was kept of it.");
    expect(await page.locator("[data-problem]").count()).toBe(0);
    await eventually(() => hasFocus(page, "[data-ask]")).toBe(true);
    expect(existsSync(join(home, "cloud-check.json"))).toBe(false);
    standIn.behaviour.entra = null;
    standIn.behaviour.secret = secret;
    await ask(page, secret);
    await eventually(() => rowStatus(page, "signIn")).toBe("done");
    await close();
  });

  test("goes on when the screen is left, and is found again on the next one", async () => {
    const { page, standIn, close } = await openWindow({ at: "azureIds" });
    standIn.behaviour.secret = secret;
    const waiting: (() => void)[] = [];
    standIn.behaviour.ews = (response, token) => void waiting.push(() => ewsMessage("NoError")(response, token));
    await ask(page, secret);
    await eventually(() => waiting.length).toBe(1);
    await goTo(page, "exchange");
    expect(await page.locator("[data-asking]").isVisible()).toBe(true);
    waiting[0]?.();
    await eventually(() => rowStatus(page, "mailbox")).toBe("done");
    await close();
  });

  test("says why when its result cannot be kept, and can be tried again", async () => {
    const { page, standIn, home, close } = await openWindow({ at: "azureIds" });
    standIn.behaviour.secret = secret;
    const place = join(home, "cloud-check.json");
    mkdirSync(join(place, "in the way"), { recursive: true });
    await ask(page, secret);
    await page.locator("[data-problem]").waitFor();
    expect(await page.locator("[data-problem]").innerText()).toContain("cannot be kept");
    expect(await page.locator("[data-asking]").count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain(secret);
    rmSync(place, { recursive: true });
    await ask(page, secret);
    await eventually(() => rowStatus(page, "signIn")).toBe("done");
    await close();
  });

  test("tells what keeps the mailbox shut beside the mailbox", async () => {
    const { page, standIn, close } = await openWindow({
      at: "exchange",
      target: { serviceEmail: "nobody@contoso.com" },
    });
    standIn.behaviour.secret = secret;
    await ask(page, secret);
    await eventually(() => rowStatus(page, "mailbox")).toBe("action");
    expect(await page.locator("[data-cloud=mailbox]").innerText()).toContain("ews.noMailbox");
    expect(await findingStatus(page, "exchange.mailbox")).toBe("action");
    await page.getByRole("button", { name: "All results on Azure IDs" }).click();
    await eventually(() => rowStatus(page, "signIn")).toBe("done");
    await close();
  });
});

describe("the client secret", () => {
  /** Everything the page holds: its elements with their attributes, its address, and what is stored. */
  const held = (page: Page): Promise<string> =>
    page.evaluate(async () => {
      const attributes = [...document.querySelectorAll("*")].flatMap((element) =>
        [...element.attributes].map(({ name, value }) => `${name}=${value}`),
      );
      const databases = await indexedDB.databases();
      return [
        document.documentElement.outerHTML,
        ...attributes,
        location.href,
        JSON.stringify(history.state),
        document.cookie,
        JSON.stringify({ ...localStorage }),
        JSON.stringify({ ...sessionStorage }),
        JSON.stringify(databases),
        ...[...document.querySelectorAll("input")].map((input) => input.value),
      ].join("\n");
    });

  test("crosses in one message and is then in no attribute, no storage and no address", async () => {
    const { page, standIn, sent, received, close } = await openWindow({ at: "azureIds" });
    const addresses: string[] = [];
    page.on("request", (request) => addresses.push(request.url()));
    standIn.behaviour.secret = secret;
    standIn.behaviour.ews = silence;
    await page.locator("[data-secret]").focus();
    await page.keyboard.insertText(secret);
    expect(await typed(page)).toBe(secret);
    expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain(secret);
    await page.keyboard.press("Enter");
    await page.locator("[data-asking]").waitFor();
    expect(await held(page)).not.toContain(secret);
    // Exchange Online has been asked and stays silent: the check goes on until it is cancelled.
    await standIn.requests.until((requests) => requests.some((request) => request.includes("/EWS/")));
    await page.getByRole("button", { name: "Cancel" }).click();
    await eventually(() => page.locator("[data-asking]").count()).toBe(0);
    standIn.behaviour.ews = null;
    await ask(page, secret);
    await eventually(() => rowStatus(page, "signIn")).toBe("done");
    await ask(page, `${secret}-wrong`);
    await eventually(() => rowStatus(page, "signIn")).toBe("action");
    expect(await held(page)).not.toContain(secret);
    expect(addresses.filter((address) => address.includes(secret))).toEqual([]);
    expect(sent.filter((message) => message.includes(secret))).toHaveLength(3);
    expect(sent.filter((message) => message.includes(secret) && !message.includes('"checkCloud"'))).toEqual([]);
    expect(received.filter((message) => message.includes(secret))).toEqual([]);
    await close();
  });

  test("is asked for in a field that hides it and lets nothing complete or check it", async () => {
    const { page, close } = await openWindow({ at: "azureIds" });
    const field = page.getByLabel("Client secret", { exact: true });
    expect(await field.getAttribute("type")).toBe("password");
    expect(await field.getAttribute("autocomplete")).toBe("off");
    expect(await field.getAttribute("spellcheck")).toBe("false");
    expect(await page.locator("input[type=password]").count()).toBe(1);
    await close();
  });

  test("is gone when the screen is left without asking", async () => {
    const { page, standIn, sent, close } = await openWindow({ at: "azureIds" });
    await page.locator("[data-secret]").fill(secret);
    const handle = await page.locator("[data-secret]").elementHandle();
    await goTo(page, "exchange");
    expect(await typed(page)).toBe("");
    expect(await handle?.evaluate((input) => (input as HTMLInputElement).value)).toBe("");
    await goTo(page, "azureIds");
    expect(await typed(page)).toBe("");
    expect(standIn.requests).toEqual([]);
    expect(sent.filter((message) => message.includes(secret))).toEqual([]);
    await close();
  });
});

describe("what will be asked", () => {
  test("is told, and what is missing leads to where it is entered", async () => {
    const { page, close } = await openWindow({ at: "exchange", target: { tenantId: "contoso" } });
    expect(await page.locator("[data-secret]").count()).toBe(0);
    await page.locator("[data-refusal] button").click();
    await eventually(() => page.evaluate(() => location.hash)).toBe("#azureIds");
    await page.getByRole("button", { name: "Enter the Tenant ID" }).click();
    expect(await hasFocus(page, "[data-target=tenantId]")).toBe(true);
    await page.locator("[data-target=tenantId]").fill(knownTarget.tenantId ?? "");
    await page.locator("[data-secret]").waitFor();
    const panel = page.getByRole("region", { name: "Ask Microsoft’s cloud" });
    for (const part of ["Office 365", mailbox]) expect(await panel.innerText()).toContain(part);
    // The IDs stand in the fields beside it, and elsewhere with the question.
    for (const id of [application, knownTarget.tenantId ?? ""]) expect(await panel.innerText()).not.toContain(id);
    await goTo(page, "exchange");
    expect(await panel.innerText()).toContain(application);
    await close();
  });

  test("can be of the DoD cloud only where the installer cannot tell it from GCC High", async () => {
    const { page, standIn, close } = await openWindow({
      at: "azureIds",
      target: { mailServer: "office365Government" },
    });
    standIn.behaviour.secret = secret;
    standIn.behaviour.scope = clouds.governmentDod.scope;
    await ask(page, secret);
    await eventually(() => rowStatus(page, "signIn")).toBe("action");
    await page.getByRole("radio", { name: "DoD" }).check();
    await ask(page, secret);
    await eventually(() => rowStatus(page, "signIn")).toBe("done");
    await close();
    const other = await openWindow({ at: "azureIds" });
    expect(await other.page.getByRole("radio", { name: "DoD" }).count()).toBe(0);
    await other.close();
  });

  test("is not asked of a recording, and there is no field for a secret then", async () => {
    const { page, close } = await openWindow({ at: "server" });
    await page.locator("[data-server]").click();
    await page.getByRole("menuitem", { name: "Fully configured" }).click();
    await page.locator("[data-server=recorded]").waitFor();
    await goTo(page, "azureIds");
    await page.locator("[data-refusal]").waitFor();
    expect(await page.locator("input[type=password]").count()).toBe(0);
    expect(await page.locator("[data-refusal] button").count()).toBe(0);
    await close();
  });
});

test("a check that was kept says when it was made, and that it is not about another application", async () => {
  const first = await openWindow({ at: "azureIds" });
  first.standIn.behaviour.secret = secret;
  await ask(first.page, secret);
  await eventually(() => rowStatus(first.page, "signIn")).toBe("done");
  await first.close();
  const { page, close } = await openWindow({ at: "azureIds", home: first.home });
  const panel = page.getByRole("region", { name: "Ask Microsoft’s cloud" });
  expect(await panel.innerText()).toContain("Asked last at");
  expect(await page.locator("[data-cloud]").count()).toBe(0);
  await page.getByRole("button", { name: /^\d+ done/ }).click();
  expect(await findingStatus(page, "azure.signIn")).toBe("done");
  await page.locator("[data-target=applicationId]").fill("11111111-2222-4333-8444-555555555555");
  await eventually(() => panel.innerText()).toContain("It was made with another application than wanted now");
  await eventually(() => findingStatus(page, "azure.signIn")).toBe("pending");
  await close();
});

describe("Exchange Online", () => {
  test("counts the days left, and gives the commands with reading before writing", async () => {
    const { page, close } = await openWindow({ at: "exchange", today: "2026-11-23" });
    expect(await page.locator("[data-ews-time]").innerText()).toContain("129 days left");
    const commands = await page
      .locator("[data-command]")
      .evaluateAll((all) => all.map((one) => one.getAttribute("data-command")));
    expect(commands).toEqual(["connect", "allowList.read", "allowList.write"]);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const write = page.locator("[data-command='allowList.write']");
    expect(await write.locator("code").innerText()).not.toContain("Set-OrganizationConfig");
    await write.getByRole("button", { name: "Copy command" }).click();
    await eventually(() => page.evaluate(() => navigator.clipboard.readText())).toContain("Set-OrganizationConfig");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(application);
    await write.getByRole("button", { name: /^Show all/ }).click();
    expect(await write.locator("code").innerText()).toBe(copied);
    await page.getByRole("button", { name: "What comes after" }).click();
    expect(await page.getByRole("heading", { name: "SMTP" }).isVisible()).toBe(true);
    await close();
  });

  test("shows the ways left once the end is reached, and nothing that cannot help any more", async () => {
    const { page, close } = await openWindow({ at: "exchange", today: "2027-04-01" });
    expect(await page.locator("[data-ews-time]").innerText()).toContain("They have ended");
    const ways = page.getByRole("region", { name: "The ways left" });
    for (const way of ["SMTP", "Exchange Server 2013 or later", "None"]) {
      expect(await ways.getByRole("rowheader", { name: way }).isVisible()).toBe(true);
    }
    expect(await page.locator("[data-command], [data-secret]").count()).toBe(0);
    expect(await findingStatus(page, "exchange.ewsEnd")).toBe("action");
    await close();
  });
});

test("the application’s set-up is walked with the keyboard, and the focus comes back", async () => {
  const { page, close } = await openWindow({ at: "azureIds", target: { serviceEmail: undefined } });
  await tabTo(page, "[data-set-up]");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  expect(await page.locator("[data-part]").getAttribute("data-part")).toBe("register");
  const seen: (string | null)[] = [];
  for (const number of [2, 3, 4, 5]) {
    await tabTo(page, "[data-next-part]");
    await page.keyboard.press("Enter");
    await eventually(() => page.locator("[role=dialog] [aria-current=step] span").first().innerText()).toBe(
      String(number),
    );
    expect(await hasFocus(page, "[data-part] h3")).toBe(true);
    seen.push(await page.locator("[data-part]").getAttribute("data-part"));
    if (number === 4) {
      const marks = await page.locator("[data-part] mark").allTextContents();
      expect(marks).toContain("<object ID>");
      // The address is the service's own, where none was entered.
      expect(marks).not.toContain("<service e-mail>");
    }
  }
  expect(seen).toEqual(["secret", "permission", "scope", "allow"]);
  await page.keyboard.press("Escape");
  await eventually(() => hasFocus(page, "[data-set-up]")).toBe(true);
  await close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`in ${colorScheme}, no state of the two screens breaks a rule of WCAG 2.2 AA`, async () => {
    const { page, standIn, close } = await openWindow({ at: "azureIds", colorScheme, bypassCSP: true });
    await bringAxe(page);
    const sound = async (): Promise<void> => expect(await faults(page)).toEqual([]);
    await page.locator("[data-secret]").fill(secretId);
    await sound();
    standIn.behaviour.entra = silence;
    await page.locator("[data-secret]").fill("");
    await ask(page, secret);
    // Before it is known how far it is, the bar moves without an end.
    await page.getByText("Signing in to Microsoft Entra ID").waitFor();
    await sound();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Stopped. Nothing was kept of it.").first().waitFor();
    standIn.behaviour.entra = null;
    standIn.behaviour.secret = secret;
    for (const given of [`${secret}-wrong`, secret]) {
      await ask(page, given);
      await eventually(() => rowStatus(page, "signIn")).toBe(given === secret ? "done" : "action");
      await page.locator("[data-cloud=signIn]").getByRole("button", { name: "Details" }).click();
      await sound();
    }
    await goTo(page, "exchange");
    await sound();
    for (const name of ["Allow the application in Exchange Online", "If the mailbox does not answer"]) {
      await page.getByRole("button", { name }).click();
    }
    await sound();
    await goTo(page, "azureIds");
    await page.locator("[data-set-up]").click();
    await page.getByRole("dialog").waitFor();
    for (let part = 1; part < 4; part += 1) await page.locator("[data-next-part]").click();
    expect(await faults(page, focusKeepers)).toEqual([]);
    await close();
  });
}
