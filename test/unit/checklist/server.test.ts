import { outcomes } from "./outcomes.ts";
import {
  absent,
  type CaseInput,
  cachedPackage,
  executable,
  installProperties,
  mailKey,
  number,
  present,
  productCode,
  productKey,
  rebootPending,
  rebootRequired,
  secret,
  serviceKey,
  sessionManager,
  setKey,
  setValues,
  text,
  uninstall32,
  uninstall64,
  unreadable,
} from "./server-case.ts";

const caption = (value: string | null): CaseInput => ({
  server: (recording) => {
    recording.windows = value === null ? null : { caption: value };
  },
});

outcomes("server.windows", [
  ["Server 2016", caption("Microsoft Windows Server 2016 Datacenter"), "done"],
  ["Server 2019", caption("Windows Server 2019 Standard"), "done"],
  ["Server 2022", caption("Windows Server 2022 Standard"), "done"],
  ["Server 2012", caption("Windows Server 2012 Standard"), "attention"],
  ["Server 2012 R2", caption("Microsoft Windows Server 2012 R2 Standard"), "attention", /2012 R2/],
  ["Server 2025", caption("Windows Server 2025 Datacenter"), "attention", /disagree/],
  ["client Windows", caption("Microsoft Windows 11 Enterprise"), "attention", /Windows Server/],
  ["a version not known", caption("Windows Server 2031"), "unknown"],
  ["not recorded", caption(null), "unknown", /Not recorded/],
  [
    "unreadable",
    {
      server: (recording) => {
        recording.windows = { reason: "PowerShell is blocked" };
      },
    },
    "unknown",
    /PowerShell is blocked/,
  ],
]);

outcomes("server.elevation", [
  ["live and elevated", { elevated: true }, "done"],
  ["live and not elevated", { elevated: false }, "attention", /ask for elevation/],
  ["live and not known", { elevated: null }, "attention"],
  ["practice server or recording", {}, "notApplicable"],
]);

const named = (name: string, key = productKey): CaseInput => ({
  server: (recording) => {
    delete recording.registry[productKey];
    recording.registry[key] = present({
      DisplayName: text(name),
      UninstallString: text(`MsiExec.exe /I${productCode}`),
    });
  },
});

