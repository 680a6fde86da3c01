import { outcomes } from "./outcomes.ts";
import {
  absent,
  type CaseInput,
  config,
  mailKey,
  present,
  type Row,
  secret,
  serviceKey,
  setKey,
  setValues,
  text,
  unreadable,
} from "./server-case.ts";

const settings = (host: string | null, isExchange?: string): string => {
  const server = host === null ? "" : `<add key="mailServer" value="${host}"/>`;
  const flag = isExchange === undefined ? "" : `<add key="isExchange" value="${isExchange}"/>`;
  return `<?xml version="1.0"?><configuration><appSettings>${server}${flag}</appSettings></configuration>`;
};

const server = (
  configText: string | null,
  values: Parameters<typeof present>[0] | null,
  target: CaseInput["target"] = {},
): CaseInput => ({
  target,
  server: (recording) => {
    if (configText === null) delete recording.texts[config];
    else recording.texts[config] = { state: "present", text: configText };
    if (values !== null) setKey(recording, mailKey, present(values));
  },
});

const smtp = { mailServer: "smtp", authentication: "integrated" } as const;
const exchange = { mailServer: "exchange", authentication: "integrated" } as const;

outcomes("mail.serverType", [
  ["Office 365 found and wanted", {}, "done", /outlook\.office365\.com/],
  ["Office 365 told by the registry alone", server(null, null), "done"],
  ["Office 365 told by the registry, the configuration names no server", server(settings(null), null), "done"],
  [
    "Office 365 told by an account password",
    server(null, { EncryptedExchangeOnlineAccountPassword: secret(true) }),
    "done",
  ],
  [
    "SMTP found",
    server(settings("smtp.contoso.com", "0"), {}),
    "action",
    /SMTP, smtp\.contoso\.com[\s\S]*choose Office 365/,
  ],
  ["SMTP found and wanted", server(settings("smtp.contoso.com", "false"), {}, smtp), "done"],
  [
    "Exchange Server found",
    server(settings("https://mail.contoso.com/EWS/Exchange.asmx"), {}),
    "action",
    /Exchange Server/,
  ],
  ["Exchange Server found and wanted", server(settings("mail.contoso.com", "1"), {}, exchange), "done"],
  [
    "Exchange Server told by the registry",
    server(settings(null), { GMSAEncryptedExchangeOnPremiseAccountPassword: secret(true) }, exchange),
    "done",
  ],
  ["21Vianet found", server(settings("partner.outlook.cn"), null), "action", /21Vianet/],
  ["21Vianet found and wanted", server(settings("partner.outlook.cn"), null, { mailServer: "office365China" }), "done"],
  ["US Government found", server(settings("outlook.office365.us"), null), "action", /Government/],
  ...[
    "contoso-com.mail.protection.outlook.com",
    "CONTOSO-COM.mail.protection.outlook.com.",
    "contoso-com.mail.eo.outlook.com",
    "contoso-cn.mail.protection.partner.outlook.cn",
    "contoso-us.mail.protection.office365.us",
    "contoso-com.a-v1.mx.microsoft",
    "smtp.office365.com",
    "smtp.office365.com:587",
    "smtp-legacy.office365.com",
    "smtp-hve.office365.com",
    "smtp-mail.outlook.com",
    "smtp.partner.outlook.cn",
    "smtp.office365.us",
    "pod51234.outlook.com",
  ].flatMap((host): Row[] => [
    [`${host}, which takes mail by SMTP`, server(settings(host, "0"), {}, smtp), "done"],
    [`${host} without the flag`, server(settings(host), null, smtp), "done"],
    [`${host} with Office 365 wanted`, server(settings(host, "0"), null), "action", /choose Office 365/],
  ]),
  ["a host of Office 365 that is no Exchange", server(settings("outlook.office365.com", "0"), null, smtp), "done"],
  ["the same, with Office 365 wanted", server(settings("outlook.office365.com", "0"), null), "action", /SMTP, outlook/],
  ["a flag without a value", server(settings("outlook.office365.com", ""), null), "done"],
  [
    "the host wanted",
    server(settings("relay.contoso.com", "0"), {}, { ...smtp, mailHost: "Relay.contoso.com" }),
    "done",
  ],
  [
    "another host than wanted",
    server(settings("old.contoso.com", "0"), {}, { ...smtp, mailHost: "relay.contoso.com" }),
    "action",
    /type relay\.contoso\.com, and choose Integrated Windows Authentication/,
  ],
  [
    "SMTP wanted, no host entered",
    { target: smtp },
    "action",
    /^(?![\s\S]*signs in to Microsoft)[\s\S]*Enter the mail host first[\s\S]*Approvals by mail end/,
  ],
  ["None wanted", { target: { mailServer: "none" } }, "action", /sends no mail at all/],
  ["none found and wanted", server(settings(""), {}, { mailServer: "none" }), "done"],
  ["none found", server(settings(""), {}), "action", /None/],
  ["neither tells", server(settings(null), {}), "unknown", /neither/],
  ["configuration is no XML and the registry does not tell", server("<<<", {}), "unknown"],
  ["configuration not recorded, no values", server(null, {}), "unknown", /Not recorded/],
  [
    "configuration and registry unreadable",
    {
      server: (recording) => {
        recording.texts[config] = unreadable;
        setKey(recording, mailKey, unreadable);
      },
    },
    "unknown",
    /access denied/,
  ],
  [
    "a pair the wizard refuses",
    { target: { mailServer: "exchange" } },
    "action",
    /Invalid Mail Authentication[\s\S]*SMTP with Integrated/,
  ],
  [
    "SMTP with Basic",
    { target: { mailServer: "smtp", authentication: "basic" } },
    "action",
    /Invalid Mail Authentication/,
  ],
  ["Office 365 with Integrated", { target: { authentication: "integrated" } }, "action", /Invalid Mail Authentication/],
  [
    "SMTP with a group Managed Service Account",
    { target: { ...smtp, serviceAccount: "CONTOSO\\gmsaMIM$" } },
    "action",
    /regular service account/,
  ],
  [
    "SMTP on a server that runs as a group Managed Service Account",
    {
      target: { ...smtp, serviceAccount: undefined },
      server: (recording) => setValues(recording, serviceKey, { ObjectName: text("CONTOSO\\gmsaMIM$") }),
    },
    "action",
  ],
]);

