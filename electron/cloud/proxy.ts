import { InputProblem } from "../recording/input-problem.ts";
import { Secret } from "./secret.ts";

/** A proxy that tunnels to Microsoft's hosts. */
export interface HttpProxy {
  readonly host: string;
  readonly port: number;
  /** True when the proxy itself is spoken to over TLS. */
  readonly tls: boolean;
  /** What it is signed in to with, `Basic …`; null for none. */
  readonly authorization: Secret | null;
  /** The setting it was taken from: a variable's name, or words. */
  readonly setting: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Windows does not mind the case of a variable's name, other systems do: both usual spellings are asked. */
function variable(environment: Environment, name: string): { readonly name: string; readonly value: string } | null {
  for (const spelling of [name, name.toLowerCase()]) {
    const value = environment[spelling]?.trim();
    if (value) return { name: spelling, value };
  }
  return null;
}

/**
 * The proxy the environment names for a host, by the rules of curl: HTTPS_PROXY, else ALL_PROXY, unless NO_PROXY holds
 * the host, a domain it lies in, or `*`. Null for none.
 * Source: https://curl.se/docs/manpage.html#ENVIRONMENT
 * @throws InputProblem when the setting is not a proxy that can be used; a password in it is not shown.
 */
export function proxyFor(url: string, environment: Environment): HttpProxy | null {
  const { hostname, port } = new URL(url);
  const setting = variable(environment, "HTTPS_PROXY") ?? variable(environment, "ALL_PROXY");
  if (setting === null || isExempt(hostname, port || "443", variable(environment, "NO_PROXY")?.value ?? ""))
    return null;
  return proxyAt(setting.value, setting.name);
}

/** True when the environment says how a host is reached: with a proxy, or that it needs none. */
export function environmentDecides(url: string, environment: Environment): boolean {
  const { hostname, port } = new URL(url);
  const named = variable(environment, "HTTPS_PROXY") ?? variable(environment, "ALL_PROXY");
  return named !== null || isExempt(hostname, port || "443", variable(environment, "NO_PROXY")?.value ?? "");
}

/**
 * A proxy by its address, `host:port` or a URL.
 * @throws InputProblem when it cannot be used; a password in it is not shown.
 */
export function proxyAt(value: string, setting: string): HttpProxy {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const parsed = URL.canParse(address) ? new URL(address) : null;
  const isTls = parsed?.protocol === "https:";
  if (parsed === null || parsed.hostname === "" || !(isTls || parsed.protocol === "http:")) {
    throw new InputProblem(
      "proxy-not-usable",
      "the proxy that is set cannot be used",
      setting,
      "Set it as http://host:port or https://host:port; other kinds, such as SOCKS, are not supported.",
    );
  }
  const { username, password } = parsed;
  return {
    host: parsed.hostname.replace(/^\[|\]$/g, ""),
    port: Number(parsed.port || (isTls ? 443 : 80)),
    tls: isTls,
    authorization: username === "" ? null : new Secret(`Basic ${basic(username, password)}`),
    setting,
  };
}

function basic(username: string, password: string): string {
  const plain = (text: string): string => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  return Buffer.from(`${plain(username)}:${plain(password)}`, "utf8").toString("base64");
}

function isExempt(host: string, port: string, list: string): boolean {
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      if (entry === "*") return true;
      const [, name = "", onlyPort] = /^\.?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
      if (onlyPort !== undefined && onlyPort !== port) return false;
      return name !== "" && (host.toLowerCase() === name || host.toLowerCase().endsWith(`.${name}`));
    });
}

/** A proxy as it is shown: never its user or password. */
export function proxyInWords({ host, port, setting }: HttpProxy): string {
  return `through the proxy ${host.includes(":") ? `[${host}]` : host}:${port} (${setting})`;
}
