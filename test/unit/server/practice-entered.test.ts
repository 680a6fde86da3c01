import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Entered } from "../../../electron/contract/practice.ts";
import { defaultTarget } from "../../../electron/contract/target.ts";
import { foundIn } from "../../../electron/facts/found.ts";
import { mailEvents } from "../../../electron/facts/mail-events.ts";
import { wizardCaseOf } from "../../../electron/installer/pages.ts";
import { seenIn } from "../../../electron/recording/seen.ts";
import { createPracticeServer, type PracticeServer } from "../../../electron/server/practice/practice-server.ts";

const ids = { applicationId: "6e0c9a1f-2f4b-4c43-9d53-5b7f0a8e21c4", tenantId: "0b2d7e63-91c5-4f0e-8a37-c4d1f6a95e18" };
let home: string;
let server: PracticeServer;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "entered-"));
  server = createPracticeServer({ home, pace: 0 });
});
afterEach(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));

/** Goes through the installer by hand; `pages` has what stands on a page, by its number among those shown, from 0. */
async function gone(pages: Readonly<Record<number, readonly Entered[]>>) {
  server.installer.rehearse({ wanted: wizardCaseOf({ ...defaultTarget, ...ids }), buttons: true });
  const run = server.actions.changeMode({});
  let over = false;
  const done = run.finally(() => {
    over = true;
  });
  for (let page = 0; !over; page += 1) {
    while (!over && !server.installer.press("next", pages[page] ?? [])) await turn();
    if (page > 40) server.installer.press("cancel");
  }
  return done;
}

/** The places of the pages on which something is entered, among those that are shown. */
const on = { database: 3, mailServer: 4, mailbox: 5, serviceAccount: 7 };

describe("what is entered on the pages of the practice installer", () => {
  test("is what the server has afterwards", async () => {
    await gone({
      [on.mailbox]: [
        { key: "applicationId", text: "11111111-2222-4333-8444-555555555555" },
        { key: "tenantId", text: ids.tenantId },
        { key: "secret", text: "yes" },
      ],
      [on.serviceAccount]: [
        { key: "accountName", text: "svcOther" },
        { key: "accountDomain", text: "CONTOSO" },
        { key: "serviceEmail", text: "other@contoso.com" },
      ],
    });
    expect(foundIn(await server.look(), defaultTarget)).toMatchObject({
      applicationId: "11111111-2222-4333-8444-555555555555",
      serviceAccount: "CONTOSO\\svcOther",
      serviceEmail: "other@contoso.com",
    });
  });

  test("takes the pages with it that another mail server does not need", async () => {
    await gone({
      [on.mailServer]: [
        { key: "mailServer", text: "SMTP" },
        { key: "authentication", text: "Integrated Windows Authentication" },
        { key: "mailHost", text: "relay.contoso.com" },
      ],
    });
    expect(foundIn(await server.look(), defaultTarget)).toMatchObject({ applicationId: null, mailServer: "smtp" });
  });

  test("is refused where mail server and authentication do not go together, and the page stays", async () => {
    server.installer.rehearse({ wanted: wizardCaseOf(defaultTarget), buttons: true });
    const run = server.actions.changeMode({});
    const pair: Entered[] = [
      { key: "mailServer", text: "SMTP" },
      { key: "authentication", text: "Basic Authentication" },
    ];
    for (let page = 0; page < on.mailServer; page += 1) while (!server.installer.press("next")) await turn();
    for (;;) {
      try {
        if (server.installer.press("next", pair)) throw new Error("the page was left");
      } catch (error) {
        expect(error).toMatchObject({ code: "installer-refused" });
        break;
      }
      await turn();
    }
    expect(server.installer.press("cancel")).toBe(true);
    expect((await run).exitCode).toBe(1602);
  });

  test("a new database leaves a server that sends nothing, and says so in its log", async () => {
    await gone({ [on.database]: [{ key: "database", text: "Create a new database." }] });
    const events = mailEvents(seenIn(await server.look()));
    expect(events.state === "present" && events.value.map(({ event }) => event.text).join()).toContain("new database");
    await server.act("sendNotification");
    expect((await server.shows()).notification).toMatchObject({ arrived: false });
  });
});
