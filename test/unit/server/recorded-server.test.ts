import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Recording } from "../../../electron/recording/recording.ts";
import { readSample } from "../../../electron/server/practice/samples.ts";
import { createRecordedServer } from "../../../electron/server/recorded/recorded-server.ts";

const { recording } = await readSample(join(import.meta.dirname, "../../../assets"), "configured");

describe("a recorded server", () => {
  test("gives what was recorded, with its time", async () => {
    const server = createRecordedServer({ label: "MIM01.json", recording });
    expect(await server.look()).toEqual(recording);
    expect(server).toMatchObject({ kind: "recorded", label: "MIM01.json", elevated: null });
  });

  test("redacts a secret that someone put into the file", async () => {
    const key = "HKLM\\SOFTWARE\\Microsoft\\Forefront Identity Manager\\2010\\Service";
    const changed: Recording = {
      ...recording,
      registry: {
        [key]: { state: "present", values: { EncryptedExchangeOnlineClientSecret: { type: "REG_SZ", data: "plain" } } },
      },
    };
    const seen = await createRecordedServer({ label: "x", recording: changed }).look();
    expect(JSON.stringify(seen)).not.toContain("plain");
  });

  test("stops when it was cancelled", async () => {
    const reason = new Error("enough");
    const server = createRecordedServer({ label: "x", recording });
    await expect(server.look({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
