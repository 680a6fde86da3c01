import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { farmTargetOf } from "../../../electron/assistant/farm-target.ts";
import { handOver, handOverUseCases, takeOver } from "../../../electron/assistant/hand-over.ts";
import { createPlaceStore, notePlace } from "../../../electron/assistant/place.ts";
import { createTargetStore, writeTarget } from "../../../electron/assistant/target-file.ts";
import { confirmationsSchema, defaultTarget } from "../../../electron/contract/target.ts";
import { InputProblem } from "../../../electron/recording/input-problem.ts";

const now = () => new Date("2026-11-27T10:00:00Z");
const target = {
  target: { ...defaultTarget, serviceEmail: "mimservice@contoso.com" },
  servers: { MIM01: confirmationsSchema.parse({ mailConfirmed: "2026-11-26" }) },
};
const handed = { screen: "verify", target: writeTarget(target) };

let folder: string;
const usual = process.env["TMPDIR"];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hand-over-"));
  process.env["TMPDIR"] = folder;
});
afterEach(async () => {
  if (usual === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = usual;
  await rm(folder, { recursive: true });
});

/** A lock that another start may have taken meanwhile, and what was done with it. */
function lockThat(isFree = true) {
  const done: string[] = [];
  const one = {
    release: () => void done.push("release"),
    take: () => {
      done.push("take");
      return isFree;
    },
    leave: () => void done.push("leave"),
  };
  return { one, done };
}
const declined = new InputProblem("refused", "elevation was declined", "the elevation prompt", "Nothing was changed.");

describe("opening the program anew as an administrator", () => {
  test("gives up the lock first, hands over what is wanted and confirmed and the screen, and ends this window", async () => {
    const { one, done } = lockThat();
    const home = join(folder, "administrator");
    await handOver(handed, one, async ([pipe = ""]) => {
      expect(done).toEqual(["release"]);
      await takeOver(pipe, home, now);
      return 0;
    });
    expect(done).toEqual(["release", "leave"]);
    expect(await createTargetStore(home, now).read()).toEqual(target);
    expect(JSON.parse(await readFile(join(home, "place.json"), "utf8"))).toEqual({
      server: { kind: "live" },
      screen: "verify",
    });
  });

  test("takes the lock again and goes on when Windows' question is declined", async () => {
    const { one, done } = lockThat();
    await expect(handOver(handed, one, () => Promise.reject(declined))).rejects.toBe(declined);
    expect(done).toEqual(["release", "take"]);
  });

  test("goes on when the next window ends without having taken over", async () => {
    const { one, done } = lockThat();
    await expect(handOver(handed, one, async () => 1)).rejects.toMatchObject({
      code: "worker-not-begun",
      where: "the window of the administrator",
    });
    expect(done).toEqual(["release", "take"]);
  });

  test("ends when a second start took the lock while Windows asked", async () => {
    const { one, done } = lockThat(false);
    await expect(handOver(handed, one, () => Promise.reject(declined))).rejects.toBe(declined);
    expect(done).toEqual(["release", "take", "leave"]);
  });

  test("takes over nothing that is no target", async () => {
    const { one } = lockThat();
    const home = join(folder, "administrator");
    const wrong = { screen: "verify", target: '{"clientSecret":"x"}' };
    await expect(
      handOver(wrong, one, async ([pipe = ""]) => {
        await takeOver(pipe, home, now);
        return 0;
      }),
    ).rejects.toMatchObject({ code: "worker-ended" });
    expect(await createTargetStore(home, now).read()).toEqual(farmTargetOf(defaultTarget));
  });

  // A pipe by its name on Windows, a socket in a folder elsewhere.
  test("takes over nothing that has no end, and does not hold it all", async () => {
    const path =
      process.platform === "win32" ? `\\\\.\\pipe\\mim-mail-endless-${process.pid}` : join(folder, "endless");
    let sent = 0;
    const endless = createServer((socket) => {
      const piece = "x".repeat(2 ** 16);
      const more = (): void => {
        while (!socket.destroyed && socket.write(piece)) sent += piece.length;
      };
      socket.on("drain", more).on("error", () => {});
      more();
    });
    await new Promise<void>((resolve) => endless.listen(path, resolve));
    await takeOver(path, folder, now);
    await new Promise((resolve) => endless.close(resolve));
    expect(sent).toBeLessThan(8 * 2 ** 20);
    expect(await createPlaceStore(folder, now).read()).toEqual({});
  });

  test("begins as any other where the window before is gone", async () => {
    await takeOver(join(folder, "no-pipe"), folder, now);
    expect(await createPlaceStore(folder, now).read()).toEqual({});
  });
});

describe("asking for it", () => {
  async function asked(changes: {
    readonly askElevated?: unknown;
    readonly running?: unknown;
    readonly shell?: object;
  }) {
    const { one, done } = lockThat();
    const place = createPlaceStore(folder, now);
    await notePlace(place, { screen: "tls" });
    const given: string[][] = [];
    const { openElevated } = handOverUseCases(
      {
        session: {
          shown: async () => ({ server: { label: "This server", askElevated: async () => false, ...changes } }),
        },
        farmTarget: async () => target,
        place,
        installers: { running: changes.running ?? null },
        shell: changes.shell ?? { oneWindow: one },
      } as unknown as Parameters<typeof handOverUseCases>[0],
      async (argv) => {
        given.push([...argv]);
        throw declined;
      },
    );
    return { done, given, told: openElevated(null) };
  }

  test("starts the program with nothing but the name of a pipe", async () => {
    const { done, given, told } = await asked({});
    await expect(told).rejects.toBe(declined);
    expect(done).toEqual(["release", "take"]);
    expect(given).toEqual([[expect.stringContaining("pipe")]]);
  });

  test.each([
    ["another server", { askElevated: undefined }, "only this computer"],
    ["the preview", { shell: {} }, "only this computer"],
    ["an installer that is followed", { running: {} }, "an installer is under way"],
  ])("is refused for %s, and keeps the lock", async (_what, changes, message) => {
    const { done, told } = await asked(changes);
    await expect(told).rejects.toMatchObject({ code: "refused", message: expect.stringContaining(message) });
    expect(done).toEqual([]);
  });

  test("is refused where MIM_MAIL_HOME names another place for the journals", async () => {
    await writeFile(join(folder, "here"), "");
    process.env["MIM_MAIL_HOME"] = folder;
    try {
      const { told } = await asked({});
      await expect(told).rejects.toMatchObject({ code: "refused", message: expect.stringContaining("MIM_MAIL_HOME") });
    } finally {
      delete process.env["MIM_MAIL_HOME"];
    }
  });
});
