import { outcomes } from "./outcomes.ts";
import {
  absent,
  account,
  type CaseInput,
  serviceKey,
  setKey,
  setValues,
  sid,
  text,
  unreadable,
} from "./server-case.ts";

const runsAs = (name: string, serviceAccount?: string): CaseInput => ({
  target: { serviceAccount },
  server: (recording) => setValues(recording, serviceKey, { ObjectName: text(name) }),
});

outcomes("account.service", [
  ["domain account as wanted", {}, "done"],
  ["domain account, none wanted", runsAs("CONTOSO\\svc"), "done"],
  ["another case than wanted", runsAs("contoso\\SVC", "CONTOSO\\svc"), "done"],
  ["as a principal name", runsAs("svc@contoso.com", "CONTOSO\\svc"), "done"],
  ["group Managed Service Account", runsAs("CONTOSO\\gmsaMIM$"), "done", /group Managed/],
  ["LocalSystem", runsAs("LocalSystem"), "action"],
  ["NetworkService", runsAs("NT AUTHORITY\\NetworkService"), "action"],
  ["LocalService", runsAs("NT AUTHORITY\\LocalService"), "action"],
  ["an account of this computer", runsAs(".\\svc"), "action"],
  ["another than wanted", runsAs("CONTOSO\\other", account), "action", /another account/],
  ["no account", { server: (recording) => setValues(recording, serviceKey, { ObjectName: undefined }) }, "unknown"],
  ["service key absent", { server: (recording) => setKey(recording, serviceKey, absent) }, "unknown"],
  ["key unreadable", { server: (recording) => setKey(recording, serviceKey, unreadable) }, "unknown", /access denied/],
  ["key not recorded", { server: (recording) => setKey(recording, serviceKey, undefined) }, "unknown", /Not recorded/],
]);

outcomes("account.sid", [
  ["resolved", {}, "done", new RegExp(sid)],
  [
    "not found",
    {
      server: ({ accounts }) => {
        accounts[account] = absent;
      },
    },
    "unknown",
  ],
  [
    "unreadable",
    {
      server: ({ accounts }) => {
        accounts[account] = unreadable;
      },
    },
    "unknown",
    /access denied/,
  ],
  ["not recorded", { server: ({ accounts }) => void delete accounts[account] }, "unknown", /Not recorded/],
  ["account not known", { server: (recording) => setKey(recording, serviceKey, undefined) }, "unknown"],
]);

outcomes("account.email", [
  ["an address", {}, "done", /password stays empty/],
  ["blanks around", { target: { serviceEmail: " mim@contoso.com " } }, "done"],
  ["no address", { target: { serviceEmail: "svcMIM" } }, "action", /SMTP address/],
  ["a name before the address", { target: { serviceEmail: "MIM <mim@contoso.com>" } }, "action"],
  ["missing", { target: { serviceEmail: undefined } }, "pending", /password stays empty/],
  ["blank", { target: { serviceEmail: " " } }, "pending"],
]);
