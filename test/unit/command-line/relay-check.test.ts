import { writeFile } from "node:fs/promises";
import { afterEach, describe, expect, test } from "vitest";
import { type Relay, relay } from "../cloud/relay-servers.ts";
import { captured } from "./captured.ts";
import { ownFolder, samplePath } from "./folder.ts";

const folder = ownFolder();
const run = (argv: readonly string[]) => captured(argv, folder.at("home"));
let server: Relay | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function target(given: object = {}): Promise<string> {
  const path = folder.at("target.json");
  const smtp = { mailServer: "smtp", authentication: "integrated", serviceEmail: "mim@contoso.com" };
  await writeFile(path, JSON.stringify({ ...smtp, mailHost: "127.0.0.1", ...given }));
  return path;
}

describe("relay-check", () => {
  test("asks a relay and says what it answered, with exit 0, and sends nothing", async () => {
    server = await relay();
    const port = String(server.port);
    const sample = samplePath("configured");
    const { code, stdout, stderr } = await run([
      "relay-check",
      "--server",
      sample,
      "--target",
      await target(),
      "--port",
      port,
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.split("\n")[0]).toBe(
      `Relay check: 127.0.0.1, port ${port}: It takes the service's address and both recipients`,
    );
    expect(stdout).toMatch(/\nNothing was sent\.\n$/);
    expect(server.commands).not.toContain("DATA");
    expect(await folder.names(), "of another computer nothing is kept").not.toContain("home");
  });

  test("says why a relay refuses and what to do, with exit 1, in JSON too", async () => {
    server = await relay({
      to: (address) => (address.endsWith("example.com") ? [550, "5.7.64 TenantAttribution"] : null),
    });
    const argv = [
      "relay-check",
      "--server",
      samplePath("configured"),
      "--target",
      await target(),
      "--port",
      String(server.port),
    ];
    const { code, stdout } = await run(argv);
    expect(code).toBe(1);
    expect(stdout).toMatch(/Exchange Online knows no connector/);
    expect(stdout).toMatch(/Get-InboundConnector/);
    const told = JSON.parse((await run([...argv, "--json"])).stdout);
    expect(told).toMatchObject({
      verdict: "action",
      check: { state: "tenantAttribution", outsideReply: { taken: false } },
    });
    expect(told.findings.map(({ id }: { id: string }) => id)).toEqual(["smtp.relay", "smtp.sender"]);
  });

  test("sends one test mail where it is told to", async () => {
    server = await relay();
    const { stdout } = await run([
      ...[
        "relay-check",
        "--server",
        samplePath("configured"),
        "--target",
        await target(),
        "--port",
        String(server.port),
      ],
      ...["--send-test-mail", "admin@contoso.com"],
    ]);
    expect(stdout).toMatch(/One test mail to admin@contoso\.com was taken/);
    expect(server.messages).toHaveLength(1);
  });

  test("asks the practice server's own relay, keeps the answer, and starting over forgets it", async () => {
    const path = await target({ mailHost: "contoso-com.mail.protection.outlook.com" });
    expect(await run(["relay-check", "--server", "practice", "--target", path])).toMatchObject({ code: 0, stderr: "" });
    const status = async (id: string) => {
      const { stdout } = await run(["check", "--server", "practice", "--target", path, "--json"]);
      const { steps } = JSON.parse(stdout) as { steps: { findings: { id: string; status: string }[] }[] };
      return steps.flatMap(({ findings }) => findings).find((one) => one.id === id)?.status;
    };
    expect(await status("smtp.relay")).toBe("done");
    expect(await status("smtp.sender")).toBe("done");
    for (const [fault, words] of [
      ["relayPortClosed", /port 25 is closed/],
      ["relayNoConnector", /knows no connector/],
      ["relayOldTls", /STARTTLS did not come about/],
    ] as const) {
      await run(["practice", "fail", "none"]);
      await run(["practice", "fail", fault]);
      const { code, stdout } = await run(["relay-check", "--server", "practice", "--target", path]);
      expect(code).toBe(1);
      expect(stdout).toMatch(words);
      expect(await status("smtp.relay")).toBe("action");
    }
    await run(["practice", "reset"]);
    expect(await status("smtp.relay")).toBe("pending");
  });

  test.each([
    ["no relay", { mailHost: undefined }, [], /the relay's name is not in the target/],
    ["a name that is none", { mailHost: "smtp://relay:25" }, [], /the relay's name is none that can be asked/],
    ["an address with a command", { serviceEmail: "a@b.c>\r\nDATA" }, [], /the address MIM sends from is none/],
    ["no port", {}, ["--port", "0"], /'0' is no port/],
    ["a port that is none", {}, ["--port", "25x"], /'25x' is no port/],
    ["a test address that is none", {}, ["--send-test-mail", "nobody"], /the address for the test mail is none/],
  ])("refuses %s in one line with its cure, and asks nobody", async (_what, given, argv, words) => {
    const { code, stdout, stderr } = await run([
      "relay-check",
      "--server",
      "practice",
      "--target",
      await target(given),
      ...argv,
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.split("\n")[0]).toMatch(words);
    expect(stderr.trim().split("\n")).toHaveLength(2);
  });
});
