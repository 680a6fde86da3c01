import { describe } from "vitest";
import { createRegRegistry } from "../../electron/server/live/reg-registry.ts";
import { registryContract } from "./registry-contract.ts";
import { hasWindows, regTool } from "./windows.ts";

describe.skipIf(!hasWindows)("reg.exe", () => {
  registryContract("keeps the contract of the registry", () => createRegRegistry(regTool));
});
