import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { type HttpProxy, proxyFor, proxyInWords } from "../../../electron/cloud/proxy.ts";

const url = "https://login.microsoftonline.com/x/oauth2/v2.0/token";
const found = (environment: Record<string, string>): HttpProxy | null => proxyFor(url, environment);

describe("the proxy of the environment", () => {
  test.each([
    [{}, null],
    [{ HTTPS_PROXY: "" }, null],
    [{ HTTP_PROXY: "http://proxy:8080" }, null],
    [{ HTTPS_PROXY: "http://proxy:8080" }, "through the proxy proxy:8080 (HTTPS_PROXY)"],
    [{ https_proxy: "proxy:3128" }, "through the proxy proxy:3128 (https_proxy)"],
    [{ ALL_PROXY: "http://proxy" }, "through the proxy proxy:80 (ALL_PROXY)"],
    [{ HTTPS_PROXY: "https://proxy", ALL_PROXY: "http://other" }, "through the proxy proxy:443 (HTTPS_PROXY)"],
    [{ HTTPS_PROXY: "http://[::1]:8080" }, "through the proxy [::1]:8080 (HTTPS_PROXY)"],
    [{ HTTPS_PROXY: "http://proxy:8080", NO_PROXY: "*" }, null],
    [{ HTTPS_PROXY: "http://proxy:8080", NO_PROXY: "login.microsoftonline.com" }, null],
    [{ HTTPS_PROXY: "http://proxy:8080", no_proxy: "example.org,.MicrosoftOnline.com" }, null],
    [{ HTTPS_PROXY: "http://proxy:8080", NO_PROXY: "microsoftonline.com:443" }, null],
    [
      { HTTPS_PROXY: "http://proxy:8080", NO_PROXY: "microsoftonline.com:8443" },
      "through the proxy proxy:8080 (HTTPS_PROXY)",
    ],
    [{ HTTPS_PROXY: "http://proxy:8080", NO_PROXY: "online.com, login" }, "through the proxy proxy:8080 (HTTPS_PROXY)"],
  ])("%j is %s", (environment, words) => {
    const proxy = found(environment as Record<string, string>);
    expect(proxy && proxyInWords(proxy)).toBe(words);
  });

  test("is signed in to as its address says, which is not shown", () => {
    const proxy = found({ HTTPS_PROXY: "http://CONTOSO%5Cuser:p%40s%25s@proxy:8080" });
    expect(proxy?.authorization?.reveal()).toBe(`Basic ${Buffer.from("CONTOSO\\user:p@s%s").toString("base64")}`);
    const shown = `${inspect(proxy)} ${JSON.stringify(proxy)} ${proxy && proxyInWords(proxy)}`;
    expect(shown).not.toMatch(/p@s|p%40|user|Q09OVE9TT/);
  });

  test.each(["socks5://user:p4ssw0rd@proxy:1080", "http://", "http://user:p4ssw0rd@:x"])(
    "that cannot be used is told without what it holds",
    (value) => {
      expect(() => found({ HTTPS_PROXY: value })).toThrow("the proxy that is set cannot be used");
      try {
        found({ HTTPS_PROXY: value });
      } catch (error) {
        expect(inspect(error)).not.toContain("p4ssw0rd");
        expect(error).toMatchObject({ where: "HTTPS_PROXY", cure: expect.stringMatching(/SOCKS/) });
      }
    },
  );
});
