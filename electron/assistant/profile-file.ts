import { powershellScript } from "../changes/powershell-script.ts";
import { profileValues } from "../changes/profile-value.ts";
import { regFile } from "../changes/reg-file.ts";
import { storedIn } from "../changes/stored-value.ts";
import type { TlsProfile } from "../contract/target.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { Recording } from "../recording/recording.ts";

/** When a file was made, and by which version of the product. */
export interface Made {
  readonly createdAt: Date;
  readonly version: string;
}

/** The forms of a file that does on any server what applying a profile does; `dsc` is a document for DSC 3. */
export type ProfileForm = "ps1" | "reg" | "dsc" | "ansible";

/** A TLS profile in one form, made from the catalogue's list. What writes YAML is loaded only when it is asked for. */
export async function profileFile(form: ProfileForm, profile: TlsProfile, made: Made): Promise<string> {
  const values = profileValues(profile);
  switch (form) {
    case "ps1":
      return powershellScript({
        values,
        title: `TLS and strong cryptography for MIM mail, profile ${profile}`,
        ...made,
      });
    case "reg":
      return regFile(values.map(({ key, name, type, data }) => ({ key, name, to: { type, data } })));
    case "dsc": {
      const { dscDocument } = await import("../changes/dsc-document.ts");
      return dscDocument({ values, profile, ...made });
    }
    case "ansible": {
      const { ansiblePlaybook } = await import("../changes/ansible-playbook.ts");
      return ansiblePlaybook({ values, profile, ...made });
    }
  }
}

/** A .reg file that puts back what a recording shows at the places a profile changes. Throws InputProblem. */
export function profileUndo(profile: TlsProfile, recording: Recording): string {
  const lines = profileValues(profile).map((change) => {
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
    return { key: change.key, name: change.name, to: stands };
  });
  return regFile(lines);
}
