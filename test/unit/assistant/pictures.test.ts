import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { crc32, deflateSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAssistant } from "../../../electron/assistant/assistant.ts";
import { pictureSize } from "../../../electron/assistant/picture-file.ts";
import { picturesFolder, readPicturesWhole } from "../../../electron/assistant/picture-store.ts";
import { bareShell, type WindowShell } from "../../../electron/assistant/window-shell.ts";
import type { EventName, EventValue } from "../../../electron/contract/methods.ts";
import type { Outcome } from "../../../electron/contract/outcome.ts";
import { pictureSizeLimit } from "../../../electron/contract/picture.ts";
import type { PageId } from "../../../electron/contract/wizard.ts";
import { GrowingList } from "../../growing-list.ts";

const assets = fileURLToPath(new URL("../../../assets", import.meta.url));
let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "assistant-pictures-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** A grey PNG picture of this size, with as many bytes of a comment. */
function png(width: number, height: number, comment = 0): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    const tail = Buffer.alloc(4);
    tail.writeUInt32BE(crc32(body));
    return Buffer.concat([head, body, tail]);
  };
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const pixels = deflateSync(Buffer.alloc(Math.min((width + 1) * height, 1_000_000)));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    ...(comment > 0 ? [chunk("tEXt", Buffer.alloc(comment, 0x20))] : []),
    chunk("IDAT", pixels),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A JPEG's beginning and end: an APP0 segment, a frame of this kind and size, a scan. */
function jpeg(width: number, height: number, frame = 0xc0): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16BE(height, 0);
  size.writeUInt16BE(width, 2);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, ...Buffer.from("JFIF\0\x01\x01\0\0\x01\0\x01\0\0", "latin1")]),
    Buffer.from([0xff, 0xff, frame, 0x00, 0x0b, 0x08]),
    size,
    Buffer.from([0x01, 0x01, 0x11, 0x00, 0xff, 0xda, 0x00, 0x02, 0x12, 0xff, 0xd9]),
  ]);
}

let watches: GrowingList<EventValue<"installer">>;
beforeEach(() => {
  watches = new GrowingList();
});

const assistant = (shell: Partial<WindowShell> = {}) =>
  createAssistant({
    home,
    assets,
    version: "0.0.0-test",
    platform: "linux",
    now: () => new Date("2026-11-23T12:00:00Z"),
    shell: { ...bareShell, ...shell },
    emit: <Name extends EventName>(name: Name, value: EventValue<Name>) => {
      if (name === "installer") watches.push(value as EventValue<"installer">);
    },
  });

function given<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.value;
}
const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? "ok" : outcome.error.code);
const kept = () => readdir(picturesFolder(home, { keptAs: "practice" })).catch(() => []);
const added = (bytes: Uint8Array, page: PageId = "welcome", masked = false) =>
  ({ page, mediaType: "image/png", base64: Buffer.from(bytes).toString("base64"), masked }) as const;

describe("a picture's size", () => {
  test.each([
    [1, 1],
    [1024, 700],
    [16_384, 1],
  ])("is read from its header: %i by %i", (width, height) => {
    expect(pictureSize(png(width, height), "image/png")).toEqual({ width, height });
    for (const frame of [0xc0, 0xc2, 0xcf]) {
      expect(pictureSize(jpeg(width, height, frame), "image/jpeg")).toEqual({ width, height });
    }
  });

  const whole = png(10, 10);
  test.each([
    ["nothing", Buffer.alloc(0), "image/png"],
    ["a text", Buffer.from("<svg onload=alert(1)>"), "image/png"],
    ["a GIF", Buffer.from("GIF89a\x01\x00\x01\x00"), "image/png"],
    ["a JPEG that is called a PNG", jpeg(10, 10), "image/png"],
    ["a PNG that is called a JPEG", whole, "image/jpeg"],
    ["a PNG that is cut off", whole.subarray(0, -4), "image/png"],
    ["a PNG with something behind it", Buffer.concat([whole, Buffer.from("<script>")]), "image/png"],
    ["a PNG of no width", png(0, 10), "image/png"],
    ["a PNG wider than any screen", png(16_385, 1), "image/png"],
    ["a JPEG without a frame", Buffer.concat([jpeg(10, 10).subarray(0, 20), Buffer.from([0xff, 0xd9])]), "image/jpeg"],
    ["a JPEG that is cut off in its header", jpeg(10, 10).subarray(0, 8), "image/jpeg"],
    ["a JPEG of no height", jpeg(10, 0), "image/jpeg"],
  ] as const)("is not that of %s", (_what, bytes, mediaType) => {
    expect(pictureSize(bytes, mediaType)).toBeNull();
  });
});

