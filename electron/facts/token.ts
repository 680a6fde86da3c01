import { absent, type Fact, present } from "../recording/fact.ts";
import { isEmpty, type Seen } from "../recording/seen.ts";
import { mailValueNames } from "./mail.ts";
import { serviceAccountSid } from "./service.ts";

/** Where the MIM Service keeps its access token: under the service account's own hive. */
export function hiveKey(sid: string): string {
  return `HKU\\${sid}\\SOFTWARE\\Microsoft\\Forefront Identity Manager\\2010\\Service`;
}

/**
 * Whether an access token is kept: any value beyond the three mail values (its name is not documented), never its
 * text. An empty value is none: the service leaves one when it obtained no token.
 */
export function accessToken(seen: Seen): Fact<true> {
  const sid = serviceAccountSid(seen);
  if (sid.state !== "present") return sid.state === "absent" ? { ...sid, state: "notRecorded" } : sid;
  const key = seen.key(hiveKey(sid.value));
  if (key.state !== "present") return key;
  const three = Object.values(mailValueNames).map((name) => name.toLowerCase());
  const token = Object.entries(key.value).find(
    ([name, value]) => !three.includes(name.toLowerCase()) && !isEmpty(value),
  );
  return token === undefined ? absent(key.address) : present(key.address, true);
}
