/** What an error of Microsoft Entra ID means here, and what to do. */
export interface SignInMeaning {
  readonly meaning: string;
  readonly cure: string;
}

/**
 * Source: https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes; for 1002016 "Entra
 * applications using TLS 1.0/1.1 fail to authenticate" of Microsoft's troubleshooting pages, looked at on 2026-11-26.
 */
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
  "1002016": {
    meaning: "TLS 1.0, TLS 1.1 or 3DES was used, which Microsoft refuses",
    cure: "See TLS and strong cryptography: TLS 1.2 for the client on, and the values of .NET 2.x, 64-bit, which decide for MIM's service. Then restart Windows.",
  },
  "7000229": {
    meaning: "the application has no service principal (enterprise application) in this tenant",
    cure: "Grant admin consent in this tenant, which makes it, or have an administrator create the enterprise application. Check the Tenant ID as well.",
  },
  "500014": {
    meaning: "the service principal of the resource is disabled in this tenant",
    cure: "In Entra, Enterprise applications, all applications: find Office 365 Exchange Online and enable it for users to sign in. Check that the tenant has a subscription with Exchange Online.",
  },
  "50034": {
    meaning: "a user of that name is not in this directory: a person's sign-in, not the application's",
    cure: "The application signs in with its ID and its secret, without a user. Look at who signed in: the installer's own sign-in on the page Azure Cloud, or Basic Authentication. Use an account of this tenant.",
  },
};

/**
 * What the codes that begin with these digits are about, as far as the list of error codes shows it. Longer codes are
 * finer cases of the shorter ones: 500011 and 5000224 belong to 50.
 */
const families: Readonly<Record<string, string>> = {
  "16": "the choice of an account in a person's session",
  "20": "a sign-in through another identity provider (federation)",
  "50": "an account, a resource or the tenant: whether it is there, enabled and may sign in",
  "51": "an account: whether it is there and enabled",
  "53": "Conditional Access or another policy that blocks the sign-in",
  "65": "consent and permissions of the application",
  "70": "the application, its credentials, or what it asks for",
  "75": "a sign-in by SAML",
  "80": "pass-through authentication through an agent in the own network",
  "81": "seamless single sign-on of the own domain",
  "90": "the tenant, the form of the request, or the service itself",
  "100": "the request or its connection, before the application is looked at",
};

/** What the code's family is about; null for a number of none. */
function familyOf(code: string): { readonly digits: string; readonly about: string } | null {
  // Seven digits may also be a finer case of five: 7000215. Only 100xxxx is a family of three digits.
  const digits = /^100\d{4}$/.test(code) ? "100" : code.slice(0, 2);
  const about = /^\d{5,7}$/.test(code) ? families[digits] : undefined;
  return about === undefined ? null : { digits, about };
}

/**
 * What an error such as "AADSTS7000215" means. Of a code that is not listed, what its family is about is said, and where
 * to look it up.
 */
export function signInMeaning(error: string): SignInMeaning {
  const code = /AADSTS(\d+)/i.exec(error)?.[1] ?? "";
  const known = meanings[code];
  if (known !== undefined) return known;
  const family = familyOf(code);
  const traceId = /Trace ID: ?([0-9a-f-]{36})/i.exec(error)?.[1];
  const find = `find the sign-in by its trace ID${traceId === undefined ? "" : ` ${traceId}`} in the sign-in log in Entra, under Service principal sign-ins`;
  return {
    meaning:
      family === null
        ? "the sign-in failed"
        : `the sign-in failed; this code is not known here, those that begin with ${family.digits} are about ${family.about}`,
    cure:
      code === ""
        ? "Look into the sign-in log in Entra, under Service principal sign-ins."
        : `Look the code up in Microsoft's list of error codes (see sources), or at https://login.microsoftonline.com/error?code=${code}; ${find}.`,
  };
}
