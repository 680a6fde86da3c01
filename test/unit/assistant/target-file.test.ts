import { describe, expect, test } from "vitest";
import { farmTargetOf } from "../../../electron/assistant/farm-target.ts";
import { readTarget, writeTarget } from "../../../electron/assistant/target-file.ts";
import { InputProblem } from "../../../electron/recording/input-problem.ts";
import { goodTarget } from "../checklist/server-case.ts";

const read = (value: unknown) => readTarget(new TextEncoder().encode(JSON.stringify(value)), "t.json");

function problemOf(value: unknown): InputProblem {
  try {
    read(value);
  } catch (error) {
    if (error instanceof InputProblem) return error;
  }
  throw new Error("was accepted");
}

describe("readTarget", () => {
  test("reads what it wrote", () => {
    const farm = { target: goodTarget, servers: { MIM01: { backupConfirmed: true }, "SECRET-01": {} } };
    for (const target of [farmTargetOf(goodTarget), farm]) {
      expect(readTarget(new TextEncoder().encode(writeTarget(target)), "t.json")).toEqual(target);
    }
  });

  test("fills in the defaults and keeps malformed IDs for the checklist to judge", () => {
    expect(read({ applicationId: "x" }).target).toEqual({
      mailServer: "office365",
      authentication: "applicationContext",
      tlsProfile: "guide",
      applicationId: "x",
    });
  });

  test.each([
    [{ clientSecret: "x" }, "secret-in-target", "clientSecret"],
    [{ password: "x" }, "secret-in-target", "password"],
    [{ accepted: [{ secret: "x" }] }, "secret-in-target", "accepted.0.secret"],
    [{ colour: "x" }, "malformed", "colour"],
    [{ mailServer: "gmail" }, "malformed", "mailServer"],
    [{ secretExpires: "soon" }, "malformed", "secretExpires"],
    [{ secretExpires: "2026-02-30" }, "malformed", "secretExpires"],
    [{ backupConfirmed: "yes" }, "malformed", "backupConfirmed"],
    [{ servers: { MIM01: { backupConfirmed: "yes" } } }, "malformed", "servers.MIM01.backupConfirmed"],
    [{ servers: { MIM01: { tenantId: "x" } } }, "malformed", "servers.MIM01.tenantId"],
    [{ servers: { MIM01: { password: "x" } } }, "secret-in-target", "servers.MIM01.password"],
    [{ servers: { MIM01: { servers: { secret: "x" } } } }, "secret-in-target", "servers.MIM01.servers.secret"],
    [{ servers: { MIM01: {}, mim01: {} } }, "malformed", "servers"],
    [
      { accepted: [{ finding: "no.such", reason: "a", by: "b", until: "2026-12-01" }] },
      "malformed",
      "accepted[0].finding",
    ],
  ])("refuses %j", (value, code, place) => {
    expect(problemOf(value)).toMatchObject({ code, where: `t.json, at ${place}` });
  });

  test("does not repeat the secret it refuses", () => {
    const problem = problemOf({ clientSecret: "hunter2" });
    expect(`${problem.message} ${problem.where} ${problem.cure}`).not.toContain("hunter2");
  });
});
