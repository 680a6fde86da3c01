import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { createAssistant } from "../../electron/assistant/assistant.ts";
import { bareShell } from "../../electron/assistant/window-shell.ts";
import { nodeHttp } from "../../electron/cloud/node-http.ts";
import { defaultTarget, type Target } from "../../electron/contract/target.ts";
import { application, authority, mailbox, type StandIn, startStandIn, tenant } from "../unit/cloud/stand-in.ts";
import { launchBrowser, type OpenPage, type WarmBrowser } from "./browser.ts";
import { type FileHost, openFileHost, top } from "./file-host.ts";
import type { Screen } from "./window.ts";

/** A target whose application the stand-in of Microsoft's cloud knows. */
export const knownTarget: Target = {
  ...defaultTarget,
  applicationId: application,
  tenantId: tenant,
  serviceEmail: mailbox,
};

/** A window whose trusted side runs in the test, with a stand-in in the place of Microsoft's hosts. */
export interface CloudWindow extends OpenPage {
  readonly home: string;
  readonly standIn: StandIn;
  /** What crossed the page's one connection, as it was sent. */
  readonly sent: string[];
  readonly received: string[];
}

export interface CloudWindowOptions extends BrowserContextOptions {
  readonly at: Screen;
  readonly target?: Partial<Target>;
  /** The day the trusted side takes for today, `YYYY-MM-DD`. */
  readonly today?: string;
  /** The home of an earlier window, to go on with what it kept. */
  readonly home?: string;
}

/** One browser and one host for a test file; gives the way to open such windows. */
export function prepareCloudWindows(): (options: CloudWindowOptions) => Promise<CloudWindow> {
  let browser: WarmBrowser;
  let host: FileHost;
  beforeAll(async () => {
    [browser, host] = await Promise.all([launchBrowser(), openFileHost()]);
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });
  return async ({ at, target = {}, today, home: given, ...context }) => {
    const home = given ?? mkdtempSync(join(tmpdir(), "mim-mail-cloud-"));
    writeFileSync(join(home, "target.json"), JSON.stringify({ ...knownTarget, ...target }));
    const standIn = await startStandIn();
    host.serve(({ emit }) =>
      createAssistant({
        home,
        assets: join(top, "assets"),
        version: "1.2.3",
        servers: { live: false },
        now: today === undefined ? () => new Date() : () => new Date(`${today}T12:00:00Z`),
        emit,
        shell: { ...bareShell, http: nodeHttp({ environment: {}, authorities: [authority] }) },
        cloud: { hosts: standIn.hosts, timeLimit: 60_000 },
      }),
    );
    const sent: string[] = [];
    const received: string[] = [];
    const opened = await browser.open({
      ...context,
      address: `${host.address}#${at}`,
      prepare: (page) =>
        page.on("websocket", (socket) => {
          socket.on("framesent", ({ payload }) => void sent.push(String(payload)));
          socket.on("framereceived", ({ payload }) => void received.push(String(payload)));
        }),
    });
    onTestFinished(async () => {
      await opened.giveUp();
      await standIn.close();
      if (given === undefined) rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    });
    await opened.page.locator("main h2").first().waitFor();
    return { ...opened, home, standIn, sent, received };
  };
}
