import { lookup, Resolver } from "node:dns/promises";

/** What the name service says of a relay and of the sender's domain. */
export interface RelayNames {
  /** The addresses of a host, version 4 and 6. Rejects with a code of Node's when there is none. */
  readonly addresses: (host: string) => Promise<readonly string[]>;
  /** The hosts that take a domain's mail, the first choice first; empty when there is none or nobody answers. */
  readonly mx: (domain: string) => Promise<readonly string[]>;
  /** A domain's record of who may send for it; null when there is none or nobody answers. */
  readonly spf: (domain: string) => Promise<string | null>;
}

/** How long the name service has for one question, in milliseconds. */
const timeLimit = 5000;

/** This computer's own name service: addresses as every program finds them, with its hosts file. */
export const ownNames: RelayNames = {
  addresses: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  mx: async (domain) => {
    const found = await new Resolver({ timeout: timeLimit, tries: 1 }).resolveMx(domain).catch(() => []);
    return found.toSorted((one, other) => one.priority - other.priority).map(({ exchange }) => exchange.slice(0, 253));
  },
  spf: async (domain) => {
    const found = await new Resolver({ timeout: timeLimit, tries: 1 }).resolveTxt(domain).catch(() => []);
    const record = found.map((parts) => parts.join("")).find((text) => /^v=spf1(?: |$)/i.test(text));
    return record?.slice(0, 450) ?? null;
  },
};
