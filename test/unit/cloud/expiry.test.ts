import { afterEach, beforeAll, expect, test } from "vitest";
import { type CloudCheckCase, cloudCheckCase, findingIn } from "./cloud-check-case.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";

let standIn: StandIn;
let dependencies: CloudCheckCase | null = null;
beforeAll(async () => {
  standIn = await startStandIn();
  return () => standIn.close();
});
afterEach(async () => {
  await dependencies?.close();
  dependencies = null;
});

test.each([
  ["2026-12-24", "done", "in 31 days"],
  ["2026-12-23", "attention", "in 30 days"],
  ["2026-11-23", "attention", "today"],
  ["2026-11-22", "action", "Expired on 2026-11-22"],
])("a secret that expires on %s is %s on 2026-11-23, in the window and in the report", async (day, status, words) => {
  dependencies = await cloudCheckCase({ standIn, today: "2026-11-23", target: { secretExpires: day } });
  const state = await dependencies.got("getState");
  const finding = findingIn({ state }, "azure.secretExpiry");
  expect(finding).toMatchObject({ status, actual: expect.stringContaining(words) });
  const options = { maskNames: false, before: false, pictures: false };
  const html = await dependencies.got("saveReport", { format: "html", options });
  expect(html.text).toContain(finding.actual);
  const json = await dependencies.got("saveReport", { format: "json", options });
  expect(json.text).toContain(finding.actual);
  expect(json.text).toContain("azure.secretExpiry");
});
