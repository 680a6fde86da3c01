import { outcomes } from "./outcomes.ts";
import {
  absent,
  account,
  type CaseInput,
  config,
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

const sends = (address: string, serviceEmail = "mim@contoso.com"): CaseInput => ({
  target: { serviceEmail },
  server: (recording) => {
    const settings = `<add key="mailServer" value="outlook.office365.com"/><add key="sendAsAddress" value="${address}"/>`;
    recording.texts[config] = {
      state: "present",
      text: `<configuration><appSettings>${settings}</appSettings></configuration>`,
    };
  },
});

outcomes("account.email", [
  ["an address", {}, "done", /password stays empty/],
  ["blanks around", { target: { serviceEmail: " mim@contoso.com " } }, "done"],
  ["no address", { target: { serviceEmail: "svcMIM" } }, "action", /SMTP address/],
  ["a name before the address", { target: { serviceEmail: "MIM <mim@contoso.com>" } }, "action"],
  ["missing", { target: { serviceEmail: undefined } }, "pending", /password stays empty/],
  ["blank", { target: { serviceEmail: " " } }, "pending"],
  ["the service's own", sends("MIM@Contoso.com"), "done"],
  ["the service's own, with a name", sends("MIM Service &lt;mim@contoso.com&gt;"), "done"],
  [
    "the service sends from another",
    sends("other@contoso.com"),
    "action",
    /sends from other@contoso\.com[\s\S]*Change mode/,
  ],
  ["missing, and the service has one", sends("other@contoso.com", ""), "pending", /take over .*other@contoso\.com/],
  ["the configuration does not name one", sends(""), "done"],
  [
    "a managed account with Exchange Server",
    { target: { mailServer: "exchange", authentication: "integrated", serviceAccount: "CONTOSO\\gmsa$" } },
    "done",
    /mailbox's password is typed as well/,
  ],
  [
    "a managed account with an application",
    { target: { serviceAccount: "CONTOSO\\gmsa$" } },
    "done",
    /password stays empty/,
  ],
  ["no mail server wanted", { target: { mailServer: "none" } }, "notApplicable"],
]);
