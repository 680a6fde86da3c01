import { describe, expect, test } from "vitest";
import { nodeHttp } from "../../../electron/cloud/node-http.ts";
import { routeTo, type SystemProxy } from "../../../electron/cloud/system-proxy.ts";

const url = "https://outlook.office365.com/EWS/Exchange.asmx";
const setting = "Windows' proxy settings of this user";
const system = (server: string | null, bypass = "", isAutomatic = false): SystemProxy => ({
  server,
  bypass,
  isAutomatic,
  setting,
});

describe("the system's proxy", () => {
  test.each<[string, string, string]>([
    ["proxy:8080", "", `through the proxy proxy:8080 (${setting})`],
    ["http://proxy:8080", "", `through the proxy proxy:8080 (${setting})`],
    ["http=a:80;https=b:443;ftp=c:21", "", `through the proxy b:443 (${setting})`],
    ["http=a:80 https=b:443", "", `through the proxy b:443 (${setting})`],
    ["http=a:80;ftp=c:21", "", "directly"],
    ["proxy:8080", "*.contoso.com;<local>", `through the proxy proxy:8080 (${setting})`],
    ["proxy:8080", "*.office365.com", "directly"],
    ["proxy:8080", "outlook.office365.com", "directly"],
    ["proxy:8080", "OUTLOOK.*", "directly"],
    ["proxy:8080", "https://outlook.office365.com:443", "directly"],
    ["proxy:8080", "outlook.office365.com:8443", `through the proxy proxy:8080 (${setting})`],
    ["proxy:8080", "office365.com", `through the proxy proxy:8080 (${setting})`],
    ["proxy:8080", "*", "directly"],
    ["proxy:8080", "outlook?office365(com", `through the proxy proxy:8080 (${setting})`],
  ])("%s, past %j, leads %s", (server, bypass, words) => {
    expect(routeTo(url, {}, system(server, bypass)).words).toBe(words);
  });

  test("leaves names without a dot aside for <local>", () => {
    expect(routeTo("https://intranet/", {}, system("proxy:8080", "<local>")).words).toBe("directly");
  });

  test.each([
    [{ HTTPS_PROXY: "http://other:3128" }, "through the proxy other:3128 (HTTPS_PROXY)"],
    [{ NO_PROXY: "office365.com" }, "directly"],
    [{ NO_PROXY: "example.org" }, `through the proxy proxy:8080 (${setting})`],
  ])("gives way to the environment: %j", (environment, words) => {
    expect(routeTo(url, environment as Record<string, string>, system("proxy:8080")).words).toBe(words);
  });

  test("that is automatic is not followed, and that is said", () => {
    expect(routeTo(url, {}, system(null, "", true)).words).toMatch(
      /^directly \(Windows' .*not followed here.*HTTPS_PROXY/,
    );
    expect(routeTo(url, {}, null).words).toBe("directly");
  });

  test("that cannot be used is told without what it holds", () => {
    expect(() => routeTo(url, {}, system("socks5://user:p4ss@proxy"))).toThrow(
      expect.objectContaining({
        code: "proxy-not-usable",
        where: setting,
        message: expect.not.stringContaining("p4ss"),
      }),
    );
  });

  test("is asked once, at the first use", async () => {
    let asked = 0;
    const http = nodeHttp({
      environment: {},
      systemProxy: async () => {
        asked += 1;
        return system("proxy:8080");
      },
    });
    expect(asked).toBe(0);
    expect(await http.route(url)).toBe(`through the proxy proxy:8080 (${setting})`);
    await http.route(url);
    expect(asked).toBe(1);
  });
});