describe("pictures the person adds", () => {
  test("are kept with their page and size, given back, and handed to the report", async () => {
    const handlers = assistant();
    const bytes = png(320, 200);
    const { pictures } = given(await handlers.addPicture(added(bytes)));
    expect(pictures).toMatchObject([
      { page: "welcome", width: 320, height: 200, masked: false, origin: "added", at: "2026-11-23T12:00:00.000Z" },
    ]);
    const [picture] = pictures;
    const base64 = bytes.toString("base64");
    expect(given(await handlers.getPicture({ id: picture?.id ?? "" }))).toEqual({ mediaType: "image/png", base64 });
    expect(given(await assistant().getState(null)).changeMode.pictures).toEqual(pictures);
    expect(await readPicturesWhole(picturesFolder(home, { keptAs: "practice" }))).toEqual([{ ...picture, base64 }]);
    expect(await readPicturesWhole(picturesFolder(home, {}))).toEqual([]);
    expect(await kept()).toEqual([`${picture?.id}.png`, "index.json"].sort());
  });

  test("are removed with their file", async () => {
    const handlers = assistant();
    const one = given(await handlers.addPicture(added(png(3, 3)))).pictures[0]?.id ?? "";
    const two = given(await handlers.addPicture(added(png(4, 4)))).pictures[1]?.id ?? "";
    expect(given(await handlers.removePicture({ id: one })).pictures.map(({ id }) => id)).toEqual([two]);
    expect(await kept()).toEqual([`${two}.png`, "index.json"].sort());
    expect(codeOf(await handlers.removePicture({ id: one }))).toBe("no-picture");
    expect(codeOf(await handlers.getPicture({ id: "../../target" }))).toBe("no-picture");
  });

  test.each(["mailbox", "serviceAccount"] as const)(
    "of the page %s, which shows a secret, only when masked",
    async (page) => {
      const handlers = assistant();
      expect(codeOf(await handlers.addPicture(added(png(3, 3), page)))).toBe("not-masked");
      expect(await kept()).toEqual([]);
      expect(given(await handlers.addPicture(added(png(3, 3), page, true))).pictures).toMatchObject([
        { page, masked: true },
      ]);
    },
  );

  test.each([
    ["no picture", added(Buffer.from("<svg/>")), "no-picture"],
    ["no base64", { ...added(png(3, 3)), base64: "data:image/png;base64,AAAA" }, "no-picture"],
    ["too large", added(png(3, 3, pictureSizeLimit)), "too-large"],
    ["far too large", { ...added(png(3, 3)), base64: "A".repeat(pictureSizeLimit * 2) }, "no-picture"],
  ])("are refused when it is %s, and nothing is kept", async (_what, input, code) => {
    expect(codeOf(await assistant().addPicture(input))).toBe(code);
    expect(await kept()).toEqual([]);
  });

  test("are not kept of a recording", async () => {
    const handlers = assistant();
    await handlers.openSample({ id: "configured" });
    expect(codeOf(await handlers.addPicture(added(png(3, 3))))).toBe("refused");
  });

  test("begin anew where the index is damaged, or names a file outside of the folder", async () => {
    const folder = picturesFolder(home, { keptAs: "practice" });
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "index.json"), "{");
    expect(await readPicturesWhole(picturesFolder(home, { keptAs: "practice" }))).toEqual([]);
    const handlers = assistant();
    given(await handlers.addPicture(added(png(3, 3))));
    const index = JSON.parse(await readFile(join(folder, "index.json"), "utf8"));
    index.pictures[0].id = "../../../etc/passwd";
    await writeFile(join(folder, "index.json"), JSON.stringify(index));
    expect(await readPicturesWhole(picturesFolder(home, { keptAs: "practice" }))).toEqual([]);
  });

  test("are left out of the report when their file is gone", async () => {
    const handlers = assistant();
    const { id = "" } = given(await handlers.addPicture(added(png(3, 3)))).pictures[0] ?? {};
    await rm(join(picturesFolder(home, { keptAs: "practice" }), `${id}.png`));
    expect(await readPicturesWhole(picturesFolder(home, { keptAs: "practice" }))).toEqual([]);
    expect(codeOf(await handlers.getPicture({ id }))).toBe("picture-missing");
  });
});

describe("pictures the program takes", () => {
  const shot = { png: png(640, 480), width: 640, height: 480 };

  test("are not taken where it cannot, and only of the installer's window", async () => {
    expect(codeOf(await assistant().takePicture({ page: "welcome" }))).toBe("not-available");
    const asked: string[] = [];
    const handlers = assistant({
      pictureOf: async (title) => {
        asked.push(title);
        return null;
      },
    });
    expect(codeOf(await handlers.takePicture({ page: "welcome" }))).toBe("no-window");
    expect(asked).toEqual(["Microsoft Identity Manager 2016 - Service and Portal"]);
  });

  test("are kept as taken, with the size that is in them", async () => {
    const handlers = assistant({ pictureOf: async () => ({ ...shot, width: 1, height: 1 }) });
    const { pictures } = given(await handlers.takePicture({ page: "database" }));
    expect(pictures).toMatchObject([{ page: "database", origin: "taken", masked: false, width: 640, height: 480 }]);
  });

  test("are never taken of a page on which a secret is typed, nor while the installer is on one", async () => {
    let taken = 0;
    const handlers = assistant({
      pictureOf: async () => {
        taken += 1;
        return shot;
      },
    });
    for (const page of ["mailbox", "serviceAccount"] as const) {
      expect(codeOf(await handlers.takePicture({ page }))).toBe("shows-secret");
    }
    const ended = handlers.startChangeMode({ copyConfig: false });
    await watches.until((list) => list.at(-1)?.phase === "pages");
    await handlers.moveToPage({ page: "mailbox" });
    expect(codeOf(await handlers.takePicture({ page: "welcome" }))).toBe("shows-secret");
    expect({ taken, kept: await kept() }).toEqual({ taken: 0, kept: [] });
    await handlers.pressPractice({ button: "cancel" });
    await ended;
  });
});
