import { readFileSync } from "node:fs";
import type { Locator, Page, WebSocketRoute } from "playwright-core";
import { describe, expect, test } from "vitest";
import { bringAxe, faults, focusKeepers } from "./axe.ts";
import { changePractice, interruptJournal, journalIds, practiceRegistry } from "./practice-home.ts";
import { eventually, findingStatus, goTo, prepareWindows, screens, stepStatus, tabTo } from "./window.ts";

const openWindow = prepareWindows();

/** What a new practice server lacks for the guide's profile: TLS 1.0 to 1.2 on both sides, and .NET 2.x. */
const planned = 16;
const tls11Client = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.1\\Client";

const dialog = (page: Page): Locator => page.getByRole("dialog");
/** The dialog's phase, or how the change it made ended. */
const phase = (page: Page, name: string): Locator => page.locator(`[role=dialog] [data-change=${name}]`);
const reviewButton = (page: Page): Locator => page.locator("footer [data-review]");
const make = (page: Page): Locator => dialog(page).getByRole("button", { name: /^Set \d+ values?$/ });
const costsBox = (page: Page): Locator => dialog(page).getByRole("checkbox", { name: "I have checked these" });
const journals = (page: Page): Locator => page.locator("main [data-journal]");
const afterOf = (page: Page, finding: string): Promise<string> =>
  page.locator(`[data-finding="${finding}"] [data-after]`).innerText();

async function openReview(page: Page): Promise<void> {
  await reviewButton(page).click();
  await phase(page, "review").waitFor();
}

async function closeDialog(page: Page): Promise<void> {
  await dialog(page).getByRole("button", { name: "Close", exact: true }).click();
  await dialog(page).waitFor({ state: "detached" });
}

/** Makes every planned change. */
async function makeAll(page: Page): Promise<void> {
  await openReview(page);
  if ((await costsBox(page).count()) > 0) await costsBox(page).check();
  await make(page).click();
  await phase(page, "applied").waitFor();
  await closeDialog(page);
}

