import { describe, expect, test } from "vitest";
import { secretFault } from "../../../renderer/cloud/secret-fault.ts";

describe("what is pasted as the client secret", () => {
  test.each(["8f14e45f-ceea-467a-9a36-dedd4bea2543", "  {8F14E45F-CEEA-467A-9A36-DEDD4BEA2543} "])(
    "is told to be the Secret ID when it is a GUID: %s",
    (typed) => {
      expect(secretFault(typed)).toContain("Secret ID");
    },
  );

  test("is taken when it may be a Value", () => {
    for (const typed of [
      "aBc8Q~x1.yZ-_0123456789abcdefghijklmnop",
      " aBc8Q~x1 ",
      "8f14e45f-ceea-467a-9a36-dedd4bea254",
    ]) {
      expect(secretFault(typed)).toBeNull();
    }
  });

  test("is not judged while there is none", () => {
    expect(secretFault("   ")).toBeNull();
  });

  test.each(["one two", "one\ntwo", "one\ttwo"])("is refused with blanks in it", (typed) => {
    expect(secretFault(typed)).toContain("no blanks");
  });

  test.each(["x".repeat(1001), "a\u0000b"])("is refused when no secret looks like that", (typed) => {
    expect(secretFault(typed)).toContain("too long");
  });

  test("is never repeated in what is said of it", () => {
    for (const typed of ["8f14e45f-ceea-467a-9a36-dedd4bea2543", "hush hush", "y".repeat(1001)]) {
      expect(secretFault(typed)).not.toContain(typed);
    }
  });
});
