import { readFileSync } from "node:fs";
import type { FindingId } from "../../../electron/contract/checklist.ts";
import type { Status } from "../../../electron/contract/status.ts";
import type { Target } from "../../../electron/contract/target.ts";
import { suiteOrderKeys } from "../../../electron/facts/cipher-suites.ts";
import { fipsKey } from "../../../electron/facts/service-settings.ts";
import { readRecording } from "../../../electron/recording/read-recording.ts";
import type { Recording, RegistryValue } from "../../../electron/recording/recording.ts";
import { mailKey, serviceKey, setValues } from "./server-case.ts";

/** What shows that a report leads to its cure: a finding over the patched recording, or what an installer's log gives. */
export type ReportProof =
  | {
      readonly finding: FindingId;
      /** Changes the practice recording *configured*. */
      readonly server?: (recording: Recording) => void;
      /** Changes its target; undefined takes a field away. */
      readonly target?: { readonly [Field in keyof Target]?: Target[Field] | undefined };
      readonly today?: string;
      readonly status: Status;
      /** What its text and its advice must hold. */
      readonly words: RegExp;
      /** What they must not. */
      readonly never?: RegExp;
    }
  | { readonly log: readonly string[]; readonly words: RegExp };

/** A problem that someone told in public, and what the assistant makes of it. */
export interface PublicReport {
  readonly number: number;
  readonly reported: string;
  readonly says: string;
  readonly source: string;
  readonly proofs: readonly ReportProof[];
}

/** The day the reports were tried. */
export const reportsToday = "2026-11-26";

/** The practice recording *configured*, on which everything is as wanted. */
export function configured(): Recording {
  return readRecording(readFileSync("assets/practice/configured.json"), "configured.json");
}

const word = (data: number): RegistryValue => ({ type: "REG_DWORD", data });

/** The answer of the last check of the cloud. */
const answered =
  (error: string, roles: readonly string[] = ["full_access_as_app"], at = "2026-11-25T10:00:00Z") =>
  (recording: Recording): void => {
    recording.cloud = { at, signIn: { ok: true }, roles: [...roles], ews: { ok: false, error } };
  };

const signInFailed = (error: string) => (recording: Recording) => {
  recording.cloud = { at: "2026-11-25T10:00:00Z", signIn: { ok: false, error }, roles: null, ews: null };
};

const polls = (data: number | undefined) => (recording: Recording) =>
  setValues(recording, serviceKey, { PollExchangeEnabled: data === undefined ? undefined : word(data) });

/** The settings of the service's configuration file. */
const configuration =
  (settings: Readonly<Record<string, string>>) =>
  (recording: Recording): void => {
    const [path = ""] = Object.keys(recording.texts);
    const added = Object.entries(settings).map(([key, value]) => `<add key="${key}" value="${value}"/><!-- set -->`);
    const text = `<configuration><appSettings>${added.join("")}</appSettings></configuration>`;
    recording.texts[path] = { state: "present", text };
  };

/** An error that MIM logged after its service's last start, which the log reaches back to. */
const erred =
  (text: string, stopped = false) =>
  (recording: Recording): void => {
    const item = { log: "Application", provider: "Microsoft.ResourceManagement", id: 3, level: "Error", text };
    recording.events = {
      state: "present",
      from: "2026-01-01T00:00:00Z",
      items: [{ ...item, at: recording.recordedAt }],
    };
    if (stopped) recording.services["FIMService"] = { state: "present", status: "stopped" };
  };

const tokenGone = (recording: Recording): void => {
  for (const path of Object.keys(recording.registry)) {
    if (path.startsWith("HKU\\")) recording.registry[path] = { state: "absent" };
  }
};

const set = (path: string, name: string, value: RegistryValue) => (recording: Recording) =>
  setValues(recording, path, { [name]: value });

const build =
  (version: string, caption = "Windows Server 2022 Standard") =>
  (recording: Recording): void => {
    for (const path of Object.keys(recording.files)) {
      if (path.endsWith(".exe")) recording.files[path] = { state: "present", version };
    }
    recording.windows = { ...recording.windows, caption };
  };

