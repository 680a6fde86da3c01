import { judge } from "../../../electron/checklist/judge.ts";
import type { Finding, FindingId } from "../../../electron/contract/checklist.ts";
import type { Status } from "../../../electron/contract/status.ts";
import { type Target, targetSchema } from "../../../electron/contract/target.ts";
import { fixedKeys } from "../../../electron/facts/addresses.ts";
import type { Recording, RegistryKey, RegistryValue } from "../../../electron/recording/recording.ts";

export const uninstall64 = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall";
export const uninstall32 = "HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall";
export const productCode = "{0B6E4C5A-1D2F-4A3B-8C4D-5E6F708192A3}";
export const productKey = `${uninstall64}\\${productCode}`;
export const installProperties =
  "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer\\UserData\\S-1-5-18\\Products\\A5C4E6B0F2D1B3A4C8D4E5F60718293A\\InstallProperties";
export const serviceKey = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\FIMService";
export const mailKey = "HKLM\\SOFTWARE\\Microsoft\\Forefront Identity Manager\\2010\\Service";
export const executable = "C:\\MIM\\2010\\Service\\Microsoft.ResourceManagement.Service.exe";
export const config = `${executable}.config`;
export const cachedPackage = "C:\\Windows\\Installer\\1a2b3c.msi";
export const account = "CONTOSO\\svcMIMService";
export const sid = "S-1-5-21-1-2-3-1104";
export const hiveKey = `HKU\\${sid}\\SOFTWARE\\Microsoft\\Forefront Identity Manager\\2010\\Service`;
export const sessionManager = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager";
export const rebootPending =
  "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending";
export const rebootRequired =
  "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired";
export const applicationId = "6a1f4b52-0c3d-4e5f-8a9b-0c1d2e3f4a5b";
export const tenantId = "9b8c7d6e-5f4a-4b3c-9d2e-1f0a9b8c7d6e";
export const protocols = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols";
export const today = "2026-11-23";

export const text = (data: string): RegistryValue => ({ type: "REG_SZ", data });
export const number = (data: number): RegistryValue => ({ type: "REG_DWORD", data });
export const present = (values: Record<string, RegistryValue> = {}): RegistryKey => ({ state: "present", values });
export const absent: { state: "absent" } = { state: "absent" };
export const unreadable: { state: "unreadable"; reason: string } = { state: "unreadable", reason: "access denied" };
export const secret = (looksEncrypted: boolean): RegistryValue => ({ type: "REG_SZ", redacted: true, looksEncrypted });

const net = (view: string, version: string): string => `HKLM\\SOFTWARE\\${view}Microsoft\\.NETFramework\\${version}`;
export const netKeys = {
  "v2.64": net("", "v2.0.50727"),
  "v2.32": net("WOW6432Node\\", "v2.0.50727"),
  "v4.64": net("", "v4.0.30319"),
  "v4.32": net("WOW6432Node\\", "v4.0.30319"),
};

