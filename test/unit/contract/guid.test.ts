import { describe, expect, test } from "vitest";
import { emptyGuid, guidFault, plainGuid } from "../../../electron/contract/guid.ts";

const guid = "6a1f4b52-0c3d-4e5f-8a9b-0c1d2e3f4a5b";

describe("plainGuid", () => {
  test.each([guid, guid.toUpperCase(), `{${guid}}`, `  { ${guid.toUpperCase()} } `])("accepts %j", (text) => {
    expect(plainGuid(text)).toBe(guid);
  });
  test.each(["", "x", guid.slice(1), `${guid}0`, `{${guid}`, guid.replaceAll("-", ""), `${guid} ${guid}`])(
    "refuses %j",
    (text) => expect(plainGuid(text)).toBeNull(),
  );
});

describe("guidFault", () => {
  test("says nothing of what is right or still empty", () => {
    expect(guidFault(guid)).toBeNull();
    expect(guidFault(" ")).toBeNull();
  });
  test("says what is wrong", () => {
    expect(guidFault("x")).toMatch(/not a GUID/);
    expect(guidFault(emptyGuid)).toMatch(/zeros/);
  });
});