describe("the planned changes", () => {
  test("are reviewed, made without the row taken out, listed, and undone to what was there", async () => {
    const { page, home, close } = await openWindow({ at: "tls" });
    const before = practiceRegistry(home);
    expect(await reviewButton(page).innerText()).toBe(`Review ${planned} values`);
    expect([await afterOf(page, "tls.1.0.client"), await afterOf(page, "tls.dotnet.v4.64")]).toEqual([
      "0, 1",
      "unchanged",
    ]);
    expect(await page.getByText("None. Every change is recorded first and can be put back.").isVisible()).toBe(true);

    await openReview(page);
    expect(await dialog(page).locator("[data-row]").count()).toBe(planned);
    const address = "HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\.NETFramework\\v2.0.50727";
    expect(await dialog(page).getByText(address, { exact: true }).isVisible()).toBe(true);
    const row = dialog(page).locator("[data-row='tls.dotnet.v2.32.SchUseStrongCrypto']");
    expect(await row.innerText()).toMatch(/SchUseStrongCrypto\s+not set\s+becomes\s+1/);
    await row.getByRole("checkbox").uncheck();
    expect(await make(page).innerText()).toBe(`Set ${planned - 1} values`);
    await costsBox(page).check();
    await make(page).click();
    await phase(page, "applied").waitFor();
    expect(await dialog(page).getByRole("heading", { level: 2 }).innerText()).toBe(`${planned - 1} values set`);
    // Once: the values that were set all wait for the same restart.
    expect((await phase(page, "applied").innerText()).match(/must restart/g)).toHaveLength(1);
    expect(await dialog(page).innerText()).toContain(journalIds(home)[0]);
    await closeDialog(page);

    expect(await page.locator("[data-said]").innerText()).toContain(`${planned - 1} values set.`);
    for (const finding of ["tls.1.0.client", "tls.1.1.server", "tls.1.2.client", "tls.dotnet.v2.64"] as const) {
      expect(await findingStatus(page, finding)).toBe("done");
    }
    expect(await findingStatus(page, "tls.dotnet.v2.32")).toBe("action");
    expect(await afterOf(page, "tls.1.0.client")).toBe("unchanged");
    expect(await afterOf(page, "tls.dotnet.v2.32")).toBe("1, 1");
    expect(await reviewButton(page).innerText()).toBe("Review 1 value");
    expect(await journals(page).count()).toBe(1);
    expect(await journals(page).innerText()).toMatch(/Change of 15 values[\s\S]*In force/);
    await journals(page)
      .getByRole("button", { name: /Change of/ })
      .first()
      .click();
    expect(await journals(page).innerText()).toContain("TLS 1.1\\Client");

    await page.getByRole("button", { name: /^Undo: / }).click();
    await phase(page, "question").waitFor();
    expect(await dialog(page).innerText()).toMatch(/DisabledByDefault\s+1\s+becomes\s+not set/);
    await dialog(page).getByRole("button", { name: "Put back 15 values" }).click();
    await phase(page, "applied").waitFor();
    expect(await dialog(page).getByRole("heading", { level: 2 }).innerText()).toBe("15 values put back");
    await closeDialog(page);
    expect(await findingStatus(page, "tls.1.0.client")).toBe("action");
    expect(await reviewButton(page).innerText()).toBe(`Review ${planned} values`);
    expect(practiceRegistry(home)).toBe(before);
    expect(await journals(page).count()).toBe(2);

    // The undo can itself be undone: the change is made again, and is in force once more.
    await page.getByRole("button", { name: /^Make again: / }).click();
    await dialog(page).getByRole("button", { name: "Set 15 values" }).click();
    await phase(page, "applied").waitFor();
    await closeDialog(page);
    expect(await findingStatus(page, "tls.1.0.client")).toBe("done");
    expect(await page.getByRole("button", { name: /^(Undo|Make again): / }).count()).toBe(1);
    expect(await page.getByRole("button", { name: /^Undo: / }).getAttribute("aria-label")).toContain("Change of 15");
    await close();
  });

  test("leave nothing to review once all are made, and Next is the way on again", async () => {
    const { page, close } = await openWindow({ at: "tls" });
    await makeAll(page);
    expect(await reviewButton(page).count()).toBe(0);
    await eventually(() => stepStatus(page, "tls")).toBe("attention");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("screen-title");
    await page.locator("footer [data-next]").click();
    await page.locator("[data-step=mailServer][aria-current=step]").waitFor();
    await close();
  });

  test("are said quietly with the way back once they are made, for as long as one reads", async () => {
    const { page, home, close } = await openWindow({ at: "tls" });
    await page.clock.install();
    const before = practiceRegistry(home);
    const said = page.locator("[data-said]");
    await makeAll(page);
    expect(await said.innerText()).toContain(`${planned} values set.`);
    // Neither while it has the focus nor while it is pointed at does it go.
    await said.getByRole("button", { name: "Undo" }).focus();
    await page.clock.runFor(60_000);
    expect(await said.count()).toBe(1);
    await page.keyboard.press("Enter");
    await dialog(page)
      .getByRole("button", { name: `Put back ${planned} values` })
      .click();
    await phase(page, "applied").waitFor();
    await closeDialog(page);
    expect(practiceRegistry(home)).toBe(before);
    expect(await said.innerText()).toContain(`${planned} values put back.`);
    await page.mouse.move(0, 0);
    await page.clock.runFor(60_000);
    await said.waitFor({ state: "detached" });
    expect(await page.locator("[role=alert], .fui-MessageBar").count()).toBe(0);
    await close();
  });

  test("keep the two values of a TLS protocol together", async () => {
    const { page, close } = await openWindow({ at: "tls" });
    await openReview(page);
    const box = (id: string): Locator => dialog(page).locator(`[data-row='${id}'] input`);
    await box("tls.1.2.server.Enabled").uncheck();
    expect(await box("tls.1.2.server.DisabledByDefault").isChecked()).toBe(false);
    expect(await make(page).innerText()).toBe(`Set ${planned - 2} values`);
    await box("tls.1.2.server.DisabledByDefault").check();
    expect(await make(page).innerText()).toBe(`Set ${planned} values`);
    await close();
  });

  test("are not made before the costs of TLS 1.2 only are confirmed, unless those rows are out", async () => {
    const { page, home, close } = await openWindow({ at: "tls" });
    await openReview(page);
    await make(page).click();
    expect(await dialog(page).getByRole("alert").innerText()).toContain("Confirm this first");
    expect(await costsBox(page).evaluate((box) => box === document.activeElement)).toBe(true);
    expect(journalIdsOrNone(home)).toEqual([]);
    for (const row of await dialog(page).locator("[data-row^='tls.1.0.'], [data-row^='tls.1.1.']").all()) {
      await row.getByRole("checkbox").uncheck();
    }
    expect(await costsBox(page).count()).toBe(0);
    await make(page).click();
    await phase(page, "applied").waitFor();
    await closeDialog(page);
    expect(await findingStatus(page, "tls.1.0.client")).toBe("action");
    expect(await findingStatus(page, "tls.costs")).toBe("pending");
    expect(await findingStatus(page, "tls.1.2.client")).toBe("done");
    await close();
  });

  test("confirmed in the review are confirmed on the screen as well", async () => {
    const { page, close } = await openWindow({ at: "tls" });
    await openReview(page);
    await costsBox(page).check();
    await eventually(() => findingStatus(page, "tls.costs")).toBe("done");
    await page.keyboard.press("Escape");
    await dialog(page).waitFor({ state: "detached" });
    expect(await page.locator("main").getByRole("checkbox", { name: "I have checked these" }).isChecked()).toBe(true);
    expect(await reviewButton(page).evaluate((button) => button === document.activeElement)).toBe(true);
    await close();
  });

  test("all or none are chosen by one box, and none cannot be made", async () => {
    const { page, close } = await openWindow({ at: "tls" });
    await openReview(page);
    await dialog(page)
      .getByRole("checkbox", { name: `All ${planned} values` })
      .click();
    expect(await dialog(page).locator("[data-row] input:checked").count()).toBe(0);
    expect(await make(page).getAttribute("aria-disabled")).toBe("true");
    await dialog(page)
      .getByRole("checkbox", { name: `0 of ${planned} values` })
      .click();
    expect(await dialog(page).locator("[data-row] input:checked").count()).toBe(planned);
    await close();
  });

  test("go with a copy of the configuration and a restart of the service where asked", async () => {
    const { page, close } = await openWindow({ at: "tls" });
    await openReview(page);
    await costsBox(page).check();
    await dialog(page).getByRole("checkbox", { name: "Copy the service’s configuration file first" }).check();
    await dialog(page).getByRole("checkbox", { name: "Restart the MIM Service afterwards" }).check();
    await make(page).click();
    await phase(page, "applied").waitFor();
    expect(await dialog(page).innerText()).toMatch(/Copied the configuration to C:\\.+\.copy/);
    expect(await dialog(page).innerText()).toContain("Restarted FIMService");
    await close();
  });

  test("of a recording are not offered, and the reason names the PowerShell file as the way", async () => {
    const { page, close } = await openWindow({ at: "tls" });
    await page.locator("[data-server]").click();
    await page.getByRole("menuitem", { name: "Stuck on .NET 2" }).click();
    await page.locator("[data-server=recorded]").waitFor();
    await eventually(() => reviewButton(page).count()).toBe(0);
    expect(await page.locator("footer").innerText()).toContain("Save the changes as a PowerShell file");
    await close();
  });
});

