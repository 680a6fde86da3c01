import type { CloudCommand } from "../contract/cloud.ts";
import { placeholders, quoted } from "../facts/exchange-commands.ts";
import type { CloudName } from "./clouds.ts";

const graphShell = "Microsoft Graph PowerShell";
const azureShell = "Azure CLI";

/**
 * How the two tools name the clouds. Sources: https://learn.microsoft.com/en-us/powershell/microsoftgraph/authentication-commands
 * and https://learn.microsoft.com/en-us/cli/azure/manage-clouds-azure-cli, looked at on 2026-11-27.
 */
const environments: Readonly<Record<CloudName, { readonly graph: string; readonly azure: string }>> = {
  global: { graph: "Global", azure: "AzureCloud" },
  china: { graph: "China", azure: "AzureChinaCloud" },
  governmentHigh: { graph: "USGov", azure: "AzureUSGovernment" },
  governmentDod: { graph: "USGovDoD", azure: "AzureUSGovernment" },
};

export interface RenewalValues {
  /** A GUID in its plain form; null: not known. */
  readonly applicationId: string | null;
  readonly tenantId: string | null;
  readonly cloud: CloudName;
}

const keyId = "<key ID of the old one>";

/**
 * The commands that make a client secret beside those there are, and that remove an old one. They print the new
 * secret's value in the shell of the person who may make it; this program never sees it.
 * Sources: https://learn.microsoft.com/en-us/cli/azure/ad/app/credential,
 * https://learn.microsoft.com/en-us/powershell/module/microsoft.graph.applications/add-mgapplicationpassword and
 * …/remove-mgapplicationpassword, looked at on 2026-11-27.
 */
export function renewalCommands(values: RenewalValues): {
  readonly make: CloudCommand[];
  readonly remove: CloudCommand[];
} {
  const application = values.applicationId ?? placeholders.applicationId;
  const tenant = values.tenantId ?? "<tenant ID>";
  const { graph, azure } = environments[values.cloud];
  const command = (
    id: string,
    runIn: string,
    title: string,
    text: string,
    note: string | null = null,
  ): CloudCommand => ({
    id: `renew.${id}`,
    title,
    text,
    runIn,
    note,
  });
  const find = `$application = Get-MgApplication -Filter ${quoted(`appId eq '${application}'`)}`;
  const connect = (id: string): CloudCommand =>
    command(
      `graph.connect.${id}`,
      graphShell,
      "Sign in",
      `Connect-MgGraph -Environment ${graph} -TenantId ${quoted(tenant)} -Scopes 'Application.ReadWrite.All'`,
      "As someone who may change the application: its owner, or an Application Administrator.",
    );
  const login = (id: string): CloudCommand =>
    command(
      `azure.login.${id}`,
      azureShell,
      "Sign in",
      `az cloud set --name ${azure}; az login --tenant ${quoted(tenant)} --allow-no-subscriptions`,
    );
  return {
    make: [
      connect("make"),
      command(
        "graph.make",
        graphShell,
        "Make a secret beside the old one, for a year",
        `${find}; Add-MgApplicationPassword -ApplicationId $application.Id -PasswordCredential @{ displayName = 'MIM Service'; endDateTime = (Get-Date).AddYears(1) } | Format-List SecretText, EndDateTime, KeyId`,
        "SecretText is the Value. It is shown only now: put it where your organisation keeps passwords.",
      ),
      login("make"),
      command(
        "azure.make",
        azureShell,
        "The same with the Azure CLI",
        `az ad app credential reset --id ${quoted(application)} --append --display-name 'MIM Service' --years 1`,
        "Without --append it would remove the old one, and MIM's mail with it.",
      ),
    ],
    remove: [
      connect("remove"),
      command(
        "graph.list",
        graphShell,
        "List the secrets: none is shown, only when each ends",
        `${find}; $application.PasswordCredentials | Sort-Object EndDateTime | Format-Table DisplayName, EndDateTime, KeyId`,
      ),
      command(
        "graph.remove",
        graphShell,
        "Remove the old one",
        `Remove-MgApplicationPassword -ApplicationId $application.Id -KeyId ${quoted(keyId)}`,
        "Put in the KeyId of the old one: the one that ends first. The new one's would stop the mail.",
      ),
      login("remove"),
      command(
        "azure.list",
        azureShell,
        "List with the Azure CLI",
        `az ad app credential list --id ${quoted(application)} --output table`,
      ),
      command(
        "azure.remove",
        azureShell,
        "Remove the old one with the Azure CLI",
        `az ad app credential delete --id ${quoted(application)} --key-id ${quoted(keyId)}`,
      ),
    ],
  };
}
