import type { RegistryValue } from "../../recording/recording.ts";
import { withKey } from "./practice-keys.ts";
import type { PracticeState } from "./practice-state.ts";

const productCode = "{5A7CB0A3-7AA2-4F36-8D77-3B0E4A6C1F52}";
/** The product code as Windows Installer packs it: groups 1 to 3 reversed, then each byte's two digits swapped. */
const packedProductCode = "3A0BC7A52AA763F4D877B3E0A4C6F125";
const build = "4.6.607.0";
const account = "CONTOSO\\svcMIMService";
const sid = "S-1-5-21-1004336348-1177238915-682003330-1108";

const folder = "C:\\Program Files\\Microsoft Forefront Identity Manager\\2010\\Service";
const executable = `${folder}\\Microsoft.ResourceManagement.Service.exe`;
const installSource = "C:\\Install\\MIM2016SP2\\Service and Portal\\";
const cachedPackage = "C:\\Windows\\Installer\\1f3c27.msi";

const config = `<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <configSections>
    <section name="resourceManagementClient" type="Microsoft.ResourceManagement.WebServices.Client.ResourceManagementClientSection, Microsoft.ResourceManagement" />
    <section name="resourceManagementService" type="Microsoft.ResourceManagement.WebServices.ResourceManagementServiceSection, Microsoft.ResourceManagement.Service" />
  </configSections>
  <resourceManagementClient resourceManagementServiceBaseAddress="mimservice.contoso.com" />
  <resourceManagementService externalHostName="mimservice.contoso.com" />
  <appSettings>
    <add key="mailServer" value="smtp.contoso.com" />
    <add key="isExchange" value="0" />
    <add key="sendAsAddress" value="mimservice@contoso.com" />
  </appSettings>
</configuration>
`;

const text = (data: string): RegistryValue => ({ type: "REG_SZ", data });
const number = (data: number): RegistryValue => ({ type: "REG_DWORD", data });

const software = "HKLM\\SOFTWARE";
const windowsVersion = `${software}\\Microsoft\\Windows\\CurrentVersion`;
const control = "HKLM\\SYSTEM\\CurrentControlSet\\Control";
const strongCryptography = { SystemDefaultTlsVersions: number(1), SchUseStrongCrypto: number(1) };

