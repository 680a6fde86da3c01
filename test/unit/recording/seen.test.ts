import { describe, expect, test } from "vitest";
import { seenIn } from "../../../electron/recording/seen.ts";
import { goodServer, mailKey, productKey, rebootPending, uninstall64 } from "../checklist/server-case.ts";

describe("seenIn", () => {
  const seen = seenIn(goodServer());

  test("compares keys, names, paths and accounts without regard to case", () => {
    expect(seen.value(mailKey.toUpperCase(), "location").state).toBe("present");
    expect(seen.file("c:\\media\\mim\\").state).toBe("present");
    expect(seen.account("contoso\\SVCMIMSERVICE").state).toBe("present");
    expect(seen.service("fimservice").state).toBe("present");
  });

  test("tells absent from not recorded, for keys and for values", () => {
    expect(seen.key(rebootPending).state).toBe("absent");
    expect(seen.value(rebootPending, "any").state).toBe("absent");
    expect(seen.value(mailKey, "any").state).toBe("absent");
    expect(seen.key("HKLM\\SOFTWARE\\Other").state).toBe("notRecorded");
    expect(seen.value("HKLM\\SOFTWARE\\Other", "any")).toEqual({
      state: "notRecorded",
      address: "HKLM\\SOFTWARE\\Other\\any",
    });
  });

  test("lists the keys directly below a key", () => {
    expect(seen.subKeys(uninstall64.toLowerCase())).toEqual([productKey]);
    expect(seen.subKeys("HKLM\\SOFTWARE")).toEqual([]);
  });
});
