import { describe, expect, test } from "vitest";
import { fixedKeys, furtherAddresses, uninstallRoots } from "../../../electron/facts/addresses.ts";
import {
  account,
  cachedPackage,
  config,
  executable,
  goodServer,
  hiveKey,
  installProperties,
  productKey,
} from "../checklist/server-case.ts";

describe("the addresses of a look", () => {
  test("are all in a whole recording", () => {
    const recording = goodServer();
    for (const key of [...uninstallRoots, ...fixedKeys]) expect(Object.keys(recording.registry)).toContain(key);
    expect(furtherAddresses(recording)).toEqual({ keys: [], files: [], texts: [], accounts: [] });
  });

  test("follow from what was read, until nothing new comes", () => {
    const whole = goodServer();
    const recording = { ...whole, files: {}, texts: {}, accounts: {}, registry: { ...whole.registry } };
    delete recording.registry[installProperties];
    delete recording.registry[hiveKey];
    expect(furtherAddresses(recording)).toEqual({
      keys: [installProperties],
      files: [executable, "C:\\Media\\MIM\\"],
      texts: [config],
      accounts: [account],
    });
    const second = {
      ...recording,
      accounts: whole.accounts,
      registry: {
        ...recording.registry,
        [installProperties]: whole.registry[installProperties] ?? { state: "absent" as const },
      },
    };
    expect(furtherAddresses(second)).toMatchObject({
      keys: [hiveKey],
      files: [executable, cachedPackage, "C:\\Media\\MIM\\"],
    });
  });

  test("are only the fixed ones when nothing was found", () => {
    const recording = { ...goodServer(), registry: {} };
    expect(Object.keys(recording.registry)).not.toContain(productKey);
    expect(furtherAddresses(recording)).toEqual({ keys: [], files: [], texts: [], accounts: [] });
  });
});