const net =
  (bits: "64" | "32", version: "v2.0.50727" | "v4.0.30319", data: number | undefined) =>
  (recording: Recording): void => {
    const key = `HKLM\\SOFTWARE\\${bits === "64" ? "" : "WOW6432Node\\"}Microsoft\\.NETFramework\\${version}`;
    const value = data === undefined ? undefined : word(data);
    setValues(recording, key, { SchUseStrongCrypto: value, SystemDefaultTlsVersions: value });
  };

const protocol =
  (version: string, side: "Client" | "Server", values: Readonly<Record<string, RegistryValue>>) =>
  (recording: Recording): void =>
    setValues(
      recording,
      `HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS ${version}\\${side}`,
      values,
    );

const product = "{5A7CB0A3-7AA2-4F36-8D77-3B0E4A6C1F52}";
const smtp = {
  mailServer: "smtp",
  authentication: "integrated",
  applicationId: undefined,
  tenantId: undefined,
} as const;

const failedLog = (action: string, ...said: readonly string[]): readonly string[] => [
  "=== Verbose logging started: 1/2/2026  10:00:00  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\\Windows\\system32\\msiexec.exe ===",
  "Action start 10:00:00: INSTALL.",
  "Action start 10:00:02: InstallExecute.",
  ...said,
  `CustomAction ${action} returned actual error code 1603 (note this may not be 100% accurate if translation happened inside sandbox)`,
  "Action ended 10:00:31: InstallExecute. Return value 3.",
  "Action ended 10:00:31: INSTALL. Return value 3.",
  "MSI (s) (88:1C) [10:00:34:123]: MainEngineThread is returning 1603",
];

/**
 * The reports, by the number under which they were collected. Each is told in our words; its proofs run in
 * public-reports.test.ts, and docs/known-problems.md is made from it.
 */
