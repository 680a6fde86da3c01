import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askRelay } from "../../electron/cloud/relay-probe.ts";
import type { RelayQuestion } from "../../electron/cloud/relay-question.ts";
import { authority } from "../unit/cloud/relay-servers.ts";

const postfix = "/usr/sbin/postfix";
const certificates = join(import.meta.dirname, "..", "fixtures", "cloud");

/** Takes mail for contoso.com from everyone, and passes none on. */
const settings = (folder: string): string => `compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
maillog_file = ${folder}/log
maillog_file_prefixes = ${folder}
myhostname = relay.test
mydestination = contoso.com
alias_maps =
local_recipient_maps =
smtpd_relay_restrictions = reject_unauth_destination
smtpd_tls_security_level = may
smtpd_tls_cert_file = ${folder}/stand-in.pem
smtpd_tls_key_file = ${folder}/stand-in.key
`;

/** Its parts. It listens on a socket of its own folder: a port would have to be chosen before it is opened. */
const parts = `smtpd unix n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
`;

describe.skipIf(process.getuid?.() !== 0 || !existsSync(postfix))("Postfix", () => {
  let folder: string;
  let server: Server;
  const run = (command: string): void => {
    const { status, stderr } = spawnSync(postfix, ["-c", join(folder, "etc"), command], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    if (status !== 0) throw new Error(`postfix ${command}: ${stderr}`);
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "mim-mail-postfix-"));
    // Its parts run as another user.
    chmodSync(folder, 0o755);
    for (const name of ["etc", "queue", "data"]) mkdirSync(join(folder, name));
    spawnSync("chown", ["postfix", join(folder, "data")]);
    for (const name of ["stand-in.pem", "stand-in.key"]) {
      writeFileSync(join(folder, name), readFileSync(join(certificates, name)), { mode: 0o600 });
    }
    writeFileSync(join(folder, "etc", "main.cf"), settings(folder));
    writeFileSync(join(folder, "etc", "master.cf"), parts);
    run("start");
    server = createServer((client) => {
      const relay = connect(join(folder, "queue", "public", "smtpd"));
      for (const socket of [client, relay]) socket.on("error", () => client.destroy());
      client.pipe(relay).pipe(client);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => {
    server.close();
    run("stop");
    rmSync(folder, { recursive: true, maxRetries: 10, retryDelay: 100 });
  });

  /** Asks it; nothing is to be found in its queues afterwards. */
  async function ask(question: Partial<RelayQuestion>) {
    const check = await askRelay(
      {
        host: "localhost",
        port: (server.address() as AddressInfo).port,
        useSsl: true,
        name: "mim01.contoso.com",
        sender: "mim@contoso.com",
        inside: "mim@contoso.com",
        outside: "postmaster@example.com",
        sendTo: null,
        ...question,
      },
      {
        now: () => new Date(),
        trusted: authority,
        names: { addresses: async () => ["127.0.0.1"], mx: async () => [], spf: async () => null },
      },
    );
    return { ...check, queued: queued() };
  }

  /** Every file in its queues. */
  function queued(): number {
    const queues = ["maildrop", "incoming", "active", "deferred", "hold", "corrupt"];
    const files = (name: string) => readdirSync(join(folder, "queue", name), { recursive: true, withFileTypes: true });
    return queues.flatMap(files).filter((entry) => entry.isFile()).length;
  }

  const told = (pattern: RegExp): number => (readFileSync(join(folder, "log"), "utf8").match(pattern) ?? []).length;

  test.each([true, false])("that relays nothing is told so, with STARTTLS %s, and gets no mail", async (useSsl) => {
    expect(await ask({ useSsl })).toMatchObject({
      state: "outsideRefused",
      detail: expect.stringMatching(/^554 5\.7\.1 .*Relay access denied/),
      banner: "220 relay.test ESMTP Postfix",
      startTls: true,
      tls: { protocol: expect.stringMatching(/^TLSv1\.[23]$/), fault: null },
      senderReply: { taken: true },
      insideReply: { taken: true },
      outsideReply: { taken: false },
      sent: null,
      queued: 0,
    });
  });

  test("takes both recipients of its own domain, and the one test mail that is asked for", async () => {
    const inside = { outside: "ada@contoso.com" };
    expect(await ask(inside)).toMatchObject({ state: "ready", sent: null, queued: 0 });
    expect(told(/message-id=/g)).toBe(0);
    expect(await ask({ ...inside, sendTo: "ada@contoso.com" })).toMatchObject({
      sent: { to: "ada@contoso.com", taken: true, text: expect.stringMatching(/^250 2\.0\.0 Ok: queued as /) },
    });
    expect(told(/message-id=/g)).toBe(1);
  });
});