function journalIdsOrNone(home: string): string[] {
  try {
    return journalIds(home);
  } catch {
    return [];
  }
}

describe("a change", () => {
  test("that fails says that everything was rolled back, and it was", async () => {
    const { page, home, close } = await openWindow({ at: "tls" });
    const before = practiceRegistry(home);
    changePractice(home, (state) => {
      state.failNext = "writeError";
    });
    await openReview(page);
    await costsBox(page).check();
    await make(page).click();
    await phase(page, "undone").waitFor();
    const said = await dialog(page).innerText();
    expect(said).toContain("A change failed; everything was rolled back");
    expect(said).toContain("Access denied (rehearsed).");
    await closeDialog(page);
    // What is over stays as no banner: the list of changes keeps it.
    expect(await page.locator("[data-said], .fui-MessageBar").count()).toBe(0);
    expect(await page.locator("[data-announcer]").innerText()).toContain("everything was rolled back");
    expect(await journals(page).innerText()).toMatch(/Rolled back[\s\S]*Access denied \(rehearsed\)/);
    expect(await findingStatus(page, "tls.1.0.client")).toBe("action");
    expect(practiceRegistry(home)).toBe(before);
    await close();
  });

  test("that cannot be put back whole names its journal, stays on every screen, and is put back once it can", async () => {
    const { page, home, close } = await openWindow({ at: "tls" });
    const before = practiceRegistry(home);
    changePractice(home, (state) => {
      state.failNext = "stuck";
    });
    await openReview(page);
    await costsBox(page).check();
    await make(page).click();
    await phase(page, "stuck").waitFor();
    expect(await dialog(page).innerText()).toContain(`${journalIds(home)[0]}.journal`);
    await closeDialog(page);
    expect(await reviewButton(page).count()).toBe(0);
    expect(await page.locator("footer").innerText()).toContain("Finish it or put it back first");
    changePractice(home, (state) => {
      state.failNext = null;
    });
    await goTo(page, "server");
    await page.locator("[data-interrupted]").getByRole("button", { name: "Put back" }).click();
    await dialog(page).getByRole("button", { name: "Put back", exact: true }).click();
    await phase(page, "undone").waitFor();
    expect(await dialog(page).innerText()).toContain("What was interrupted is put back");
    await closeDialog(page);
    expect(await page.locator("[data-interrupted]").count()).toBe(0);
    expect(practiceRegistry(home)).toBe(before);
    await close();
  });

  test("shows what it sets and how far it is, cannot be closed meanwhile, and is cancelled by its button", async () => {
    const { page, close } = await openWindow({ at: "tls" });
    await page.routeWebSocket(/\/bridge/, holdChange);
    await page.reload();
    await openReview(page);
    await costsBox(page).check();
    await make(page).click();
    await phase(page, "running").waitFor();
    const bar = dialog(page).getByRole("progressbar", { name: `Setting ${planned} values` });
    await eventually(async () => Number(await bar.getAttribute("aria-valuenow"))).toBeGreaterThan(0);
    expect(await dialog(page).innerText()).toContain("TLS 1.1\\Client\\Enabled");
    await page.keyboard.press("Escape");
    expect(await dialog(page).count()).toBe(1);
    await dialog(page).getByRole("button", { name: "Cancel" }).click();
    await phase(page, "undone").waitFor();
    expect(await dialog(page).innerText()).toContain("Cancelled and rolled back");
    await closeDialog(page);
    await close();
  });

  test("whose connection is lost says that its end is not known; connected again, the window looks for itself", async () => {
    const { page, close } = await openWindow({ at: "tls" });
    await page.routeWebSocket(/\/bridge/, loseAtChange());
    await page.reload();
    await openReview(page);
    await costsBox(page).check();
    await make(page).click();
    await phase(page, "unanswered").waitFor();
    expect(await dialog(page).innerText()).toContain("The connection was lost meanwhile");
    await closeDialog(page);
    await page.getByRole("button", { name: "Reconnect" }).click();
    await eventually(() => journals(page).count()).toBe(1);
    await eventually(() => findingStatus(page, "tls.1.0.client")).toBe("done");
    await close();
  });
});

