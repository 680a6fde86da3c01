/**
 * One thing read from a server, with the address it came from. The four states are never mixed: absent is not 0,
 * unreadable is not absent, and what a recording does not list is neither.
 */
export type Fact<Value> =
  | { readonly state: "present"; readonly address: string; readonly value: Value }
  | { readonly state: "absent"; readonly address: string }
  | { readonly state: "unreadable"; readonly address: string; readonly reason: string }
  | { readonly state: "notRecorded"; readonly address: string };

/** A fact that gives no value and no certainty that there is none. */
export type UnknownFact = Extract<Fact<unknown>, { state: "unreadable" | "notRecorded" }>;

export function present<Value>(address: string, value: Value): Fact<Value> {
  return { state: "present", address, value };
}

export function absent(address: string): Fact<never> {
  return { state: "absent", address };
}

export function unreadable(address: string, reason: string): Fact<never> {
  return { state: "unreadable", address, reason };
}

export function notRecorded(address: string): Fact<never> {
  return { state: "notRecorded", address };
}

/** The value, or null when it is absent or not known. */
export function knownValue<Value>(fact: Fact<Value>): Value | null {
  return fact.state === "present" ? fact.value : null;
}

/** True when the fact neither gives a value nor says for certain that there is none. */
export function isUnknown(fact: Fact<unknown>): fact is UnknownFact {
  return fact.state === "unreadable" || fact.state === "notRecorded";
}

/** The same fact about another value; absent and unknown stay what they are. */
export function mapFact<From, To>(fact: Fact<From>, change: (value: From) => To): Fact<To> {
  return fact.state === "present" ? present(fact.address, change(fact.value)) : fact;
}
