import { Document } from "yaml";
import type { TlsProfile } from "../contract/target.ts";
import type { ProfileValue } from "./profile-value.ts";

export interface DscInput {
  readonly values: readonly ProfileValue[];
  readonly profile: TlsProfile;
  /** When it was made, and by which version of the product. */
  readonly createdAt: Date;
  readonly version: string;
}

/** The schema a configuration document of DSC 3 names. Source: https://learn.microsoft.com/en-us/powershell/dsc/reference/schemas/config/document */
const schema = "https://aka.ms/dsc/schemas/v3/bundled/config/document.json";

/** Source: https://learn.microsoft.com/en-us/powershell/dsc/reference/microsoft/windows/registry/overview */
const registryResource = "Microsoft.Windows/Registry";

/**
 * A configuration document for Microsoft's DSC 3 that holds a server to the values: one instance of the Registry
 * resource a value. Data only, nothing in it is run. To be saved as UTF-8.
 */
export function dscDocument({ values, profile, createdAt, version }: DscInput): string {
  const document = new Document({
    $schema: schema,
    // Writing under HKLM needs it; DSC refuses before the first value instead of in the midst.
    metadata: { "Microsoft.DSC": { securityContext: "elevated" } },
    resources: values.map((value) => ({
      name: instanceName(value.id),
      type: registryResource,
      properties: {
        keyPath: value.key,
        valueName: value.name,
        // All of the catalogue are REG_DWORD.
        valueData: { DWord: value.data },
        _exist: true,
      },
    })),
  });
  document.commentBefore = [
    ` TLS and strong cryptography for MIM mail, profile ${profile}.`,
    ` Made by MIM Mail Assistant ${version} on ${createdAt.toISOString()}.`,
    " For Microsoft DSC 3.0 or later, in an elevated session:",
    "   dsc config test --file <this file>",
    "   dsc config set --what-if --file <this file>",
    "   dsc config set --file <this file>",
    " Restart Windows afterwards, or at the least the service FIMService. DSC keeps no undo:",
    " save a recording, or the .reg file that puts back, before you set it.",
  ].join("\n");
  return document.toString({ lineWidth: 0 });
}

/** Names of instances hold only letters, digits and blanks, and each must be its own. */
function instanceName(id: string): string {
  return id.replace(/[^A-Za-z0-9]+/g, " ");
}