interface Call {
  readonly id: number;
  readonly method: string;
}

/** Stands between window and host and keeps a change from ending until it is cancelled. */
function holdChange(socket: WebSocketRoute): void {
  const host = socket.connectToServer();
  let held: Call | null = null;
  let state: unknown = null;
  const send = (message: object): void => socket.send(JSON.stringify(message));
  host.onMessage((message) => {
    const { outcome } = JSON.parse(String(message)) as { outcome?: { value?: { server?: unknown } } };
    if (outcome?.value?.server !== undefined) state = outcome.value;
    socket.send(message);
  });
  socket.onMessage((message) => {
    const call = JSON.parse(String(message)) as Call;
    if (call.method === "applyChanges") {
      held = call;
      send({
        event: "progress",
        value: { task: "change", text: `${tls11Client}\\Enabled: REG_DWORD 0`, fraction: 0.4 },
      });
    } else if (call.method === "cancelChange" && held !== null) {
      const result = { outcome: "undone", reason: "cancelled", journal: "2026-11-23T10-00-00Z-001" };
      const value = { result: { ...result, changed: 0, done: [], modifiedOutside: [] }, state };
      send({ id: call.id, outcome: { ok: true, value: null } });
      send({ id: held.id, outcome: { ok: true, value } });
      held = null;
    } else host.send(message);
  });
}

