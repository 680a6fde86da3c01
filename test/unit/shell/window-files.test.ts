import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isWindowAddress, serveWindow } from "../../../electron/shell/app-scheme.ts";
import { readWindowFile, windowPath } from "../../../electron/shell/window-files.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "window-"));
  await writeFile(join(folder, "index.html"), "<title>window</title>");
  await writeFile(join(folder, "notes.txt"), "no part of the window");
  await writeFile(join(folder, ".hidden.json"), "{}");
});
afterAll(() => rm(folder, { recursive: true }));

describe("the path a URL names in the window's folder", () => {
  test("is the file, and the page for the root", () => {
    expect(windowPath("/")).toBe("index.html");
    expect(windowPath("/assets/index-Bk3_x.js")).toBe("assets/index-Bk3_x.js");
  });

  test.each([
    "/../package.json",
    "/assets/../../package.json",
    "/%2e%2e/package.json",
    "/..%2fpackage.json",
    "/..%5cpackage.json",
    "/..\\package.json",
    "/C:/Windows/win.ini",
    "/C%3a/Windows/win.ini",
    "//server/share/file.json",
    "/assets//index.js",
    "/.env.json",
    "/index.html%00.png",
    "/%E0%A4%A.js",
    "",
    "index.html",
  ])("is none for %j", (path) => {
    expect(windowPath(path)).toBeNull();
  });

  test("never leaves the folder, whatever the URL", () => {
    const part = fc.oneof(fc.constantFrom("..", ".", "%2e%2e", "%2f", "\\", "C:", "a.js", "index.html"), fc.string());
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const path = windowPath(`/${parts.join("/")}`);
        if (path !== null) expect(join("/folder", path).startsWith("/folder/")).toBe(true);
      }),
    );
  });
});

test("files that are no part of a window are not read", async () => {
  expect((await readWindowFile(folder, "/"))?.mediaType).toBe("text/html; charset=utf-8");
  expect(await readWindowFile(folder, "/notes.txt")).toBeNull();
  expect(await readWindowFile(folder, "/.hidden.json")).toBeNull();
  expect(await readWindowFile(folder, "/missing.js")).toBeNull();
});

describe("the app:// scheme", () => {
  type Handler = (request: Request) => Response | Promise<Response>;
  function served(): Handler {
    let kept: Handler | null = null;
    serveWindow(
      {
        handle: (scheme, handler) => {
          expect(scheme).toBe("app");
          kept = handler as Handler;
        },
      },
      folder,
    );
    if (kept === null) throw new Error("nothing was registered");
    return kept;
  }
  // Node's Request refuses schemes it does not know; the handler uses its address and method only.
  const asked = (url: string, method = "GET"): Request => ({ url, method }) as Request;

  test("answers the window's own origin, with the security policy", async () => {
    const answer = await served()(asked("app://mim-mail/index.html"));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("<title>window</title>");
    const policy = answer.headers.get("Content-Security-Policy");
    expect(policy).toContain("connect-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(answer.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
  });

  test.each(["app://other/index.html", "app://mim-mail.example/index.html", "app://mim-mail/../../package.json"])(
    "answers nothing for %s",
    async (address) => {
      expect((await served()(asked(address))).status).toBe(404);
    },
  );

  test("answers nothing but GET", async () => {
    expect((await served()(asked("app://mim-mail/index.html", "POST"))).status).toBe(404);
  });

  test("tells its own addresses from look-alikes", () => {
    expect(isWindowAddress("app://mim-mail/index.html")).toBe(true);
    expect(isWindowAddress("app://mim-mail")).toBe(true);
    expect(isWindowAddress("app://mim-mail.example/")).toBe(false);
    expect(isWindowAddress("https://mim-mail/")).toBe(false);
    expect(isWindowAddress("file:///app://mim-mail/")).toBe(false);
  });
});
