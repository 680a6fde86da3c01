import { expect, test } from "vitest";
import { pictureOfWindow } from "../../../electron/shell/window-picture.ts";

type Capturer = Parameters<typeof pictureOfWindow>[0];

function capturer(windows: readonly { readonly name: string; readonly empty?: boolean }[]) {
  const asked: unknown[] = [];
  const getSources = async (options: unknown) => {
    asked.push(options);
    return windows.map(({ name, empty = false }) => ({
      name,
      thumbnail: {
        isEmpty: () => empty,
        getSize: () => ({ width: 503, height: 395 }),
        toPNG: () => Buffer.from(`picture of ${name}`),
      },
    }));
  };
  return { asked, port: { getSources } as unknown as Capturer };
}

const title = "Microsoft Identity Manager Service and Portal";

test("the top window whose title begins with the words is pictured, whatever else is open", async () => {
  const { port, asked } = capturer([
    { name: "secrets.txt - Notepad" },
    { name: `About ${title}` },
    { name: title, empty: true },
    { name: `${title} Setup` },
    { name: title },
  ]);
  const picture = await pictureOfWindow(port, title);
  expect(picture).toMatchObject({ width: 503, height: 395 });
  expect(Buffer.from(picture?.png ?? []).toString()).toBe(`picture of ${title} Setup`);
  // Windows only: a picture of the screen would show what lies beside the installer.
  expect(asked).toEqual([expect.objectContaining({ types: ["window"] })]);
});

test("no such window is no picture, and neither is a title without words", async () => {
  expect(await pictureOfWindow(capturer([{ name: "MIM Mail Assistant" }]).port, title)).toBeNull();
  expect(await pictureOfWindow(capturer([{ name: title, empty: true }]).port, title)).toBeNull();
  expect(await pictureOfWindow(capturer([{ name: "anything" }]).port, "")).toBeNull();
});