/** A server on which everything is as wanted; each test takes one thing away from it. */
export function goodServer(): Recording {
  const strong = present({ SchUseStrongCrypto: number(1), SystemDefaultTlsVersions: number(1) });
  const off = present({ Enabled: number(0), DisabledByDefault: number(1) });
  const on = present({ Enabled: number(1), DisabledByDefault: number(0) });
  return {
    format: "mim-mail-recording",
    version: 1,
    recordedAt: "2026-11-23T10:00:00Z",
    computer: "MIM01",
    windows: { caption: "Windows Server 2022 Standard", build: "10.0.20348", startedAt: "2026-11-20T04:00:00Z" },
    registry: {
      // What is not set below is not there.
      ...Object.fromEntries(fixedKeys.map((key) => [key, absent])),
      [uninstall64]: present(),
      [uninstall32]: present(),
      [productKey]: present({
        DisplayName: text("Microsoft Identity Manager Service and Portal"),
        DisplayVersion: text("4.6.34.0"),
        UninstallString: text(`MsiExec.exe /I${productCode}`),
        InstallSource: text("C:\\Media\\MIM\\"),
      }),
      [installProperties]: present({ LocalPackage: text(cachedPackage) }),
      [serviceKey]: present({
        ImagePath: text(`"${executable}" -service`),
        ObjectName: text(account),
        PollExchangeEnabled: number(1),
      }),
      [mailKey]: present({
        Location: text("C:\\MIM\\2010\\"),
        ExchangeOnlineApplicationID: text(applicationId),
        ExchangeOnlineTenantID: text(tenantId),
        EncryptedExchangeOnlineClientSecret: secret(true),
      }),
      [`${protocols}\\TLS 1.0\\Client`]: off,
      [`${protocols}\\TLS 1.0\\Server`]: off,
      [`${protocols}\\TLS 1.1\\Client`]: off,
      [`${protocols}\\TLS 1.1\\Server`]: off,
      [`${protocols}\\TLS 1.2\\Client`]: on,
      [`${protocols}\\TLS 1.2\\Server`]: on,
      [netKeys["v2.64"]]: strong,
      [netKeys["v2.32"]]: strong,
      [netKeys["v4.64"]]: strong,
      [netKeys["v4.32"]]: strong,
      [rebootPending]: absent,
      [rebootRequired]: absent,
      [sessionManager]: present(),
      [hiveKey]: present({ AccessToken: secret(true) }),
    },
    services: {
      FIMService: { state: "present", status: "running", startedAt: "2026-11-22T08:00:00Z" },
      MIMKeyProtectService: { state: "absent" },
    },
    files: {
      [executable]: { state: "present", version: "4.6.673.0" },
      [cachedPackage]: { state: "present" },
      "C:\\Media\\MIM": { state: "present" },
    },
    texts: {
      [config]: {
        state: "present",
        text: '<configuration><appSettings><add key="mailServer" value="outlook.office365.com"/></appSettings></configuration>',
      },
    },
    accounts: { [account]: { state: "present", sid } },
    events: { state: "present", from: "2026-11-16T10:00:00Z", items: [] },
    journal: [],
    installerRuns: [],
    cloud: { at: "2026-11-22T07:00:00Z", signIn: { ok: true }, roles: ["full_access_as_app"], ews: { ok: true } },
  };
}

/** The target the good server fulfils. */
export const goodTarget: Target = targetSchema.parse({
  applicationId,
  tenantId,
  secretExpires: "2027-11-01",
  serviceAccount: account,
  serviceEmail: "mim@contoso.com",
  backupConfirmed: true,
  mailConfirmed: "2026-11-22",
});

type Changes<Value> = { [Key in keyof Value]?: Value[Key] | undefined };

export interface CaseInput {
  /** Changes the good server before it is judged. */
  readonly server?: (recording: Recording) => void;
  readonly target?: Changes<Target>;
  readonly today?: string;
  readonly elevated?: boolean | null;
}

/** The finding that the rules give for the good server with some changes. */
export function findingOf(id: FindingId, input: CaseInput = {}): Finding {
  const recording = goodServer();
  input.server?.(recording);
  const wanted: Record<string, unknown> = { ...goodTarget, ...input.target };
  for (const [name, value] of Object.entries(wanted)) if (value === undefined) delete wanted[name];
  const checklist = judge({
    recording,
    target: targetSchema.parse(wanted),
    today: input.today ?? today,
    server: { name: "a.json", ...(input.elevated === undefined ? {} : { elevated: input.elevated }) },
  });
  const finding = checklist.steps.flatMap(({ findings }) => findings).find((one) => one.id === id);
  if (finding === undefined) throw new Error(`no finding ${id}`);
  return finding;
}

/** One row of a table of outcomes: what is different, the status it gives, and words the finding must say. */
export type Row = readonly [situation: string, input: CaseInput, status: Status, says?: RegExp];

/** Everything a finding says, for a test to look in. */
export function wordsOf(finding: Finding): string {
  return [finding.actual, finding.expected, ...finding.advice].join("\n");
}

/** Sets values of a key, or takes them away with undefined. */
export function setValues(
  recording: Recording,
  path: string,
  values: Readonly<Record<string, RegistryValue | undefined>>,
): void {
  const key = recording.registry[path];
  const kept = key?.state === "present" ? { ...key.values } : {};
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) delete kept[name];
    else kept[name] = value;
  }
  recording.registry[path] = present(kept);
}

/** Puts a key in another state; undefined makes it not recorded. */
export function setKey(recording: Recording, path: string, key: RegistryKey | undefined): void {
  if (key === undefined) delete recording.registry[path];
  else recording.registry[path] = key;
}