const keys: Readonly<Record<string, Readonly<Record<string, RegistryValue>>>> = {
  [`${software}\\Microsoft\\Windows NT\\CurrentVersion`]: {
    ProductName: text("Windows Server 2022 Standard"),
    CurrentBuild: text("20348"),
    InstallationType: text("Server"),
  },
  [`${windowsVersion}\\Uninstall\\${productCode}`]: {
    DisplayName: text("Microsoft Identity Manager Service and Portal"),
    DisplayVersion: text(build),
    Publisher: text("Microsoft Corporation"),
    InstallLocation: text("C:\\Program Files\\Microsoft Forefront Identity Manager\\2010\\"),
    InstallSource: text(installSource),
    UninstallString: { type: "REG_EXPAND_SZ", data: `MsiExec.exe /I${productCode}` },
    WindowsInstaller: number(1),
  },
  // Programs that a look leaves out: the first is of Identity Manager but has no mail, the second is not its business.
  [`${windowsVersion}\\Uninstall\\{C21A7D14-6B0B-4E0E-9C55-0D1E5C5F7A31}`]: {
    DisplayName: text("Microsoft Identity Manager Language Pack"),
    DisplayVersion: text("4.6.34.0"),
    UninstallString: text("MsiExec.exe /X{C21A7D14-6B0B-4E0E-9C55-0D1E5C5F7A31}"),
  },
  [`${windowsVersion}\\Uninstall\\{7B1F0E52-93D4-4C5B-8C1B-2F4D9E0A6B77}`]: {
    DisplayName: text("Contoso Backup Agent"),
    DisplayVersion: text("11.2.0"),
  },
  [`${software}\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall`]: {},
  [`${windowsVersion}\\Installer\\UserData\\S-1-5-18\\Products\\${packedProductCode}\\InstallProperties`]: {
    DisplayName: text("Microsoft Identity Manager Service and Portal"),
    DisplayVersion: text(build),
    InstallSource: text(installSource),
    LocalPackage: text(cachedPackage),
  },
  [`${windowsVersion}\\Component Based Servicing`]: {},
  [`${windowsVersion}\\WindowsUpdate\\Auto Update`]: {},
  [`${software}\\Microsoft\\Forefront Identity Manager\\2010\\Service`]: { Location: text(`${folder}\\`) },
  [`${software}\\Microsoft\\.NETFramework\\v4.0.30319`]: strongCryptography,
  [`${software}\\WOW6432Node\\Microsoft\\.NETFramework\\v4.0.30319`]: strongCryptography,
  [`${software}\\Microsoft\\.NETFramework\\v2.0.50727`]: {},
  [`${software}\\WOW6432Node\\Microsoft\\.NETFramework\\v2.0.50727`]: {},
  [`${control}\\SecurityProviders\\SCHANNEL\\Protocols`]: {},
  [`${control}\\Session Manager`]: {},
  "HKLM\\SYSTEM\\CurrentControlSet\\Services\\FIMService": {
    DisplayName: text("Forefront Identity Manager Service"),
    ImagePath: { type: "REG_EXPAND_SZ", data: `"${executable}"` },
    ObjectName: text(account),
    Start: number(2),
    DatabaseServer: text("SQL01"),
    DatabaseName: text("FIMService"),
    SynchronizationAccount: text("CONTOSO\\svcMIMSync"),
    PollExchangeEnabled: number(1),
  },
  [`HKU\\${sid}\\SOFTWARE\\Microsoft\\Forefront Identity Manager\\2010\\Service`]: {},
};

/**
 * A practice server as it is before the first lesson: MIM 4.6.607.0 on Windows Server 2022, mail through SMTP, TLS 1.0
 * and 1.1 on by default, .NET 2.x without strong cryptography, Event 12 in its log. Its times lie before `now`:
 * Windows started three days ago, the service five minutes later.
 */
export function newPracticeState(now: Date): PracticeState {
  const minute = 60_000;
  // Whole seconds: nobody wants to read more.
  const second = Math.floor(now.getTime() / 1000) * 1000;
  const windowsStart = second - 3 * 24 * 60 * minute;
  const at = (moment: number): string => new Date(moment).toISOString().replace(".000Z", "Z");
  const event = (moment: number): PracticeState["events"][number] => ({
    log: "Application",
    provider: "Microsoft.ResourceManagement.ServiceHealthSource",
    id: 12,
    level: "Error",
    at: at(moment),
    text: "The Forefront Identity Manager Service cannot connect to the Exchange Web Service.",
  });
  let registry: PracticeState["registry"] = {};
  for (const [key, values] of Object.entries(keys)) {
    registry = withKey(registry, key);
    registry = { ...registry, [key]: { ...values } };
  }
  return {
    format: "mim-mail-practice-server",
    version: 1,
    createdAt: now.toISOString(),
    computer: "MIM01",
    windows: { caption: "Windows Server 2022 Standard", build: "10.0.20348", startedAt: at(windowsStart) },
    registry,
    services: { FIMService: { state: "present", status: "running", startedAt: at(windowsStart + 5 * minute) } },
    files: {
      [executable]: { state: "present", version: build },
      [`${executable}.config`]: { state: "present", version: null },
      [cachedPackage]: { state: "present", version: null },
      [installSource]: { state: "present", version: null },
    },
    texts: { [`${executable}.config`]: { state: "present", text: config } },
    accounts: { [account]: sid },
    events: [event(windowsStart + 7 * minute), event(second - 50 * minute)],
    installerRuns: [],
    cloud: null,
    updates: null,
    failNext: null,
    faults: [],
    newDatabase: false,
    notification: null,
  };
}
