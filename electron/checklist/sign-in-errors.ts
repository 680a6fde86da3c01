/** What an error of Microsoft Entra ID means here, and what to do. */
export interface SignInMeaning {
  readonly meaning: string;
  readonly cure: string;
}

/** Source: https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes */
const meanings: Readonly<Record<string, SignInMeaning>> = {
  "7000215": {
    meaning: "the client secret is wrong",
    cure: "Type the secret's Value, not its Secret ID. The Value is shown only once; make a new secret when it is lost.",
  },
  "7000222": {
    meaning: "the client secret has expired",
    cure: "Make a new client secret in Entra and run Change mode with its Value.",
  },
  "700016": {
    meaning: "this tenant has no application with that ID",
    cure: "Check the Application ID and the Tenant ID on the application's Overview page; they may be swapped.",
  },
  "700011": {
    meaning: "the application is not in this tenant",
    cure: "Check the Tenant ID, or have an administrator of that tenant add the application.",
  },
  "90002": {
    meaning: "the tenant was not found",
    cure: "Check the Tenant ID, and whether the tenant is in another cloud (21Vianet, US Government).",
  },
  "900023": {
    meaning: "the Tenant ID is malformed",
    cure: "Copy the Directory (tenant) ID from the application's Overview page.",
  },
  "7000112": {
    meaning: "the application is disabled",
    cure: "Enable it in Entra: Enterprise applications, Properties, Enabled for users to sign in.",
  },
  "70001": {
    meaning: "the application is disabled or not there",
    cure: "Check the Application ID, and that the application is enabled in Entra.",
  },
  "500011": {
    meaning: "the tenant has no Exchange Online",
    cure: "Check the Tenant ID. Application Context Authentication needs a tenant with Exchange Online.",
  },
  "65001": {
    meaning: "consent is missing",
    cure: "Grant admin consent for full_access_as_app of Office 365 Exchange Online.",
  },
  "650056": {
    meaning: "consent is missing, or no permission was asked for",
    cure: "Add the permission full_access_as_app of Office 365 Exchange Online and grant admin consent.",
  },
  "53003": {
    meaning: "Conditional Access refused it",
    cure: "Look into the sign-in log of the service principal in Entra and exclude it from the policy that refused it.",
  },
  "700024": {
    meaning: "what was sent is outside of its time: this computer's clock is wrong",
    cure: "Set this computer's clock and its time zone, or repair the time service: w32tm /resync.",
  },
  "500133": {
    meaning: "what was sent is outside of its time: this computer's clock is wrong",
    cure: "Set this computer's clock and its time zone, or repair the time service: w32tm /resync.",
  },
};

/** What an error such as "AADSTS7000215" means; a code that is not listed is said to be unknown. */
export function signInMeaning(error: string): SignInMeaning {
  const code = /AADSTS(\d+)/i.exec(error)?.[1] ?? "";
  return (
    meanings[code] ?? {
      meaning: "the sign-in failed",
      cure: "Look the code up in Microsoft's list of error codes (see sources), and in the sign-in log in Entra.",
    }
  );
}
