import { expect, test } from "vitest";
import { defaultTarget } from "../../../electron/contract/target.ts";
import {
  isEmpty,
  nothingEntered,
  withDraft,
  withoutConfirmations,
  withoutSent,
} from "../../../renderer/store/target-draft.ts";

test("a draft lies over the target, and an emptied field is left out", () => {
  const target = { ...defaultTarget, serviceEmail: "mim@contoso.com", tenantId: "a" };
  const merged = withDraft(target, { serviceEmail: undefined, tenantId: "b" });
  expect(merged).toEqual({ ...defaultTarget, tenantId: "b" });
  expect("serviceEmail" in merged).toBe(false);
});

test("what was sent leaves the draft, and what was typed since stays", () => {
  const sent = { tenantId: "a", serviceEmail: undefined };
  expect(withoutSent({ ...sent, applicationId: "x" }, sent)).toEqual({ applicationId: "x" });
  expect(withoutSent({ tenantId: "ab", serviceEmail: undefined }, sent)).toEqual({ tenantId: "ab" });
  expect(isEmpty(withoutSent(sent, sent))).toBe(true);
});

test("what was confirmed of one server does not go on to the next, what is wanted does", () => {
  const draft = {
    tenantId: "a",
    serviceEmail: undefined,
    backupConfirmed: true,
    mailConfirmed: undefined,
    accepted: [],
  };
  const rest = withoutConfirmations(draft);
  expect(Object.keys(rest)).toEqual(["tenantId", "serviceEmail"]);
});

test("a field emptied again after it was sent stays to be sent", () => {
  expect(isEmpty(withoutSent({ tenantId: undefined }, { tenantId: "a" }))).toBe(false);
});

test("the defaults alone are nothing entered; any answer is something", () => {
  expect(nothingEntered(defaultTarget)).toBe(true);
  expect(nothingEntered({ ...defaultTarget, mailServer: "smtp" })).toBe(true);
  expect(nothingEntered({ ...defaultTarget, backupConfirmed: false })).toBe(false);
});
