import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { readSecret } from "../../../electron/command-line/secret-input.ts";

function terminal() {
  const raw: boolean[] = [];
  const source = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (on: boolean) => raw.push(on) });
  return { source, raw };
}

/** What is typed at the prompt, piece by piece; gives the secret and all that was shown. */
async function typed(...pieces: readonly string[]): Promise<{ secret: string; shown: string; raw: boolean[] }> {
  const { source, raw } = terminal();
  let shown = "";
  const reading = readSecret("Client secret: ", source, (text) => {
    shown += text;
  });
  for (const piece of pieces) source.write(piece);
  return { secret: await reading, shown, raw };
}

describe("a secret typed at a terminal", () => {
  test.each<[string, readonly string[], string]>([
    ["key by key", ["a", "b", "c", "\r"], "abc"],
    ["pasted with its line end", ["Xq~8Q.Value\n"], "Xq~8Q.Value"],
    ["with a correction", ["abd", "\u007f", "c\r"], "abc"],
    ["begun anew with Ctrl+U", ["wrong", "\u0015", "right\r"], "right"],
    ["with keys that move the cursor", ["a\u001b[D", "\u001b[3~", "b\u001bOP\r"], "ab"],
    ["ended by Ctrl+D", ["abc", "\u0004"], "abc"],
    ["with nothing", ["\r"], ""],
    ["with letters beyond ASCII", ["ü€😀", "\b", "x\r"], "ü€x"],
  ])("%s is read and never shown", async (_how, pieces, secret) => {
    const read = await typed(...pieces);
    expect(read).toEqual({ secret, shown: "Client secret: \n", raw: [true, false] });
  });

  test("ends with Ctrl+C as stopped, and the terminal is as it was", async () => {
    const { source, raw } = terminal();
    const reading = readSecret("Client secret: ", source, () => {});
    source.write("half\u0003");
    await expect(reading).rejects.toMatchObject({ code: "refused", message: expect.not.stringContaining("half") });
    expect(raw).toEqual([true, false]);
  });

  test("ends when the terminal is closed", async () => {
    const { source } = terminal();
    const reading = readSecret("Client secret: ", source, () => {});
    source.end("abc");
    expect(await reading).toBe("abc");
  });
});

describe("a secret piped in", () => {
  test("is read to the end, without a prompt", async () => {
    const source = new PassThrough();
    source.write("Xq~8Q");
    source.end(".Value\r\n");
    let shown = "";
    const read = readSecret("Client secret: ", source, (text) => {
      shown += text;
    });
    expect(await read).toBe("Xq~8Q.Value\r\n");
    expect(shown).toBe("");
  });

  test("is refused when it is a whole file", async () => {
    const source = new PassThrough();
    source.end("x".repeat(100_000));
    await expect(readSecret("", source, () => {})).rejects.toMatchObject({ code: "too-large" });
  });
});