/** Lets the first change through to the host and cuts the window off before the answer. */
function loseAtChange(): (socket: WebSocketRoute) => void {
  let lost = false;
  return (socket) => {
    const host = socket.connectToServer();
    socket.onMessage((message) => {
      host.send(message);
      if (lost || (JSON.parse(String(message)) as Call).method !== "applyChanges") return;
      lost = true;
      void socket.close();
    });
  };
}

describe("an undo", () => {
  test("is refused while someone else's value stands there, lists it, and overwrites it only when told", async () => {
    const { page, home, close } = await openWindow({ at: "tls" });
    const before = practiceRegistry(home);
    await makeAll(page);
    changePractice(home, ({ registry }) => {
      registry[tls11Client] = { ...registry[tls11Client], Enabled: { type: "REG_DWORD", data: 7 } };
    });
    const changed = practiceRegistry(home);
    await page.getByRole("button", { name: /^Undo: / }).click();
    await dialog(page)
      .getByRole("button", { name: `Put back ${planned} values` })
      .click();
    await phase(page, "refused").waitFor();
    const table = dialog(page).getByRole("table", { name: "Changed by someone else" });
    expect(await table.innerText()).toContain(`${tls11Client}\\Enabled`);
    expect(await table.innerText()).toContain("REG_DWORD 7");
    expect(practiceRegistry(home)).toBe(changed);
    await dialog(page).getByRole("button", { name: "Put back all the same" }).click();
    await phase(page, "applied").waitFor();
    await closeDialog(page);
    expect(practiceRegistry(home)).toBe(before);
    await close();
  });
});

describe("an interrupted change", () => {
  test.each([
    { choice: "Put back", button: "Put back", outcome: "undone", status: "action" },
    { choice: "Finish", button: "Finish", outcome: "applied", status: "done" },
  ] as const)("is told on every screen at start, and $choice ends it", async ({ choice, button, outcome, status }) => {
    const first = await openWindow({ at: "tls" });
    const { home } = first;
    const before = practiceRegistry(home);
    await makeAll(first.page);
    const whole = practiceRegistry(home);
    await first.close();
    // As a crash after the third value leaves it: those before it are noted, the rest is not there.
    const [id = ""] = journalIds(home);
    interruptJournal(home, id, 4);
    changePractice(home, ({ registry }) => {
      delete registry[tls11Client]?.["Enabled"];
    });

    const { page, close } = await openWindow({ home, at: "server" });
    const banner = page.locator("[data-interrupted]");
    expect(await banner.innerText()).toMatch(/A change was interrupted on \d+ \w+ \d{4}/);
    for (const screen of screens) {
      await goTo(page, screen);
      expect(await banner.count()).toBe(1);
    }
    await banner.getByRole("button", { name: choice }).click();
    await dialog(page).getByRole("button", { name: button, exact: true }).click();
    await phase(page, outcome).waitFor();
    await closeDialog(page);
    await eventually(() => banner.count()).toBe(0);
    await goTo(page, "tls");
    expect(await findingStatus(page, "tls.1.1.client")).toBe(status);
    expect(practiceRegistry(home)).toBe(outcome === "undone" ? before : whole);
    await close();
  });

  test("that cannot be read is named with the file that puts it back", async () => {
    const { page, close } = await openWindow({ at: "tls" });
    await page.routeWebSocket(/\/bridge/, (socket) => {
      const host = socket.connectToServer();
      host.onMessage((message) => {
        const told = JSON.parse(String(message)) as {
          outcome?: { value?: { changes?: { journals: object[] } } };
        };
        told.outcome?.value?.changes?.journals.push({
          ...{ id: "2026-11-20T08-00-00Z-001", kind: "apply", of: null, at: "2026-11-20T08:00:00Z" },
          ...{ state: "damaged", reason: null, changes: [] },
        });
        socket.send(JSON.stringify(told));
      });
    });
    await page.reload();
    const journal = page.locator("[data-journal][data-state=damaged]");
    await journal.waitFor();
    expect(await journal.innerText()).toContain("Cannot be read");
    await journal.getByRole("button").click();
    expect(await journal.innerText()).toContain("2026-11-20T08-00-00Z-001-undo.reg");
    await close();
  });
});

