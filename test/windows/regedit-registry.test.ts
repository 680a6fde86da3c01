import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRegRegistry } from "../../electron/server/live/reg-registry.ts";
import { loadRegedit, type Regedit } from "../../electron/server/live/regedit-package.ts";
import { createRegeditReader, createRegeditRegistry } from "../../electron/server/live/regedit-registry.ts";
import { registryContract } from "./registry-contract.ts";
import { type ScriptHost, scriptHost } from "./script-host.ts";
import { hasWindows, reg, regTool, unique } from "./windows.ts";

describe.skipIf(!hasWindows)("regedit", () => {
  let host: ScriptHost;
  let regedit: Regedit;
  beforeAll(async () => {
    host = scriptHost();
    regedit = await loadRegedit({ cscript: host.cscript });
  });
  afterAll(() => host.remove());

  registryContract("keeps the contract of the registry", () =>
    createRegeditRegistry(regedit, createRegRegistry(regTool)),
  );

  describe("has the faults this program works round", () => {
    const key = `HKLM\\SOFTWARE\\${unique("faults")}`;
    beforeAll(() => reg("add", key, "/f", "/reg:64") && undefined);
    afterAll(() => reg("delete", key, "/f", "/reg:64") && undefined);

    test("splits the items of a list at commas, without a word", async () => {
      await regedit.putValues([{ key, name: "list", type: "REG_MULTI_SZ", data: ["a,b", "c"].join(",") }]);
      const found = await createRegRegistry(regTool).readKeys([key]);
      expect(found.get(key)).toMatchObject({ values: { list: { data: ["a", "b", "c"] } } });
    });

    test("expands a path, which a look accepts and a change does not", async () => {
      reg("add", key, "/v", "path", "/t", "REG_EXPAND_SZ", "/d", "%SystemRoot%\\x", "/f", "/reg:64");
      const look = await createRegeditReader(regedit.list, createRegRegistry(regTool)).readKeys([key]);
      expect(look.get(key)).toMatchObject({ values: { path: { data: expect.stringMatching(/^C:\\windows\\x$/i) } } });
      const change = await createRegeditRegistry(regedit, createRegRegistry(regTool)).readKeys([key]);
      expect(change.get(key)).toMatchObject({ values: { path: { data: "%SystemRoot%\\x" } } });
    });
  });
});
