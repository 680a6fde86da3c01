import { mimServiceKey, serviceKey } from "../../../electron/facts/service.ts";
import type { Recording, RegistryKey, RegistryValue } from "../../../electron/recording/recording.ts";

const hive = /^HKU\\/;

/** The same server with what is seldom seen: other types and texts, secrets in clear, what is closed, stopped, undone. */
export function oddServer(recording: Recording): Recording {
  const with_ = (key: string, values: Readonly<Record<string, RegistryValue>>): Record<string, RegistryKey> => {
    const found = recording.registry[key];
    return { [key]: { state: "present", values: { ...(found?.state === "present" ? found.values : {}), ...values } } };
  };
  const protocols = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols";
  const software = "HKLM\\SOFTWARE\\Microsoft";
  const [named = ""] = Object.keys(recording.files);
  // Neither quotes nor anything after it, blanks in its path, and a variable, under which it is recorded.
  const program = named.replace("C:\\Program Files", "%ProgramFiles%");
  const [change] = recording.journal;
  const changes = change?.changes ?? [];
  const entry = (id: string, kind: "apply" | "undo", of: string | null, minute: number) => {
    const at = (second: number) => `2026-11-21T18:${minute}:0${second}Z`;
    return { id, kind, of, startedAt: at(0), endedAt: at(4), state: "applied", reason: null, changes };
  };
  return {
    ...recording,
    computer: "Mim-Zw\u00f6lf",
    registry: {
      ...recording.registry,
      ...with_(`${protocols}\\TLS 1.0\\Client`, {
        Enabled: { type: "REG_DWORD", data: 0xffff_ffff },
        DisabledByDefault: { type: "REG_SZ", data: "\u2018\u2603\u2019 $x `n" },
      }),
      ...with_(`${protocols}\\TLS 1.1\\Server`, {
        Enabled: { type: "REG_BINARY", data: "01000000" },
        DisabledByDefault: { type: "REG_MULTI_SZ", data: ["1"] },
      }),
      ...with_(`${software}\\.NETFramework\\v2.0.50727`, {
        SchUseStrongCrypto: { type: "REG_QWORD", data: "18446744073709551615" },
        SystemDefaultTlsVersions: { type: "REG_QWORD", data: 1 },
        "": { type: "REG_SZ", data: "the default one" },
      }),
      ...with_(mimServiceKey, {
        EncryptedExchangeOnlineClientSecret: { type: "REG_SZ", redacted: true, looksEncrypted: false },
        ExchangeOnlineTenantID: { type: "REG_EXPAND_SZ", data: "%TENANT%" },
      }),
      ...with_(serviceKey, {
        ImagePath: { type: "REG_EXPAND_SZ", data: program },
        DependOnService: { type: "REG_MULTI_SZ", data: ["HTTP", "\u00fc"] },
        FailureActions: { type: "REG_BINARY", data: "00ff" },
        Nothing: { type: "REG_NONE", data: "" },
        PollExchangeEnabled: { type: "REG_SZ", data: "0" },
        Empty: { type: "REG_MULTI_SZ", data: [] },
      }),
      ...Object.fromEntries(
        Object.keys(recording.registry)
          .filter((key) => hive.test(key))
          .map((key) => [key, { state: "unreadable", reason: "the account's hive is not loaded" }]),
      ),
    },
    services: {
      ...recording.services,
      FIMService: { state: "present", status: "stopped", startedAt: null },
      MIMKeyProtectService: { state: "present", status: "start pending", startedAt: null },
    },
    files: Object.fromEntries(
      Object.entries(recording.files).map(([path, file]) => [
        path === named ? program : path,
        path.endsWith(".msi") ? { state: "absent" } : file,
      ]),
    ),
    texts: {
      [`${program}.config`]: {
        state: "present",
        text: `<configuration><appSettings><add key="mailServer" value="https://outlook.office365.com/EWS/Exchange.asmx"/>
          <add key="isExchange" value="1"/><add key="sendAsAddress" value="zw\u00f6lf@contoso.com"/>
          <add key="smtpPassword" value="hunter2"/></appSettings></configuration>`,
      },
    },
    events: {
      state: "present",
      from: recording.events?.state === "present" ? recording.events.from : null,
      items: [
        {
          log: "Forefront Identity Manager",
          provider: "Forefront Identity Manager Service",
          id: 3,
          level: "Warning",
          at: "2026-11-22T09:10:01Z",
          text: 'The mail of <a password="hunter2"> was not sent\n\u2026 \u2603',
        },
      ],
    },
    updates: { state: "present", items: ["KB5041974", "KB5043124"] },
    journal: [
      entry("2026-11-21-1840", "apply", null, 40),
      entry("2026-11-21-1841", "undo", "2026-11-21-1840", 41),
      entry("2026-11-21-1842", "undo", "2026-11-21-1841", 42),
    ].map((one) => ({
      ...one,
      state: one.id.endsWith("41") ? "undone" : "applied",
      // Journals of earlier builds do not say who made them.
      ...(one.kind === "apply" ? { by: "CONTOSO\\j\u00f6rg" } : {}),
    })),
    installerRuns: recording.installerRuns.map((run) => ({ ...run, exitCode: 1603, firstFailure: "CA_\u00fc" })),
  };
}
