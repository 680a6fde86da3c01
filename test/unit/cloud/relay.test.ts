import { afterEach, describe, expect, test } from "vitest";
import { askRelay, type RelayPorts } from "../../../electron/cloud/relay-probe.ts";
import type { RelayQuestion } from "../../../electron/cloud/relay-question.ts";
import { relayCheckSchema } from "../../../electron/contract/history.ts";
import { authority, certificateOf, oddServer, type Relay, relay, scripted } from "./relay-servers.ts";

const open: Relay[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
const with_ = async (server: Promise<Relay>): Promise<Relay> => {
  const made = await server;
  open.push(made);
  return made;
};

const names = (host: string) => ({
  addresses: async (asked: string) => {
    if (asked !== host) throw Object.assign(new Error("no"), { code: "ENOTFOUND" });
    return ["127.0.0.1"];
  },
  mx: async () => ["contoso-com.mail.protection.outlook.com"],
  spf: async () => "v=spf1 include:spf.protection.outlook.com -all",
});
const times = { connecting: 2000, greeting: 300, reply: 300 };

async function ask(port: number, question: Partial<RelayQuestion> = {}, ports: Partial<RelayPorts> = {}) {
  const host = question.host ?? "127.0.0.1";
  const check = await askRelay(
    {
      host,
      port,
      useSsl: false,
      name: "mim01.contoso.com",
      sender: "mim@contoso.com",
      inside: "mim@contoso.com",
      outside: "postmaster@example.com",
      sendTo: null,
      ...question,
    },
    { now: () => new Date("2026-11-27T10:00:00Z"), names: names(host), times, ...ports },
  );
  return relayCheckSchema.parse(check);
}

const tls = (name: string) => ({ ...certificateOf(name), disabledCommands: ["AUTH"] });
const banner = (socket: { write: (text: string) => unknown }): void => void socket.write("220 relay.test ESMTP\r\n");
const outsideRefused = (text: string) => (address: string) =>
  address.endsWith("example.com") ? ([550, text] as const) : null;

describe("a relay", () => {
  test("that takes sender and recipients is ready, and nothing is sent", async () => {
    const server = await with_(relay());
    const check = await ask(server.port);
    expect(check).toMatchObject({
      state: "ready",
      host: "127.0.0.1",
      addresses: ["127.0.0.1"],
      banner: expect.stringMatching(/^220 /),
      startTls: false,
      tls: null,
      senderReply: { taken: true },
      insideReply: { taken: true },
      outsideReply: { taken: true },
      sent: null,
    });
    expect(server.commands).toEqual(["MAIL mim@contoso.com", "RCPT mim@contoso.com", "RCPT postmaster@example.com"]);
    expect(server.messages).toEqual([]);
  });

  test("gets one test mail where that is asked for by name, and to that address alone", async () => {
    const server = await with_(relay());
    const check = await ask(server.port, { sendTo: "admin@contoso.com" });
    expect(check.sent).toMatchObject({ to: "admin@contoso.com", taken: true });
    expect(server.messages).toHaveLength(1);
    expect(server.messages[0]).toMatch(/^From: <mim@contoso\.com>\r\nTo: <admin@contoso\.com>\r\n/);
    expect(server.commands.slice(-3)).toEqual(["MAIL mim@contoso.com", "RCPT admin@contoso.com", "DATA"]);
  });

  test("with STARTTLS tells the certificate and the version, and its ways to sign in", async () => {
    const server = await with_(
      relay({ ...certificateOf("stand-in"), disabledCommands: [], authMethods: ["PLAIN", "LOGIN"] }),
    );
    const check = await ask(server.port, { useSsl: true, host: "localhost" }, { trusted: authority });
    expect(check).toMatchObject({
      state: "ready",
      startTls: true,
      tls: { protocol: expect.stringMatching(/^TLSv1\.[23]$/), fault: null, validTo: expect.stringMatching(/^\d{4}-/) },
      mechanisms: ["PLAIN", "LOGIN"],
    });
  });

  test("spoken to in clear is looked at for its certificate as well", async () => {
    const server = await with_(relay(tls("stand-in")));
    const check = await ask(server.port, { host: "localhost" }, { trusted: authority });
    expect(check).toMatchObject({ state: "ready", startTls: true, tls: { fault: null } });
    expect(server.commands).toHaveLength(3);
  });

  test("of Exchange Online tells the domain's MX and SPF", async () => {
    const host = "contoso-com.mail.protection.outlook.com";
    const server = await with_(relay());
    const records = { mx: [host], spf: "v=spf1 include:spf.protection.outlook.com -all" };
    expect(await ask(server.port, { host })).toMatchObject({ state: "ready", ...records });
    const own = await ask(server.port, { host: "relay.contoso.com" });
    expect(own.mx).toBeUndefined();
  });
});

describe("a relay that refuses is", () => {
  type Row = readonly [string, string, () => Promise<Relay>, Partial<RelayQuestion>, RegExp];
  const rows: readonly Row[] = [
    ["slowGreeting", "says nothing", () => oddServer(() => {}), {}, /./],
    [
      "notSmtp",
      "is a web server",
      () => oddServer((socket) => void socket.write("HTTP/1.1 400 Bad Request\r\n\r\n")),
      {},
      /HTTP/,
    ],
    [
      "blocked",
      "greets with a block list",
      () => oddServer((socket) => void socket.end("554 5.7.1 Client host [192.0.2.1] blocked using Spamhaus\r\n")),
      {},
      /Spamhaus/,
    ],
    [
      "blocked",
      "bans the address",
      () => relay({ from: [550, "5.7.606 Access denied, banned sending IP [192.0.2.1]"] }),
      {},
      /5\.7\.606/,
    ],
    ["tlsMissing", "has no STARTTLS where SSL is wanted", () => relay(), { useSsl: true }, /./],
    [
      "tlsWanted",
      "takes mail over TLS alone",
      () => relay({ from: [530, "5.7.0 Must issue a STARTTLS command first"] }),
      {},
      /STARTTLS/,
    ],
    [
      "tlsFailed",
      "breaks TLS off",
      () =>
        oddServer(
          banner,
          scripted({ EHLO: "250-relay.test\r\n250 STARTTLS", STARTTLS: "454 4.7.0 TLS not available" }),
        ),
      { useSsl: true },
      /TLS/,
    ],
    [
      "certificate",
      "has a certificate of its own",
      () => relay(tls("self-signed")),
      { useSsl: true, host: "localhost" },
      /SELF_SIGNED/,
    ],
    [
      "certificate",
      "has one that is over",
      () => relay(tls("expired")),
      { useSsl: true, host: "localhost" },
      /EXPIRED|UNABLE/,
    ],
    [
      "signInWanted",
      "wants a sign-in",
      () => relay({ from: [530, "5.7.57 Client not authenticated to send mail"] }),
      {},
      /5\.7\.57/,
    ],
    [
      "tenantAttribution",
      "knows no connector",
      () => relay({ to: outsideRefused("5.7.64 TenantAttribution; Relay Access Denied [x]") }),
      {},
      /5\.7\.64/,
    ],
    [
      "directSendRefused",
      "refuses Direct Send",
      () =>
        relay({
          to: () => [
            550,
            "5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources",
          ],
        }),
      {},
      /Direct Send/,
    ],
    [
      "senderRefused",
      "refuses the sender",
      () => relay({ from: [550, "5.1.8 Access denied, bad sender"] }),
      {},
      /bad sender/,
    ],
    [
      "insideRefused",
      "does not know the recipient",
      () => relay({ to: () => [550, "5.1.10 Recipient not found"] }),
      {},
      /5\.1\.10/,
    ],
    [
      "outsideRefused",
      "relays inside alone",
      () => relay({ to: outsideRefused("5.7.54 Unable to relay recipient") }),
      {},
      /5\.7\.54/,
    ],
    [
      "notNow",
      "asks to come again",
      () => relay({ to: () => [451, "4.7.500 Server busy. Please try again later"] }),
      {},
      /4\.7\.500/,
    ],
    ["brokenOff", "hangs up amid", () => oddServer(banner, scripted({ MAIL: null })), {}, /./],
    ["brokenOff", "stops answering", () => oddServer(banner, scripted({ RCPT: undefined as never })), {}, /./],
    ["brokenOff", "says no number", () => oddServer(banner, scripted({ EHLO: "hello" })), {}, /./],
  ];
  test.each(rows)("%s: %s", async (state, _what, server, question, detail) => {
    const made = await with_(server());
    const check = await ask(made.port, question);
    expect(check).toMatchObject({ state, detail: expect.stringMatching(detail), sent: null });
    expect(made.commands.join(" ")).not.toContain("DATA");
  });

  test("notFound: its name is not known", async () => {
    const check = await ask(25, { host: "nowhere.invalid" }, { names: names("elsewhere") });
    expect(check).toMatchObject({ state: "notFound", detail: "nowhere.invalid: ENOTFOUND", addresses: [] });
  });

  test("refused: nothing listens there", async () => {
    const made = await relay();
    await made.close();
    expect(await ask(made.port)).toMatchObject({ state: "refused", detail: expect.stringContaining("ECONNREFUSED") });
  });

  test("its words are one line without control characters, cut, and without secrets", async () => {
    const evil = `5.1.8 \u001b[31mred\u202e password=Winter-2026 ${"x".repeat(900)}`;
    const made = await with_(oddServer(banner, scripted({ MAIL: `550 ${evil}` })));
    const { detail } = await ask(made.port);
    expect(detail).not.toMatch(/[\p{Cc}\p{Cf}]|Winter/u);
    expect(detail?.length).toBeLessThan(330);
  });

  test("an endless reply ends the conversation, not the memory", async () => {
    const made = await with_(
      oddServer((socket) => {
        const more = (): void => {
          if (!socket.destroyed) socket.write("220-and so on ".repeat(1000), more);
        };
        more();
      }),
    );
    expect(["notSmtp", "brokenOff", "slowGreeting"]).toContain((await ask(made.port)).state);
  });

  test("stopped by its signal it rejects with the signal's reason", async () => {
    const made = await with_(oddServer(() => {}));
    const controller = new AbortController();
    const asked = ask(
      made.port,
      {},
      { signal: controller.signal, times: { connecting: 5000, greeting: 5000, reply: 5000 } },
    );
    setTimeout(() => controller.abort(new Error("enough")), 20);
    await expect(asked).rejects.toThrow("enough");
  });
});
