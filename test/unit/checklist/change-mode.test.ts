import { outcomes } from "./outcomes.ts";
import {
  type CaseInput,
  mailKey,
  present,
  productCode,
  productKey,
  setKey,
  setValues,
  text,
  uninstall32,
  uninstall64,
  unreadable,
} from "./server-case.ts";

outcomes("change.command", [
  ["can be built", {}, "done", /msiexec\.exe \/I\{0B6E4C5A-1D2F-4A3B-8C4D-5E6F708192A3\} \/lvxi\*! ".+\.log"/],
  [
    "no UninstallString",
    { server: (recording) => setValues(recording, productKey, { UninstallString: undefined }) },
    "done",
  ],
  [
    "UninstallString was /X",
    {
      server: (recording) =>
        setValues(recording, productKey, { UninstallString: text(`MsiExec.exe /X${productCode}`) }),
    },
    "attention",
    /\/I\{[\s\S]*uninstalls/,
  ],
  [
    "product code in the UninstallString only",
    {
      server: ({ registry }) => {
        delete registry[productKey];
        registry[`${uninstall32}\\MIM`] = present({
          DisplayName: text("Microsoft Identity Manager Service and Portal"),
          UninstallString: text(`MsiExec.exe /I${productCode.toLowerCase()}`),
        });
      },
    },
    "done",
    /\/I\{0B6E4C5A/,
  ],
  [
    "no valid product code",
    {
      server: ({ registry }) => {
        delete registry[productKey];
        registry[`${uninstall64}\\MIM`] = present({
          DisplayName: text("Microsoft Identity Manager Service and Portal"),
          UninstallString: text("MsiExec.exe /I{------------------------------------}"),
        });
      },
    },
    "action",
    /No valid product code/,
  ],
  ["no product", { server: (recording) => setKey(recording, productKey, undefined) }, "action"],
  [
    "product not known",
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
    "nothing recorded",
    {
      server: (recording) => {
        recording.registry = {};
      },
    },
    "unknown",
    /Not recorded/,
  ],
]);

const ran = (exitCode: number | null, more: object = {}): CaseInput => ({
  server: (recording) => {
    recording.installerRuns = [
      { startedAt: "2026-11-20T10:00:00Z", endedAt: "2026-11-20T10:10:00Z", exitCode: 1603 },
      {
        startedAt: "2026-11-21T10:00:00Z",
        endedAt: exitCode === null ? null : "2026-11-21T10:10:00Z",
        exitCode,
        ...more,
      },
    ];
  },
});

const cancelledAfter = (exitCode: number): CaseInput => ({
  server: (recording) => {
    recording.installerRuns = [
      { startedAt: "2026-11-20T10:00:00Z", endedAt: "2026-11-20T10:10:00Z", exitCode },
      { startedAt: "2026-11-21T10:00:00Z", endedAt: "2026-11-21T10:10:00Z", exitCode: 1602 },
    ];
  },
});

outcomes("change.run", [
  ["0", ran(0), "done"],
  ["3010", ran(3010), "done", /restart/],
  ["1641", ran(1641), "done"],
  ["1602", ran(1602), "action", /cancelled/],
  ["1602 after a run that brought about what is wanted", cancelledAfter(0), "done", /later run was cancelled/],
  ["1602 after a run that failed", cancelledAfter(1603), "action", /cancelled/],
  [
    "1602 after a run, and the server differs",
    { ...cancelledAfter(0), target: { tenantId: "11111111-2222-4333-8444-555555555555" } },
    "action",
    /cancelled/,
  ],
  ["1618", ran(1618), "action", /another installation/],
  [
    "1603 with the first action that failed",
    ran(1603, { firstFailure: "ConfigureServices" }),
    "action",
    /ConfigureServices/,
  ],
  ["any other code", ran(1722), "action", /1722/],
  ["not ended, or its end was never seen", ran(null), "pending", /no end of it is recorded[\s\S]*not open any more/],
  ["never run, the server shows what is wanted", {}, "done", /already/],
  ["never run, IDs not entered", { target: { applicationId: undefined, tenantId: undefined } }, "done"],
  ["never run, the server differs", { target: { tenantId: "11111111-2222-4333-8444-555555555555" } }, "pending"],
  ["never run, nothing set", { server: (recording) => setKey(recording, mailKey, present()) }, "pending"],
  ["never run, not known", { server: (recording) => setKey(recording, mailKey, unreadable) }, "pending"],
]);

const log = "C:\\Logs\\change.log";

outcomes("change.log", [
  ["no run", {}, "notApplicable"],
  ["no log", ran(0), "notApplicable"],
  ["clean", ran(0, { log, secretsInLog: 0 }), "done"],
  ["not counted", ran(0, { log }), "done"],
  ["secrets in clear", ran(0, { log, secretsInLog: 2 }), "action", /2 secrets/],
]);