describe("the planned changes as a file", () => {
  const files = [
    { entry: "PowerShell file", name: /\.ps1$/, mark: [0xef, 0xbb, 0xbf] },
    { entry: "Registry file (.reg)", name: /guide\.reg$/, mark: [0xff, 0xfe] },
    { entry: "Registry file that puts back", name: /undo\.reg$/, mark: [0xff, 0xfe] },
  ] as const;

  test.each(files)("$entry is offered with a byte-order mark", async ({ entry, name, mark }) => {
    const { page, close } = await openWindow({ at: "tls", acceptDownloads: true });
    await page.getByRole("button", { name: "Other files" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: entry }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toMatch(name);
    const bytes = readFileSync(await saved.path());
    expect([...bytes.subarray(0, mark.length)]).toEqual(mark);
    const text = bytes.subarray(mark.length).toString(mark.length === 3 ? "utf8" : "utf16le");
    expect(text).toContain("SchUseStrongCrypto");
    await close();
  });

  test("is the PowerShell file at one press", async () => {
    const { page, close } = await openWindow({ at: "tls", acceptDownloads: true });
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as script" }).click();
    expect((await download).suggestedFilename()).toMatch(/\.ps1$/);
    await close();
  });
});

test("changes are reviewed, made and undone with the keyboard alone", async () => {
  const { page, home, close } = await openWindow({ at: "tls" });
  await page.evaluate(() => {
    for (const kind of ["mousedown", "pointerdown", "touchstart"]) {
      window.addEventListener(kind, () => document.documentElement.setAttribute("data-pointed", kind), true);
    }
  });
  const before = practiceRegistry(home);
  const title = (text: string): Promise<void> =>
    eventually(() => page.evaluate(() => document.activeElement?.textContent)).toBe(text);
  await tabTo(page, "footer [data-review]");
  await page.keyboard.press("Enter");
  await phase(page, "review").waitFor();
  await tabTo(page, "[data-row='tls.1.2.server.Enabled'] input");
  await page.keyboard.press("Space");
  await tabTo(page, "[role=dialog] ol ~ div input");
  await page.keyboard.press("Space");
  await eventually(() => costsBox(page).isChecked()).toBe(true);
  while ((await page.evaluate(() => document.activeElement?.textContent)) !== `Set ${planned - 2} values`) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await title(`${planned - 2} values set`);
  await tabTo(page, "[role=dialog] button");
  await page.keyboard.press("Enter");
  await dialog(page).waitFor({ state: "detached" });
  await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Review 2 values");

  await tabTo(page, "[data-journal] button[aria-label^=Undo]");
  await page.keyboard.press("Enter");
  await phase(page, "question").waitFor();
  while ((await page.evaluate(() => document.activeElement?.textContent)) !== `Put back ${planned - 2} values`) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await title(`${planned - 2} values put back`);
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "detached" });
  await eventually(() => page.evaluate(() => document.activeElement?.id)).toBe("screen-title");
  expect(practiceRegistry(home)).toBe(before);
  expect(await page.locator("html").getAttribute("data-pointed")).toBeNull();
  await close();
});

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  test("no dialog and no message about a change breaks a rule of WCAG 2.2 AA", async () => {
    const { page, home, close } = await openWindow({ colorScheme, bypassCSP: true, at: "tls" });
    await bringAxe(page);
    await openReview(page);
    await make(page).click();
    await dialog(page).getByRole("alert").waitFor();
    expect(await faults(page, focusKeepers)).toEqual([]);
    await costsBox(page).check();
    await make(page).click();
    await phase(page, "applied").waitFor();
    expect(await faults(page, focusKeepers)).toEqual([]);
    await closeDialog(page);
    await journals(page)
      .getByRole("button", { name: /Change of/ })
      .first()
      .click();
    // What keeps the focus inside a dialog stays in the page once there was one.
    expect(await faults(page, focusKeepers)).toEqual([]);
    changePractice(home, ({ registry }) => {
      registry[tls11Client] = { ...registry[tls11Client], Enabled: { type: "REG_DWORD", data: 7 } };
    });
    await page.getByRole("button", { name: /^Undo: / }).click();
    await phase(page, "question").waitFor();
    expect(await faults(page, focusKeepers)).toEqual([]);
    await dialog(page)
      .getByRole("button", { name: /^Put back \d/ })
      .click();
    await phase(page, "refused").waitFor();
    expect(await faults(page, focusKeepers)).toEqual([]);
    await dialog(page).getByRole("button", { name: "Leave it as it is" }).click();
    interruptJournal(home, journalIds(home)[0] ?? "", 3);
    await page.reload();
    await page.locator("[data-interrupted]").waitFor();
    await bringAxe(page);
    expect(await faults(page)).toEqual([]);
    await page.getByRole("button", { name: "Other files" }).click();
    await page.getByRole("menuitem").first().waitFor();
    expect(await faults(page, focusKeepers)).toEqual([]);
    await close();
  });
});

