import { describe, expect, test } from "vitest";
import { valueChange } from "../../../electron/changes/catalogue.ts";
import type { FindingId } from "../../../electron/contract/checklist.ts";
import type { Remedy } from "../../../electron/contract/remedy.ts";
import {
  account,
  applicationId,
  type CaseInput,
  findingOf,
  hiveKey,
  mailKey,
  netKeys,
  protocols,
  serviceKey,
  setKey,
  setValues,
  tenantId,
  text,
  unreadable,
} from "./server-case.ts";

const without = (...keys: readonly string[]): CaseInput => ({
  server: (recording) => {
    for (const key of keys) setKey(recording, key, { state: "absent" });
  },
});
const oldProtocol = without(`${protocols}\\TLS 1.0\\Client`);
const stoppedWith = (words: string): CaseInput => ({
  server: (recording) => {
    recording.services["FIMService"] = { state: "present", status: "stopped", startedAt: null };
    recording.events = {
      state: "present",
      from: "2026-11-16T10:00:00Z",
      items: [
        {
          log: "Application",
          provider: "Microsoft.ResourceManagement",
          id: 3,
          level: "Error",
          at: recording.recordedAt,
          text: words,
        },
      ],
    };
  },
});
const noIds: CaseInput = { server: (recording) => setKey(recording, mailKey, { state: "present", values: {} }) };

describe("what settles a finding", () => {
  test.each<readonly [FindingId, string, CaseInput, Partial<Remedy> & { kind: Remedy["kind"] }]>([
    ["tls.1.2.client", "done needs nothing", {}, { kind: "manual", ready: true }],
    [
      "tls.dotnet.v2.64",
      "values are set",
      without(netKeys["v2.64"]),
      { kind: "apply", ready: true, changes: expect.arrayContaining(["tls.dotnet.v2.64.SchUseStrongCrypto"]) as never },
    ],
    ["verify.service", "a stopped service is started", stoppedWith("x"), { kind: "restart", what: "service" } as never],
    [
      "verify.service",
      "without TLS 1.0 it does not start",
      stoppedWith("The client and server cannot communicate, because they do not possess a common algorithm"),
      { kind: "apply", ready: true, changes: expect.arrayContaining(["tls.1.0.server.Enabled"]) as never },
    ],
    [
      "server.service",
      "without TLS 1.0 it does not start",
      stoppedWith("SSL Provider, error: 0 - 0x80090331"),
      { kind: "apply", ready: true },
    ],
    [
      "tls.1.0.client",
      "costs are to be known first",
      { ...oldProtocol, target: { tlsCostsConfirmed: false } },
      { kind: "apply", ready: false },
    ],
    [
      "tls.1.0.client",
      "costs are known",
      { ...oldProtocol, target: { tlsCostsConfirmed: true } },
      { kind: "apply", ready: true },
    ],
    [
      "azure.applicationId",
      "nothing entered",
      { target: { applicationId: undefined } },
      { kind: "enter", ready: false, fields: ["applicationId"] },
    ],
    ["azure.applicationId", "no GUID", { target: { applicationId: "hello" } }, { kind: "enter", ready: false }],
    [
      "azure.applicationId",
      "waits for Change mode",
      { ...noIds, target: { applicationId, tenantId } },
      { kind: "changeMode", ready: true },
    ],
    [
      "azure.tenantId",
      "waits for Change mode",
      { ...noIds, target: { applicationId, tenantId } },
      { kind: "changeMode", ready: true },
    ],
    [
      "azure.secretExpiry",
      "no day entered",
      { target: { secretExpires: undefined } },
      { kind: "enter", fields: ["secretExpires"] },
    ],
    [
      "azure.signIn",
      "IDs are missing",
      {
        target: { applicationId: undefined },
        server: (recording) => {
          recording.cloud = null;
        },
      },
      { kind: "cloudCheck", ready: false },
    ],
    [
      "server.backup",
      "a word of a person",
      { target: { backupConfirmed: false } },
      { kind: "confirm", ready: true, field: "backupConfirmed" },
    ],
    [
      "account.email",
      "no address",
      { target: { serviceEmail: undefined } },
      { kind: "enter", fields: ["serviceEmail"] },
    ],
    [
      "account.service",
      "an account of Windows, none wanted",
      {
        target: { serviceAccount: undefined },
        server: (recording) => setValues(recording, serviceKey, { ObjectName: text("LocalSystem") }),
      },
      { kind: "enter", fields: ["serviceAccount"] },
    ],
    [
      "account.service",
      "another account wanted",
      {
        target: { serviceAccount: account },
        server: (recording) => setValues(recording, serviceKey, { ObjectName: text("LocalSystem") }),
      },
      { kind: "changeMode", ready: true },
    ],
    [
      "mail.serverType",
      "a pair the wizard refuses",
      { target: { mailServer: "smtp", authentication: "basic" } },
      { kind: "enter", fields: ["mailServer"] },
    ],
    [
      "mail.serverType",
      "SMTP without a host",
      { target: { mailServer: "smtp", authentication: "integrated" } },
      { kind: "enter", fields: ["mailHost"] },
    ],
    [
      "mail.serverType",
      "SMTP with its host",
      { target: { mailServer: "smtp", authentication: "integrated", mailHost: "relay.contoso.com" } },
      { kind: "changeMode", ready: true },
    ],
    [
      "verify.token",
      "closed without elevation",
      { elevated: false, server: (recording) => setKey(recording, hiveKey, unreadable) },
      { kind: "elevate" },
    ],
    [
      "verify.token",
      "closed in spite of elevation",
      { elevated: true, server: (recording) => setKey(recording, hiveKey, unreadable) },
      { kind: "manual" },
    ],
  ])("%s, %s", (id, _situation, input, wanted) => {
    expect(findingOf(id, input).remedy).toMatchObject(wanted);
  });

  test("a name that cannot be translated is no matter of rights", () => {
    const given: CaseInput = {
      elevated: false,
      server: ({ accounts }) => {
        for (const name of Object.keys(accounts)) accounts[name] = { state: "unreadable", reason: "not translated" };
      },
    };
    expect(findingOf("account.sid", given)).toMatchObject({ status: "unknown", remedy: { kind: "manual" } });
  });

  test("names only values that may be changed", () => {
    for (const id of ["tls.1.0.server", "tls.1.2.server", "tls.dotnet.v4.32"] as const) {
      const { remedy } = findingOf(
        id,
        without(`${protocols}\\TLS 1.0\\Server`, `${protocols}\\TLS 1.2\\Server`, ...Object.values(netKeys)),
      );
      expect(remedy.kind).toBe("apply");
      if (remedy.kind !== "apply") continue;
      expect(remedy.changes).toHaveLength(2);
      for (const change of remedy.changes) expect(valueChange(change)?.finding).toBe(id);
    }
  });
});
