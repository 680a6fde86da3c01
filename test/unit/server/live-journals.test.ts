import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { closeFolder, createLiveJournals } from "../../../electron/server/live/live-journals.ts";
import type { RunTool } from "../../../electron/server/windows-tool.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "journals-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** As Windows tells of a folder that this program closed. */
const closed = "O:BAG:BAD:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1200a9;;;BU)";

function journals(
  elevated: boolean | null,
  code = 0,
  guarded: string | null = join(folder, "product"),
  descriptor = closed,
) {
  const calls: (readonly string[])[] = [];
  const run: RunTool = async (program, argv) => {
    if (program.endsWith("powershell.exe")) {
      return { code: 0, stdout: Buffer.from(`${descriptor}\r\n`), stderr: Buffer.alloc(0) };
    }
    calls.push([program.split("\\").at(-1) ?? "", ...argv]);
    return { code, stdout: Buffer.alloc(0), stderr: Buffer.from(code === 0 ? "" : "Access is denied.") };
  };
  const made = createLiveJournals({
    folder: join(folder, "product", "journal"),
    guarded,
    run,
    elevated: async () => elevated,
    now: () => new Date("2026-11-27T10:00:00Z"),
  });
  return { journals: made, calls };
}

describe("the journals of this server", () => {
  test("lie where only administrators write: owner, rights of what is below, then three entries, before the first", async () => {
    const { journals: made, calls } = journals(true);
    const product = join(folder, "product");
    await made.create("a", "head\n", "undo");
    await made.create("b", "head\n", "undo");
    expect(calls).toEqual([
      ["icacls.exe", product, "/setowner", "*S-1-5-32-544", "/T", "/L", "/Q"],
      ["icacls.exe", product, "/reset", "/L", "/Q"],
      [
        "icacls.exe",
        product,
        "/inheritance:r",
        "/grant:r",
        "*S-1-5-32-544:(OI)(CI)F",
        "*S-1-5-18:(OI)(CI)F",
        "*S-1-5-32-545:(OI)(CI)RX",
        "/Q",
      ],
      ["icacls.exe", join(product, "journal"), "/reset", "/T", "/L", "/Q"],
      // Not what lies in it: the folder of each log is closed to users, and must stay so.
      ["icacls.exe", join(product, "logs"), "/reset", "/L", "/Q"],
    ]);
    expect((await made.readAll()).size).toBe(2);
  });

  test("are not kept at all when the folder cannot be guarded", async () => {
    const { journals: made } = journals(true, 5);
    await expect(made.create("a", "head\n", "undo")).rejects.toThrow(
      /cannot be kept to administrators: Access is denied/,
    );
    await expect(made.exclusive(async () => 1)).rejects.toThrow(/cannot be kept to administrators/);
    expect(await readdir(join(folder, "product"))).toEqual([]);
  });

  test.each([
    ["that a user owns", closed.replace("O:BA", "O:S-1-5-21-1-2-3-1001")],
    ["in which users may create files", closed.replace("0x1200a9;;;BU", "0x1301bf;;;BU")],
    ["in which everybody may do everything", "O:BAG:SYD:(A;OICIID;FA;;;WD)(A;OICIID;FA;;;SY)"],
    ["whose rights a user may change", closed.replace("0x1200a9;;;BU", "RCWD;;;AU")],
    ["without any list of rights", "O:BAG:BAD:NO_ACCESS_CONTROL"],
    ["whose rights are not understood", "nonsense"],
  ])(
    "that lie in a folder %s are set aside whole, the change is refused, and the next one goes on",
    async (_, told) => {
      const product = join(folder, "product");
      await mkdir(join(product, "journal"), { recursive: true });
      await writeFile(join(product, "journal", "a.journal"), "planted");
      const { journals: made } = journals(true, 0, product, told);
      await expect(made.exclusive(async () => 1)).rejects.toMatchObject({
        code: "journals-set-aside",
        cure: expect.stringContaining(`${product}.set-aside-2026-11-27T10-00-00-000Z`),
      });
      expect(
        await readFile(join(`${product}.set-aside-2026-11-27T10-00-00-000Z`, "journal", "a.journal"), "utf8"),
      ).toBe("planted");
      expect(await made.exclusive(async () => 1)).toBe(1);
      expect((await made.readAll()).size).toBe(0);
    },
  );

  test.each([
    closed,
    "O:SYG:SYD:(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICIIO;GA;;;CO)(A;OICI;0x1200a9;;;BU)(D;;FA;;;AN)",
    "O:S-1-5-32-544D:PAI(A;OICI;FA;;;S-1-5-18)(A;OICI;FRFX;;;AU)",
  ])("that lie where only administrators write are believed: %s", async (told) => {
    const product = join(folder, "product");
    await mkdir(join(product, "journal"), { recursive: true });
    await writeFile(join(product, "journal", "a.journal"), "ours");
    const { journals: made } = journals(true, 0, product, told);
    expect(await made.exclusive(async () => 1)).toBe(1);
    expect((await made.readAll()).get("a")).toBe("ours");
  });

  test("are not kept where the folder of the installer's logs is a link", async () => {
    await mkdir(join(folder, "product"));
    await symlink(folder, join(folder, "product", "logs"), "junction");
    const { journals: made, calls } = journals(true);
    await expect(made.create("a", "head\n", "undo")).rejects.toThrow(/not a folder of its own/);
    expect(calls).toEqual([]);
  });

  test("are not kept behind a link", async () => {
    await mkdir(join(folder, "elsewhere"));
    await symlink(join(folder, "elsewhere"), join(folder, "product"), "junction");
    const { journals: made, calls } = journals(true);
    await expect(made.create("a", "head\n", "undo")).rejects.toThrow(/not a folder of its own/);
    expect(calls).toEqual([]);
  });

  test.each([
    ["without elevation, where nothing can be guarded", false, undefined],
    ["where Windows does not tell", null, undefined],
    ["in a folder the person named", true, null],
  ])("are kept as they are %s", async (_what, elevated, guarded) => {
    const { journals: made, calls } = journals(elevated, 0, guarded);
    await made.create("a", "head\n", "undo");
    expect(calls).toEqual([]);
    expect((await made.readAll()).get("a")).toBe("head\n");
  });
});

describe("the folder of an installer's log", () => {
  const run =
    (code: number, calls: (readonly string[])[]): RunTool =>
    async (program, argv) => {
      calls.push([program.split("\\").at(-1) ?? "", ...argv]);
      return { code, stdout: Buffer.alloc(0), stderr: Buffer.from(code === 0 ? "" : "Access is denied.") };
    };

  test("is closed to everybody but administrators and Windows itself, nobody else reads it", async () => {
    const calls: (readonly string[])[] = [];
    await closeFolder("C:\\logs\\one", { run: run(0, calls) });
    const rights = ["*S-1-5-32-544:(OI)(CI)F", "*S-1-5-18:(OI)(CI)F"];
    expect(calls).toEqual([["icacls.exe", "C:\\logs\\one", "/inheritance:r", "/grant:r", ...rights, "/Q"]]);
  });

  test("is told when it cannot be closed", async () => {
    await expect(closeFolder("C:\\logs\\one", { run: run(5, []) })).rejects.toThrow(/cannot be kept to administrators/);
  });
});