export const publicReports: readonly PublicReport[] = [
  {
    number: 1,
    reported: "Since October 2026 Exchange Online refuses EWS with 403 and the header X-EWS-Policy-Reason.",
    says: "What the header says: EWS is switched off, or blocked by the list of application IDs or a policy of user agents, for the organisation or the mailbox; each with its commands. A 403 without a reason is most likely the allow list, and said as likely.",
    source: "Microsoft Learn: How to control access to EWS in Exchange",
    proofs: [
      {
        finding: "exchange.allowList",
        server: answered("ews.disabled: X-EWS-Policy-Reason: EWS is disabled for this user or tenant (HTTP 403)"),
        status: "action",
        words: /switched off for the organisation or for this mailbox[\s\S]*Set-CASMailbox/,
      },
      {
        finding: "exchange.allowList",
        server: answered(
          "ews.forbidden: X-EWS-Policy-Reason: EWS is blocked by policy for this user or tenant (HTTP 403)",
        ),
        status: "action",
        words: /list of application IDs or a policy of user agents[\s\S]*EwsAllowedAppIDs/,
      },
      {
        finding: "exchange.allowList",
        server: answered("ews.forbidden: HTTP 403"),
        status: "action",
        words: /most likely the allow list/,
      },
      {
        finding: "exchange.allowList",
        server: answered("ews.notOnAllowList: x (HTTP 403)"),
        status: "action",
        words: /refused EWS by policy/,
        never: /Confirmed by you/,
      },
    ],
  },
  {
    number: 2,
    reported: "The application is on the list and still gets 403: a policy of user agents must let it pass as well.",
    says: "The commands read EwsApplicationAccessPolicy, EwsAllowList and EwsBlockList of the organisation and of the mailbox, and say what each has to hold.",
    source: "Microsoft Learn: How to control access to EWS in Exchange; several administrators",
    proofs: [
      {
        finding: "exchange.allowList",
        server: answered("ews.blockedByPolicy: X-EWS-Policy-Reason: EWS is blocked by policy for this user or tenant"),
        status: "action",
        words:
          /EnforceAllowList[\s\S]*EnforceBlockList[\s\S]*Get-OrganizationConfig .*EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList[\s\S]*Get-CASMailbox .*EwsApplicationAccessPolicy/,
      },
    ],
  },
  {
    number: 3,
    reported: "EwsEnabled has to be True and the application on the list; writing the list replaces it.",
    says: "Both, with the command that reads first and keeps every ID that was there.",
    source: "Pull requests and issues of public projects that use EWS",
    proofs: [
      {
        finding: "exchange.allowList",
        server: (recording) => {
          recording.cloud = null;
        },
        target: { allowListConfirmed: undefined },
        status: "pending",
        words: /EwsEnabled is True and EwsAllowedAppIDs[\s\S]*replaces the whole list\. Keep every ID/,
      },
    ],
  },
  {
    number: 4,
    reported:
      "Replies by which people approve are not processed: PollExchangeEnabled is 0 or missing after the installation.",
    says: "Approvals by mail are not read; set the value to 1 on the one server that shall read the mailbox, and restart the service.",
    source: "Microsoft Learn: Install the MIM Service and Portal; MIM with group Managed Service Accounts",
    proofs: [
      {
        finding: "server.pollExchange",
        server: polls(0),
        status: "attention",
        words: /approvals by mail are not read/,
      },
      {
        finding: "server.pollExchange",
        server: polls(undefined),
        status: "attention",
        words: /not set: approvals by mail are not read[\s\S]*one MIM Service server/,
      },
      { finding: "server.pollExchange", server: polls(0), target: smtp, status: "notApplicable", words: /no replies/ },
    ],
  },
  {
    number: 5,
    reported: "A hotfix fails while the service polls with a managed account or Basic; it asks for 0 meanwhile.",
    says: "Set it to 0, install, set it back to 1; and after the hotfix, that a 0 which is left is to be set back.",
    source: "Microsoft Learn: MIM version release history, 4.6.421.0",
    proofs: [
      {
        finding: "server.pollExchange",
        server: (recording) => {
          build("4.6.355.0")(recording);
          setValues(recording, serviceKey, { ObjectName: { type: "REG_SZ", data: "CONTOSO\\gmsaMIM$" } });
        },
        status: "attention",
        words: /to 0[\s\S]*Install the hotfix[\s\S]*back to 1/,
      },
      { finding: "server.pollExchange", server: polls(0), status: "attention", words: /set it back to 1/ },
    ],
  },
  {
    number: 6,
    reported: "A hotfix cleared the mail values in the registry.",
    says: "Which values are missing, and that a hotfix can clear them.",
    source: "An administrator's blog on MIM 2016 SP1 and Exchange Online",
    proofs: [
      {
        finding: "mail.authentication",
        server: (recording) => setValues(recording, mailKey, { ExchangeOnlineTenantID: undefined }),
        status: "action",
        words: /ExchangeOnlineTenantID missing[\s\S]*hotfix can clear/,
      },
    ],
  },
  {
    number: 7,
    reported: "Mail goes through a relay or one of Microsoft's SMTP hosts instead of Exchange.",
    says: "SMTP, for Microsoft's SMTP hosts and for any host that is marked as no Exchange.",
    source: "TechNet wiki; administrators' blogs",
    proofs: [
      "contoso-com.mail.protection.outlook.com",
      "smtp.office365.com",
      "pod51234.outlook.com",
      "localhost",
    ].flatMap((mailServer): ReportProof[] => {
      const server = configuration({ mailServer, isExchange: "0" });
      return [
        { finding: "mail.serverType", server, target: smtp, status: "done", words: /^SMTP/ },
        { finding: "mail.authentication", server, target: smtp, status: "done", words: /Integrated Windows/ },
        { finding: "mail.serverType", server, status: "action", words: /^SMTP/ },
      ];
    }),
  },
  {
    number: 8,
    reported: "A service's configuration with the address of an Exchange Server, comments, and isExchange 1.",
    says: "Exchange Server.",
    source: "A published configuration file",
    proofs: [
      {
        finding: "mail.serverType",
        server: configuration({ mailServer: "https://mail.contoso.com/ews/exchange.asmx", isExchange: "1" }),
        target: { mailServer: "exchange", authentication: "integrated" },
        status: "done",
        words: /Exchange Server 2013 or later/,
      },
    ],
  },
  {
    number: 9,
    reported: "The application may open only the mailboxes of a group, and the service's is not in it.",
    says: "An Application Access Policy keeps the application out, where the token holds full_access_as_app: read the policies, test the mailbox, add it to the group, and wait. Without that role, the scope of RBAC for Applications.",
    source: "Exchange team's blog; Microsoft's set-up script for MIM; an issue of a public project",
    proofs: [
      {
        finding: "exchange.mailbox",
        server: answered("ews.outsideScope: ErrorAccessDenied: Access is denied. (HTTP 500)"),
        target: { mailboxConfirmed: undefined },
        status: "action",
        words: /Get-ApplicationAccessPolicy[\s\S]*Test-ApplicationAccessPolicy[\s\S]*group[\s\S]*an hour or more/,
        never: /EWS\.AccessAsApp/,
      },
      {
        finding: "azure.ews",
        server: answered("ews.outsideScope: ErrorAccessDenied: Access is denied. (HTTP 500)", []),
        status: "action",
        words: /EWS\.AccessAsApp/,
        never: /Access Policy/,
      },
    ],
  },
  {
    number: 10,
    reported: "403, and full_access_as_app was never granted.",
    says: "The token's roles, and to grant the permission with admin consent.",
    source: "An issue of a public script collection",
    proofs: [
      {
        finding: "azure.role",
        server: answered("ews.forbidden: HTTP 403", ["Mail.Read"]),
        status: "action",
        words: /Mail\.Read[\s\S]*full_access_as_app[\s\S]*admin consent/,
      },
    ],
  },
  {
    number: 11,
    reported: "“The SMTP address has no mailbox associated with it.”",
    says: "No mailbox at that address, or no licence; where to look.",
    source: "A vendor's support pages",
    proofs: [
      {
        finding: "exchange.mailbox",
        server: answered("ews.noMailbox: ErrorNonExistentMailbox: The SMTP address has no mailbox associated with it."),
        status: "action",
        words: /no mailbox[\s\S]*Get-EXOMailbox[\s\S]*licence/,
      },
    ],
  },
  {
    number: 12,
    reported: "“The underlying connection was closed: An unexpected error occurred on a send.”",
    says: "An error of the mail, with its cause: the other side refused the TLS offered.",
    source: "Issues of public EWS programs",
    proofs: [
      {
        finding: "verify.events",
        server: erred(
          "Microsoft.Exchange.WebServices.Data.ServiceRequestException: The request failed. The underlying connection was closed: An unexpected error occurred on a send.",
        ),
        status: "action",
        words: /TLS/,
      },
    ],
  },
  {
    number: 13,
    reported: "AADSTS1002016: TLS 1.0, TLS 1.1 or 3DES was used.",
    says: "TLS, the values of .NET 2.x above all.",
    source: "Microsoft's troubleshooting pages for Entra",
    proofs: [
      {
        finding: "azure.signIn",
        server: signInFailed("AADSTS1002016"),
        status: "action",
        words: /TLS 1\.0, TLS 1\.1 or 3DES[\s\S]*\.NET 2\.x/,
      },
    ],
  },
  {
    number: 14,
    reported: "AADSTS7000229: the enterprise application is missing in the tenant.",
    says: "Grant admin consent, which makes it, or create it; check the tenant.",
    source: "Many public uses of the code",
    proofs: [
      {
        finding: "azure.signIn",
        server: signInFailed("AADSTS7000229"),
        status: "action",
        words: /no service principal[\s\S]*admin consent/,
      },
    ],
  },
  {
    number: 15,
    reported: "AADSTS 700016, 7000215, 7000222, 90002, 900023, 53003, 500011.",
    says: "Each with its cause and cure.",
    source: "Microsoft Learn: Microsoft Entra authentication and authorization error codes",
    proofs: (
      [
        ["700016", /no application with that ID/],
        ["7000215", /Value, not its Secret ID/],
        ["7000222", /expired/],
        ["90002", /tenant was not found/],
        ["900023", /malformed/],
        ["53003", /Conditional Access/],
        ["500011", /no Exchange Online/],
      ] as const
    ).map(([code, words]) => ({
      finding: "azure.signIn" as const,
      server: signInFailed(`AADSTS${code}`),
      status: "action" as const,
      words,
    })),
  },
  {
    number: 16,
    reported: "AADSTS50034: a user name of another directory.",
    says: "A person's sign-in, not the application's: who signed in, and with which account.",
    source: "Microsoft Learn: Microsoft Entra authentication and authorization error codes",
    proofs: [
      {
        finding: "azure.signIn",
        server: signInFailed("AADSTS50034"),
        status: "action",
        words: /person's sign-in, not the application's/,
      },
    ],
  },
  {
    number: 17,
    reported: "Every TLS value is set on Windows Server 2012 R2, and mail still fails.",
    says: "The update by which .NET Framework 3.5 looks at them.",
    source: "Microsoft support 3154519 and 3154520",
    proofs: (["tls.dotnet.update", "verify.token"] as const).map((finding) => ({
      finding,
      server: (recording) => {
        tokenGone(recording);
        recording.windows = { ...recording.windows, caption: "Windows Server 2012 R2 Standard", build: "6.3.9600" };
        recording.updates = { state: "present", items: [] };
      },
      status: "action",
      words: /KB3154520/,
      never: /Solve TLS first/,
    })),
  },
  {
    number: 18,
    reported: "Every TLS value is set, and no cipher suite is left in common.",
    says: "Which order or which switch leaves none that Microsoft's hosts take.",
    source: "An issue of a public documentation",
    proofs: (["tls.ciphers", "verify.token"] as const).map((finding) => ({
      finding,
      server: (recording) => {
        tokenGone(recording);
        set(suiteOrderKeys.policy, "Functions", { type: "REG_SZ", data: "TLS_RSA_WITH_AES_128_CBC_SHA" })(recording);
      },
      status: "action",
      words: /None is left/,
      never: /Solve TLS first/,
    })),
  },
  {
    number: 19,
    reported: "The service does not start after TLS 1.0 was turned off.",
    says: "SQL Server's clients with their versions, SQL Server, the certificate; how to undo TLS 1.0 alone.",
    source: "Microsoft's archive and support 3135244",
    proofs: [
      {
        finding: "verify.service",
        server: erred("The client and server cannot communicate, because they do not possess a common algorithm", true),
        status: "action",
        words: /SQL Server Native Client[\s\S]*certificate[\s\S]*undo TLS 1\.0 alone/,
      },
      {
        finding: "verify.events",
        server: erred("they do not possess a common algorithm", true),
        status: "unknown",
        words: /not running/,
      },
    ],
  },
  {
    number: 20,
    reported: "The installer fails with 1603 while SharePoint deploys or retracts a solution.",
    says: "The lines the custom action wrote; and before Change mode, that SharePoint's solutions are to be idle.",
    source: "TechNet wiki",
    proofs: [
      {
        log: failedLog(
          "PatchRemoveFIMPWDPortal",
          'CAQuietExec:  A deployment or retraction is already under way for the solution "ilmpasswordportal.wsp".',
        ),
        words: /deployment or retraction is already under way/,
      },
      {
        finding: "change.run",
        server: (recording) => {
          recording.installerRuns = [];
          setValues(recording, mailKey, { ExchangeOnlineTenantID: undefined });
        },
        status: "pending",
        words: /Have at hand[\s\S]*solutions idle/,
      },
    ],
  },
  {
    number: 21,
    reported: "The installer fails with 1603: “Attempted to perform an unauthorized operation”.",
    says: "The lines the custom action wrote.",
    source: "TechNet wiki",
    proofs: [
      {
        log: failedLog("ConfigureService", "CAQuietExec:  Attempted to perform an unauthorized operation."),
        words: /unauthorized operation/,
      },
    ],
  },
  {
    number: 22,
    reported: "The installer fails where the database server is written with a port.",
    says: "The port, and to use an alias.",
    source: "A public weblog",
    proofs: [
      {
        finding: "server.database",
        server: set(serviceKey, "DatabaseServer", { type: "REG_SZ", data: "SQL01,14330" }),
        status: "attention",
        words: /14330[\s\S]*alias/,
      },
    ],
  },
  {
    number: 23,
    reported: "MIMKeyProtectService was left behind, and the installer fails.",
    says: "The service, and to delete it before Change mode.",
    source: "Microsoft's page of the script for group Managed Service Accounts",
    proofs: [
      {
        finding: "server.keyProtect",
        server: (recording) => {
          recording.services["MIMKeyProtectService"] = { state: "present", status: "stopped" };
        },
        status: "attention",
        words: /MIMKeyProtectService[\s\S]*sc\.exe delete/,
      },
    ],
  },
  {
    number: 24,
    reported: "The media cannot be had, and the values were written by a script as the service account.",
    says: "Where the cached package is missing: what to have, and, as told by one administrator, how it went without; that Microsoft describes it for passwords alone, and that a token is the proof.",
    source: "A consultancy's blog: MIM 2016 SP2, credentials without the installation disc",
    proofs: [
      {
        finding: "server.media",
        server: (recording) => {
          recording.files["C:\\Windows\\Installer\\1f3c27.msi"] = { state: "absent" };
        },
        status: "action",
        words: /Insert Disk[\s\S]*runs as the service account[\s\S]*for passwords, not for an application/,
        never: /cannot be written/,
      },
    ],
  },
  {
    number: 25,
    reported: "Only the 64-bit values of .NET were set, or only those of version 4.",
    says: "All are judged one by one; the 64-bit values of .NET 2.x are marked as those that decide.",
    source: "Issues of Microsoft's documentation and of a DSC resource",
    proofs: [
      { finding: "tls.dotnet.v2.64", server: net("64", "v2.0.50727", undefined), status: "action", words: /mail/i },
      { finding: "tls.dotnet.v2.32", server: net("32", "v2.0.50727", 0), status: "action", words: /./ },
      { finding: "tls.dotnet.v4.32", server: net("32", "v4.0.30319", undefined), status: "action", words: /./ },
    ],
  },
  {
    number: 26,
    reported: "A tool wrote 0xffffffff for “enabled”.",
    says: "On, like 1.",
    source: "Issues of two public audit tools",
    proofs: [
      {
        finding: "tls.1.2.client",
        server: protocol("1.2", "Client", { Enabled: word(0xffff_ffff) }),
        status: "done",
        words: /./,
      },
    ],
  },
  {
    number: 27,
    reported: "The UninstallString of the registry says /X.",
    says: "It is never run; the command says /I with the product code.",
    source: "azurecloudai.blog: MIM Portal and Application Context Authentication",
    proofs: [
      {
        finding: "change.command",
        server: (recording) =>
          setValues(recording, `HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\${product}`, {
            UninstallString: { type: "REG_SZ", data: `MsiExec.exe /X${product}` },
          }),
        status: "attention",
        words: /\/I\{5A7CB0A3[\s\S]*\/X, which uninstalls/,
      },
    ],
  },
  {
    number: 28,
    reported: "Service Pack 3 is out: from 4.6.673.0 only, on Windows Server 2019 and 2022, with .NET 4.8.",
    says: "That, and that no source says it sends without EWS; on Windows Server 2016 that it cannot be put there.",
    source: "The release of KB5085154 and what was written of it",
    proofs: [
      { finding: "server.build", status: "done", words: /from 4\.6\.673\.0 only[\s\S]*without EWS/ },
      { finding: "server.build", server: build("4.6.700.0"), status: "done", words: /Service Pack 3/ },
      {
        finding: "server.build",
        server: build("4.6.700.0", "Windows Server 2016 Standard"),
        status: "attention",
        words: /not supported on this Windows/,
      },
      {
        finding: "server.windows",
        server: build("4.6.673.0", "Windows Server 2016 Standard"),
        status: "done",
        words: /cannot be put on Windows Server 2016/,
      },
    ],
  },
  {
    number: 29,
    reported: "FIPS policy is on, and no notification goes out.",
    says: "enforceFIPSPolicy in the service's configuration.",
    source: "Microsoft's page on TLS 1.2 only for MIM",
    proofs: [
      {
        finding: "server.fips",
        server: set(fipsKey, "Enabled", word(1)),
        status: "attention",
        words: /enforceFIPSPolicy/,
      },
    ],
  },
];