const values = (changes: Parameters<typeof setValues>[2], target: CaseInput["target"] = {}): CaseInput => ({
  target,
  server: (recording) => setValues(recording, mailKey, changes),
});
const none = {
  ExchangeOnlineApplicationID: undefined,
  ExchangeOnlineTenantID: undefined,
  EncryptedExchangeOnlineClientSecret: undefined,
};

outcomes("mail.authentication", [
  ["all three values", {}, "done"],
  ["one missing", values({ ExchangeOnlineTenantID: undefined }), "action", /ExchangeOnlineTenantID missing/],
  ["one empty", values({ ExchangeOnlineTenantID: text(" ".trim()) }), "action", /ExchangeOnlineTenantID missing/],
  [
    "two missing",
    values({ ExchangeOnlineApplicationID: undefined, EncryptedExchangeOnlineClientSecret: undefined }),
    "action",
    /ExchangeOnlineApplicationID, EncryptedExchangeOnlineClientSecret/,
  ],
  [
    "an account password only",
    values({ ...none, EncryptedExchangeOnlineAccountPassword: secret(true) }),
    "action",
    /since 2022/,
  ],
  [
    "a group Managed Service Account's password only",
    values({ ...none, GMSAEncryptedExchangeOnlineAccountPassword: secret(true) }),
    "action",
    /since 2022/,
  ],
  ["none", values(none), "action", /None of the three/],
  ["key absent", { server: (recording) => setKey(recording, mailKey, absent) }, "action"],
  ["key unreadable", { server: (recording) => setKey(recording, mailKey, unreadable) }, "unknown", /access denied/],
  ["key not recorded", { server: (recording) => setKey(recording, mailKey, undefined) }, "unknown", /Not recorded/],
  ["Basic wanted", { target: { authentication: "basic" } }, "action", /since 2022/],
  ["Integrated wanted, SMTP found", server(settings("smtp.contoso.com", "0"), {}, smtp), "done"],
  ["Integrated wanted, Office 365 found", { target: smtp }, "action"],
  ["Integrated wanted, not known", server(null, {}, smtp), "unknown"],
  ["no mail wanted", { target: { mailServer: "none" } }, "notApplicable"],
]);
