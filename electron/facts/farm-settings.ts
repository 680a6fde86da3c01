import { authenticationCaptions, mailServerCaptions } from "../contract/mail-server.ts";
import { knownValue } from "../recording/fact.ts";
import type { Recording } from "../recording/recording.ts";
import { type Seen, seenIn } from "../recording/seen.ts";
import { runningBuild } from "./build.ts";
import { applicationId, foundAuthentication, foundMail, serviceAddress, tenantId } from "./mail.ts";
import { serviceAccount, serviceKey } from "./service.ts";

/** A setting that every node of one MIM Service has alike, and how much it matters where one has it otherwise. */
interface SharedSetting {
  readonly id: string;
  readonly title: string;
  readonly matters: "action" | "attention";
  /** What a server has; null: not known. */
  readonly read: (seen: Seen) => string | null;
  readonly advice: string;
}

const changeMode = (what: string): string =>
  `Decide which ${what} is right, and run Change mode on the nodes that have another.`;

/** What the nodes of one MIM Service share. Whether it reads its mailbox is not among them: one node alone is to. */
export const sharedSettings: readonly SharedSetting[] = [
  {
    id: "applicationId",
    title: "Application ID",
    matters: "action",
    read: (seen) => knownValue(applicationId(seen)),
    advice: changeMode("application"),
  },
  {
    id: "tenantId",
    title: "Tenant ID",
    matters: "action",
    read: (seen) => knownValue(tenantId(seen)),
    advice: changeMode("tenant"),
  },
  {
    id: "mailServer",
    title: "Mail server type",
    matters: "action",
    read: (seen) => {
      const found = knownValue(foundMail(seen, "office365"));
      return found === null ? null : mailServerCaptions[found.type];
    },
    advice: changeMode("mail server type"),
  },
  {
    id: "authentication",
    title: "Authentication type",
    matters: "action",
    read: (seen) => {
      const type = knownValue(foundAuthentication(seen))?.type ?? null;
      if (type === null || type === "none" || type === "incomplete") return type === null ? null : "None that is whole";
      return authenticationCaptions[type];
    },
    advice: changeMode("authentication type"),
  },
  {
    id: "serviceAccount",
    title: "Service account",
    matters: "action",
    read: (seen) => knownValue(serviceAccount(seen)),
    advice: changeMode("account"),
  },
  {
    id: "serviceEmail",
    title: "Service address",
    matters: "action",
    read: (seen) => knownValue(serviceAddress(seen)),
    advice: changeMode("address"),
  },
  {
    id: "build",
    title: "Build of the MIM Service",
    matters: "action",
    read: (seen) => knownValue(runningBuild(seen))?.version ?? null,
    advice: "Bring the older nodes to the newest build before Change mode: the nodes of one service run one build.",
  },
];

/** The database of a server's MIM Service; null when it is not known. Servers of one database are nodes of one service. */
export function serviceDatabase(recording: Recording): string | null {
  const seen = seenIn(recording);
  const text = (name: string): string | null => {
    const value = knownValue(seen.value(serviceKey, name));
    return value !== null && "data" in value && typeof value.data === "string" && value.data.trim() !== ""
      ? value.data.trim()
      : null;
  };
  const server = text("DatabaseServer");
  const name = text("DatabaseName");
  return server === null ? null : name === null ? server : `${server}, ${name}`;
}

/**
 * True where servers that are, or may be, of one service have different values. Case aside; what is not known differs
 * from nothing.
 * @param services each server's database, as {@link serviceDatabase} has it
 */
export function differsWithin(services: readonly (string | null)[], cells: readonly (string | null)[]): boolean {
  const fold = (text: string): string =>
    text
      .trim()
      .replace(/^\{(.*)\}$/, "$1")
      .toLowerCase();
  return cells.some((cell, index) =>
    cells.some((other, place) => {
      if (place <= index || cell === null || other === null) return false;
      const [one, two] = [services[index] ?? null, services[place] ?? null];
      const together = one === null || two === null || fold(one) === fold(two);
      return together && fold(cell) !== fold(other);
    }),
  );
}
