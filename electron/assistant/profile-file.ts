import { valueChanges, wantedData } from "../changes/catalogue.ts";
import { powershellScript } from "../changes/powershell-script.ts";
import { regFile } from "../changes/reg-file.ts";
import { storedIn } from "../changes/stored-value.ts";
import type { TlsProfile } from "../contract/target.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { Recording } from "../recording/recording.ts";

/** A TLS profile as a file that does on any server what applying it does. */
export function profileScript(
  profile: TlsProfile,
  made: { readonly createdAt: Date; readonly version: string },
): { readonly ps1: string; readonly reg: string } {
  const values = valueChanges.flatMap((change) => {
    const data = wantedData(change, profile);
    return data === null ? [] : [{ key: change.key, name: change.name, type: change.type, data }];
  });
  return {
    ps1: powershellScript({ values, title: `TLS and strong cryptography for MIM mail, profile ${profile}`, ...made }),
    reg: regFile(values.map(({ key, name, type, data }) => ({ key, name, to: { type, data } }))),
  };
}

/** A .reg file that puts back what a recording shows at the places a profile changes. Throws InputProblem. */
export function profileUndo(profile: TlsProfile, recording: Recording): string {
  const lines = valueChanges.flatMap((change) => {
    if (wantedData(change, profile) === null) return [];
    const key = Object.entries(recording.registry).find(([path]) => path.toLowerCase() === change.key.toLowerCase());
    const stands = storedIn(key?.[1], change.name);
    if (stands === null) {
      throw new InputProblem(
        "not-known",
        "what stands there could not be read, so it cannot be put back by a file",
        `${change.key}\\${change.name}`,
        "Look at the server again, as an administrator if it is this one.",
      );
    }
    return [{ key: change.key, name: change.name, to: stands }];
  });
  return regFile(lines);
}
