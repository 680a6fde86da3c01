import { isOffice365 } from "../contract/mail-server.ts";
import type { Target } from "../contract/target.ts";
import { wizardOption } from "../contract/wizard-options.ts";
import { knownValue } from "../recording/fact.ts";
import type { Seen } from "../recording/seen.ts";
import { pamServices, serviceAccount, wantsGroupManaged } from "./service.ts";

/** Something to have at hand before the installer is started in Change mode. Never a secret itself. */
export interface AtHand {
  readonly id: string;
  readonly text: string;
}

/**
 * What the installer will ask for, or stumble over, for what is wanted: the passwords it does not keep first. What
 * belongs to features that cannot be told is named with its condition.
 * Source: https://learn.microsoft.com/en-us/microsoft-identity-manager/install-mim-service-portal-azure-ad-premium,
 * looked at on 2026-11-26.
 */
export function atHand(seen: Seen, target: Target): readonly AtHand[] {
  const option = wizardOption({ ...target, managed: wantsGroupManaged(seen, target) });
  const account = target.serviceAccount?.trim() || (knownValue(serviceAccount(seen)) ?? "the service account");
  const mailbox = target.serviceEmail?.trim() || "the service's mailbox";
  const item = (id: string, isNeeded: boolean, text: string): AtHand[] => (isNeeded ? [{ id, text }] : []);
  const pam = pamServices.map((name) => seen.service(name).state);
  const hasPam = pam.includes("present");
  const whether = hasPam ? "" : "Where Privileged Access Management is installed: ";
  return [
    ...item("accountPassword", option?.accountPassword ?? true, `The password of ${account}.`),
    ...item("mailboxPassword", option?.mailboxPassword ?? false, `The password of the mailbox ${mailbox}.`),
    ...item(
      "clientSecret",
      option?.application ?? false,
      "The client secret's Value (not its Secret ID), with the Application ID and the Tenant ID.",
    ),
    ...item(
      "cloudSignIn",
      isOffice365(target.mailServer),
      "With the media for Microsoft Entra ID P1 or P2: an account of the tenant to sign in with.",
    ),
    ...item(
      "portals",
      true,
      "Where the Password Registration or Password Reset Portal is installed: the account of each and its password.",
    ),
    ...item(
      "pam",
      hasPam || !pam.every((state) => state === "absent"),
      `${whether}${whether === "" ? "The" : "the"} accounts of its REST API, Component Service and Monitoring Service, with their passwords.`,
    ),
    ...item("serviceManager", true, "Where MIM Reporting is installed: the name of the Service Manager server."),
    ...item("media", true, "The MIM media of the very build that is installed, should the installer ask for them."),
    ...item(
      "sharePoint",
      true,
      "Where the MIM Portal is on this server: SharePoint's solutions idle, none being deployed or retracted (Get-SPSolution).",
    ),
    ...item("backup", true, "A backup of the FIMService database and of this server."),
  ];
}
