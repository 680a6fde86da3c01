import { describe, expect, test } from "vitest";
import { foundSchema } from "../../../electron/contract/state.ts";
import { buildIn, foundIn } from "../../../electron/facts/found.ts";
import {
  absent,
  account,
  applicationId,
  config,
  goodServer,
  mailKey,
  netKeys,
  number,
  present,
  protocols,
  setKey,
  tenantId,
} from "../checklist/server-case.ts";

const wanted = { mailServer: "office365", tlsProfile: "guide" } as const;

describe("foundIn", () => {
  test("gives what stands on a configured server, in the contract's form", () => {
    const found = foundIn(goodServer(), wanted);
    expect(foundSchema.parse(found)).toEqual(found);
    expect(found).toMatchObject({
      mailServer: "office365",
      mailHost: "outlook.office365.com",
      authentication: "applicationContext",
      applicationId,
      tenantId,
      serviceAccount: account,
      groupManaged: false,
    });
    expect(found.changeCommand).toMatch(/^msiexec\.exe \/I\{/);
    expect(found.tls).toHaveLength(12);
    expect(buildIn(goodServer())).toBe("4.6.673.0");
  });

  test("says what Windows makes of values that are not set", () => {
    const recording = goodServer();
    setKey(recording, `${protocols}\\TLS 1.0\\Client`, absent);
    setKey(recording, netKeys["v2.64"], absent);
    setKey(recording, netKeys["v4.64"], present({ SchUseStrongCrypto: number(1) }));
    setKey(recording, netKeys["v4.32"], undefined);
    const rows = new Map(foundIn(recording, wanted).tls.map((row) => [row.finding, `${row.found}: ${row.effect}`]));
    expect(rows.get("tls.1.0.client")).toBe("not set: On by default");
    expect(rows.get("tls.1.2.client")).toBe("1, 0: On");
    expect(rows.get("tls.dotnet.v2.64")).toBe("not set: TLS 1.0 only");
    expect(rows.get("tls.dotnet.v4.64")).toBe("1, not set: Not as needed");
    expect(rows.get("tls.dotnet.v4.32")).toBe("not known: Not known");
    expect(rows.get("tls.dotnet.v2.32")).toBe("1, 1: Follows Windows");
  });

  test("gives null for what could not be told", () => {
    const recording = goodServer();
    recording.registry = {};
    recording.texts = {};
    expect(foundIn(recording, wanted)).toMatchObject({
      mailServer: null,
      authentication: null,
      applicationId: null,
      serviceAccount: null,
      changeCommand: null,
    });
  });

  test("takes an SMTP server as signing in with Windows", () => {
    const recording = goodServer();
    recording.texts[config] = {
      state: "present",
      text: '<configuration><appSettings><add key="mailServer" value="smtp.contoso.com"/></appSettings></configuration>',
    };
    setKey(recording, mailKey, present());
    expect(foundIn(recording, wanted)).toMatchObject({
      mailServer: "smtp",
      mailHost: "smtp.contoso.com",
      authentication: "integrated",
    });
  });
});