test.each([
  { width: 1024, height: 700 },
  { width: 640, height: 400 },
])("nothing about changes scrolls sideways at $width × $height", async (viewport) => {
  const { page, home, close } = await openWindow({ viewport, at: "tls" });
  const wide = (): Promise<number[]> =>
    page.evaluate(() => {
      const over = (element: Element): number => element.scrollWidth - element.clientWidth;
      // What cannot scroll shows what is too wide on the page, or on what does scroll around it.
      const scrolls = [...document.querySelectorAll("body *")].filter((part) =>
        ["auto", "scroll"].includes(getComputedStyle(part).overflowX),
      );
      return [document.documentElement, ...scrolls].map(over).filter((excess) => excess > 0);
    });
  expect(await wide()).toEqual([]);
  await openReview(page);
  expect(await wide()).toEqual([]);
  await costsBox(page).check();
  await make(page).click();
  await phase(page, "applied").waitFor();
  expect(await wide()).toEqual([]);
  await closeDialog(page);
  await journals(page)
    .getByRole("button", { name: /Change of/ })
    .first()
    .click();
  expect(await wide()).toEqual([]);
  changePractice(home, ({ registry }) => {
    registry[tls11Client] = { ...registry[tls11Client], Enabled: { type: "REG_DWORD", data: 7 } };
  });
  await page.getByRole("button", { name: /^Undo: / }).click();
  await phase(page, "question").waitFor();
  expect(await wide()).toEqual([]);
  await dialog(page)
    .getByRole("button", { name: /^Put back \d/ })
    .click();
  await phase(page, "refused").waitFor();
  expect(await wide()).toEqual([]);
  await dialog(page).getByRole("button", { name: "Leave it as it is" }).click();
  interruptJournal(home, journalIds(home)[0] ?? "", 3);
  await page.reload();
  await page.locator("[data-interrupted]").waitFor();
  expect(await wide()).toEqual([]);
  await close();
});
