import type { TlsProfile } from "../contract/target.ts";
import { type ValueChange, valueChanges, wantedData } from "./catalogue.ts";

/** One value a profile asks for: the catalogue's entry, and the data it shall have. */
export interface ProfileValue extends ValueChange {
  readonly data: number;
}

/** What a profile asks of a server, in the catalogue's order: the one list that every export is made from. */
export function profileValues(profile: TlsProfile): ProfileValue[] {
  return valueChanges.flatMap((change) => {
    const data = wantedData(change, profile);
    return data === null ? [] : [{ ...change, data }];
  });
}
