/**
 * What signs the programs, taken from the environment; secrets are read by the tools that sign, never here.
 *
 * Azure Trusted Signing: AZURE_SIGNING_ENDPOINT, AZURE_SIGNING_ACCOUNT, AZURE_SIGNING_PROFILE and
 * AZURE_SIGNING_PUBLISHER name what to sign with; AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET sign in.
 * A certificate: WIN_CSC_LINK or CSC_LINK (a file, or its base64) with WIN_CSC_KEY_PASSWORD or CSC_KEY_PASSWORD.
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {{ kind: "azure" | "certificate" | "none", win: Record<string, unknown>, says: string }} `win`: what
 *   electron-builder is told; `says`: one line for whoever builds
 */
export function signingFrom(environment) {
  const azure = {
    endpoint: environment.AZURE_SIGNING_ENDPOINT,
    codeSigningAccountName: environment.AZURE_SIGNING_ACCOUNT,
    certificateProfileName: environment.AZURE_SIGNING_PROFILE,
    publisherName: environment.AZURE_SIGNING_PUBLISHER,
  };
  const named = Object.values(azure).filter(Boolean).length;
  if (named > 0) {
    const signIn = [environment.AZURE_TENANT_ID, environment.AZURE_CLIENT_ID, environment.AZURE_CLIENT_SECRET];
    if (named < 4 || !signIn.every(Boolean)) {
      // Half a setting would give an unsigned program where a signed one was meant.
      throw new Error("Azure Trusted Signing is set up in part: four AZURE_SIGNING_… and three AZURE_… are needed");
    }
    return {
      kind: "azure",
      win: { azureSignOptions: azure },
      says: `Signed with Azure Trusted Signing as ${azure.publisherName}.`,
    };
  }
  if (environment.WIN_CSC_LINK || environment.CSC_LINK) {
    return { kind: "certificate", win: {}, says: "Signed with the certificate of CSC_LINK." };
  }
  return {
    kind: "none",
    win: {},
    says: "Unsigned build: no signing is set up, so Windows will warn whoever opens the set-up. See CONTRIBUTING.md.",
  };
}