outcomes("server.product", [
  ["in the 64-bit view", {}, "done", /4\.6\.34\.0 \{0B6E4C5A.*64-bit/],
  [
    "in the 32-bit view",
    named("Microsoft Identity Manager Service and Portal", `${uninstall32}\\${productCode}`),
    "done",
    /32-bit/,
  ],
  ["with another case", named("MICROSOFT IDENTITY MANAGER SERVICE AND PORTAL"), "done"],
  ["none", named("7-Zip"), "action", /Not installed/],
  ["Synchronization Service only", named("Microsoft Identity Manager Synchronization Service"), "action"],
  ["add-ins only", named("Microsoft Identity Manager Add-ins and Extensions"), "action"],
  ["language pack only", named("Microsoft Identity Manager Service and Portal Language Pack"), "action"],
  [
    "Forefront Identity Manager only",
    named("Forefront Identity Manager Service and Portal"),
    "action",
    /Only Forefront/,
  ],
  [
    "both MIM and Forefront",
    {
      server: ({ registry }) => {
        registry[`${uninstall64}\\{11111111-2222-4333-8444-555555555555}`] = present({
          DisplayName: text("Forefront Identity Manager Service and Portal"),
        });
      },
    },
    "done",
  ],
  [
    "found although the other view was not enumerated",
    { server: (recording) => setKey(recording, uninstall32, undefined) },
    "done",
  ],
  [
    "two different ones",
    {
      server: ({ registry }) => {
        registry[`${uninstall32}\\{11111111-2222-4333-8444-555555555555}`] = present({
          DisplayName: text("Microsoft Identity Manager Service and Portal"),
        });
      },
    },
    "attention",
    /2 times/,
  ],
  [
    "not found, a view not enumerated",
    {
      server: (recording) => {
        setKey(recording, productKey, undefined);
        setKey(recording, uninstall32, undefined);
      },
    },
    "unknown",
    /Not recorded/,
  ],
  [
    "not found, a view unreadable",
    {
      server: (recording) => {
        setKey(recording, productKey, undefined);
        setKey(recording, uninstall64, unreadable);
      },
    },
    "unknown",
    /access denied/,
  ],
  [
    "not found, one entry unreadable",
    { server: (recording) => setKey(recording, productKey, unreadable) },
    "unknown",
    /access denied/,
  ],
  [
    "both views known not to be there",
    {
      server: (recording) => {
        setKey(recording, productKey, undefined);
        setKey(recording, uninstall64, absent);
        setKey(recording, uninstall32, absent);
      },
    },
    "action",
  ],
]);

const fileVersion = (version: string | null): CaseInput => ({
  server: (recording) => {
    recording.files[executable] = { state: "present", version };
  },
});

outcomes("server.build", [
  ["4.6.607.0", fileVersion("4.6.607.0"), "done"],
  ["4.6.1000.0 is newer than 4.6.607.0", fileVersion("4.6.1000.0"), "done"],
  ["4.10.0.0 is newer than 4.6.607.0", fileVersion("4.10.0.0"), "done"],
  [
    "the last of Service Pack 2",
    fileVersion("4.6.673.0"),
    "done",
    /Service Pack 3 .*from 4\.6\.673\.0 only, on Windows Server 2019 or 2022 .*No source says that it sends mail without EWS/,
  ],
  ["Service Pack 3", fileVersion("4.6.674.0"), "done", /\(Service Pack 3\)[\s\S]*\.NET 2\.x[\s\S]*not known/],
  [
    "Service Pack 3 on Windows Server 2016",
    {
      server: (recording) => {
        recording.files[executable] = { state: "present", version: "4.7.10.0" };
        recording.windows = { ...recording.windows, caption: "Windows Server 2016 Standard" };
      },
    },
    "attention",
    /not supported on this Windows \(2016\)/,
  ],
  ["4.6.606.9", fileVersion("4.6.606.9"), "attention", /event log/],
  ["4.6.421.0", fileVersion("4.6.421.0"), "attention"],
  ["4.6.530.0", fileVersion("4.6.530.0"), "attention", /superseded/],
  ["4.6.420.9", fileVersion("4.6.420.9"), "action", /4\.6\.421\.0/],
  ["4.6.34.0 is older than 4.6.421.0", fileVersion("4.6.34.0"), "action"],
  [
    "no file version: the product's, said so",
    {
      server: (recording) => {
        recording.files[executable] = unreadable;
      },
    },
    "action",
    /installed product's version/,
  ],
  ["a file without a version", fileVersion(null), "action", /installed product's version/],
  [
    "nothing to go by, file unreadable",
    {
      server: (recording) => {
        recording.files[executable] = unreadable;
        setValues(recording, productKey, { DisplayVersion: undefined });
      },
    },
    "unknown",
    /access denied/,
  ],
  [
    "nothing to go by, nothing recorded",
    {
      server: (recording) => {
        recording.registry = {};
        recording.files = {};
      },
    },
    "unknown",
    /Not recorded/,
  ],
  [
    "an unquoted ImagePath with blanks and arguments",
    {
      server: (recording) => {
        const program = "C:\\Program Files\\MIM\\Service.exe";
        setValues(recording, serviceKey, { ImagePath: text(`${program} -k x.exe`) });
        recording.files[program.toUpperCase()] = { state: "present", version: "4.6.607.0" };
      },
    },
    "done",
  ],
]);

outcomes("server.media", [
  ["both exist", {}, "done"],
  [
    "cached package missing",
    {
      server: ({ files }) => {
        files[cachedPackage] = absent;
      },
    },
    "action",
    /Insert Disk/,
  ],
  [
    "no LocalPackage value",
    { server: (recording) => setValues(recording, installProperties, { LocalPackage: undefined }) },
    "action",
  ],
  ["no InstallProperties key", { server: (recording) => setKey(recording, installProperties, absent) }, "action"],
  [
    "only InstallSource missing",
    {
      server: ({ files }) => {
        files["C:\\Media\\MIM"] = absent;
      },
    },
    "attention",
  ],
  [
    "no InstallSource value",
    { server: (recording) => setValues(recording, productKey, { InstallSource: undefined }) },
    "attention",
  ],
  [
    "InstallSource kept by Windows Installer only",
    {
      server: (recording) => {
        setValues(recording, productKey, { InstallSource: undefined });
        setValues(recording, installProperties, { InstallSource: text("C:\\Media\\MIM") });
      },
    },
    "done",
  ],
  [
    "both missing",
    {
      server: (recording) => {
        recording.files = { [cachedPackage]: absent };
      },
    },
    "action",
  ],
  ["package not recorded", { server: ({ files }) => void delete files[cachedPackage] }, "unknown", /Not recorded/],
  [
    "package unreadable",
    {
      server: ({ files }) => {
        files[cachedPackage] = unreadable;
      },
    },
    "unknown",
    /access denied/,
  ],
  ["folder not recorded", { server: ({ files }) => void delete files["C:\\Media\\MIM"] }, "unknown"],
  [
    "InstallProperties not recorded",
    { server: (recording) => setKey(recording, installProperties, undefined) },
    "unknown",
  ],
  [
    "InstallProperties unreadable",
    { server: (recording) => setKey(recording, installProperties, unreadable) },
    "unknown",
  ],
  ["no product", { server: (recording) => setKey(recording, productKey, undefined) }, "unknown", /No product/],
  [
    "product not known",
    {
      server: (recording) => {
        recording.registry = {};
      },
    },
    "unknown",
    /Not recorded/,
  ],
]);

outcomes("server.service", [
  ["running", {}, "done"],
  [
    "stopped",
    {
      server: ({ services }) => {
        services["FIMService"] = { state: "present", status: "stopped" };
      },
    },
    "attention",
    /stopped/,
  ],
  [
    "not there",
    {
      server: ({ services }) => {
        services["FIMService"] = absent;
      },
    },
    "action",
  ],
  [
    "unreadable",
    {
      server: ({ services }) => {
        services["FIMService"] = unreadable;
      },
    },
    "unknown",
    /access denied/,
  ],
  ["not recorded", { server: ({ services }) => void delete services["FIMService"] }, "unknown", /Not recorded/],
]);

const polling = (build: string, change: CaseInput["server"] = () => {}): CaseInput => ({
  server: (recording) => {
    recording.files[executable] = { state: "present", version: build };
    setValues(recording, serviceKey, { PollExchangeEnabled: number(1) });
    change(recording);
  },
});

const onBasic: CaseInput["server"] = (recording) =>
  setKey(recording, mailKey, present({ EncryptedExchangeOnlineAccountPassword: secret(true) }));

const notPolling = (target: CaseInput["target"] = {}): CaseInput => ({
  target,
  server: (recording) => setValues(recording, serviceKey, { PollExchangeEnabled: number(0) }),
});

outcomes("server.pollExchange", [
  ["polls", {}, "done"],
  [
    "value absent",
    { server: (recording) => setValues(recording, serviceKey, { PollExchangeEnabled: undefined }) },
    "attention",
    /not set: approvals by mail are not read[\s\S]*on the one MIM Service server[\s\S]*--poll-exchange on[\s\S]*accept/i,
  ],
  ["service key absent", { server: (recording) => setKey(recording, serviceKey, absent) }, "notApplicable"],
  ["value 0", notPolling(), "attention", /is 0: approvals by mail are not read[\s\S]*set it back to 1/],
  [
    "value 0, Exchange Server wanted",
    notPolling({ mailServer: "exchange", authentication: "integrated" }),
    "attention",
  ],
  ["value 0, 21Vianet wanted", notPolling({ mailServer: "office365China" }), "attention"],
  ["value 0, SMTP wanted", notPolling({ mailServer: "smtp", authentication: "integrated" }), "notApplicable"],
  ["value 0, no mail server wanted", notPolling({ mailServer: "none" }), "notApplicable"],
  [
    "another value",
    { server: (recording) => setValues(recording, serviceKey, { PollExchangeEnabled: number(2) }) },
    "attention",
  ],
  ["new build", polling("4.6.673.0", onBasic), "done"],
  ["old build, neither group Managed Service Account nor Basic", polling("4.6.34.0"), "done"],
  ["old build with Office 365 Basic", polling("4.6.34.0", onBasic), "attention", /Set PollExchangeEnabled to 0/],
  [
    "old build with a group Managed Service Account",
    polling("4.6.34.0", (recording) => setValues(recording, serviceKey, { ObjectName: text("CONTOSO\\gmsaMIM$") })),
    "attention",
  ],
  [
    "old build, mail values unreadable",
    polling("4.6.34.0", (recording) => setKey(recording, mailKey, unreadable)),
    "unknown",
  ],
  [
    "build not known, Basic",
    polling("4.6.34.0", (recording) => {
      onBasic(recording);
      recording.files = {};
      setKey(recording, productKey, undefined);
      setKey(recording, uninstall64, undefined);
    }),
    "unknown",
  ],
  ["key unreadable", { server: (recording) => setKey(recording, serviceKey, unreadable) }, "unknown", /access denied/],
  ["key not recorded", { server: (recording) => setKey(recording, serviceKey, undefined) }, "unknown", /Not recorded/],
]);

const ran = (exitCode: number, endedAt: string): CaseInput => ({
  server: (recording) => {
    recording.installerRuns = [{ startedAt: endedAt, endedAt, exitCode }];
  },
});

outcomes("server.restartPending", [
  ["nothing waits", {}, "done"],
  ["component servicing", { server: (recording) => setKey(recording, rebootPending, present()) }, "attention"],
  ["Windows Update", { server: (recording) => setKey(recording, rebootRequired, present()) }, "attention"],
  [
    "file renames",
    {
      server: (recording) =>
        setValues(recording, sessionManager, {
          PendingFileRenameOperations: { type: "REG_MULTI_SZ", data: ["\\??\\C:\\a", ""] },
        }),
    },
    "attention",
  ],
  ["installer ended with 3010 after the last start", ran(3010, "2026-11-21T10:00:00Z"), "attention", /3010/],
  ["installer ended with 3010 before the last start", ran(3010, "2026-11-19T10:00:00Z"), "done"],
  ["one sign unreadable", { server: (recording) => setKey(recording, rebootPending, unreadable) }, "unknown"],
  ["one sign not recorded", { server: (recording) => setKey(recording, sessionManager, undefined) }, "unknown"],
  [
    "one sign unreadable, another asks",
    {
      server: (recording) => {
        setKey(recording, rebootPending, unreadable);
        setKey(recording, rebootRequired, present());
      },
    },
    "attention",
  ],
]);

outcomes("server.backup", [
  ["confirmed", {}, "done"],
  ["not confirmed", { target: { backupConfirmed: undefined } }, "pending"],
  ["said no", { target: { backupConfirmed: false } }, "pending"],
]);
