import { type Environment, environmentDecides, type HttpProxy, proxyAt, proxyFor, proxyInWords } from "./proxy.ts";

/** What an operating system says of proxies, as it stands there. */
export interface SystemProxy {
  /** `proxy:8080`, or a list such as `http=proxy:80;https=proxy:443`; null when none is switched on. */
  readonly server: string | null;
  /** Hosts that need none, such as `*.contoso.com;10.*;<local>`. */
  readonly bypass: string;
  /** True when a script or the network decides, which is not followed here. */
  readonly isAutomatic: boolean;
  /** What the setting is called, as it is shown. */
  readonly setting: string;
}

/** How a host is reached. */
export interface Route {
  /** Null: directly. */
  readonly proxy: HttpProxy | null;
  readonly words: string;
}

/**
 * How a host is reached: as the environment says; where it says nothing, as the system does.
 * @throws InputProblem when the proxy that is set cannot be used
 */
export function routeTo(url: string, environment: Environment, system: SystemProxy | null): Route {
  if (system === null || environmentDecides(url, environment)) {
    const proxy = proxyFor(url, environment);
    return { proxy, words: proxy === null ? "directly" : proxyInWords(proxy) };
  }
  const proxy = systemProxyFor(url, system);
  if (proxy !== null) return { proxy, words: proxyInWords(proxy) };
  const words = system.isAutomatic
    ? `directly (${system.setting}: automatic, which is not followed here; set HTTPS_PROXY where a proxy is needed)`
    : "directly";
  return { proxy, words };
}

/**
 * The system's proxy for an https address, by the rules of WinINet; null for none.
 * Source: https://learn.microsoft.com/en-us/windows/win32/wininet/enabling-internet-functionality
 * @throws InputProblem when it cannot be used
 */
export function systemProxyFor(url: string, { server, bypass, setting }: SystemProxy): HttpProxy | null {
  const { hostname, port } = new URL(url);
  if (server === null || isBypassed(hostname, port || "443", bypass)) return null;
  const entries = server.split(/[;\s]+/).filter((entry) => entry !== "");
  const named = entries.find((entry) => /^https=/i.test(entry))?.slice("https=".length);
  const general = entries.find((entry) => !entry.includes("="));
  const address = named ?? general;
  return address === undefined ? null : proxyAt(address, setting);
}

function isBypassed(host: string, port: string, list: string): boolean {
  const name = host.toLowerCase();
  return list
    .split(/[;,\s]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      if (entry.toLowerCase() === "<local>") return !name.includes(".");
      const bare = entry.toLowerCase().replace(/^[a-z]+:\/\//, "");
      const [, pattern = "", onlyPort] = /^(.*?)(?::(\d+))?$/.exec(bare) ?? [];
      if (onlyPort !== undefined && onlyPort !== port) return false;
      return pattern !== "" && matches(name, pattern);
    });
}

/** Whether a name fits a pattern in which `*` stands for any text. */
function matches(name: string, pattern: string): boolean {
  const source = pattern.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${source.join(".*")}$`).test(name);
}
