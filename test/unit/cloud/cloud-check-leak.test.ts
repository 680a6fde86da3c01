import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { type CloudCheckCase, cloudCheckCase } from "./cloud-check-case.ts";
import { formsOf, type Path, paths, randomSecret } from "./leak-paths.ts";
import { type Behaviour, bare, type StandIn, startStandIn } from "./stand-in.ts";

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn();
  return () => standIn.close();
});

async function filesBelow(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => {
      const bytes = await readFile(join(entry.parentPath, entry.name));
      return `${entry.name}\n${bytes.toString("utf8")}\n${bytes.toString("utf16le")}`;
    });
  return (await Promise.all(texts)).join("\n");
}

/** Everything a person can do after a check that writes something, or hands something out. */
async function everythingAfter({ call, got }: CloudCheckCase): Promise<string[]> {
  const options = { maskNames: false, before: true, pictures: true };
  const handed = [
    await call("getState"),
    await call("look"),
    await call("saveRecording"),
    await call("previewReport", options),
    await call("saveTarget"),
    await call("getDiagnostics"),
    await call("getAbout"),
    ...(await Promise.all(["html", "json", "csv", "plan"].map((format) => call("saveReport", { format, options })))),
  ];
  // A form that fails would be searched for nothing.
  expect((await call("saveReport", { format: "html", options })).ok).toBe(true);
  expect((await call("saveReport", { format: "json", options })).ok).toBe(true);
  const { changes } = await got("getState");
  const ids = changes.plan.rows.map(({ id }) => id).slice(0, 1);
  handed.push((await call("applyChanges", { ids, copyConfig: false, restartService: false })) as never);
  return handed.map((one) => (one.ok && "text" in one.value ? String(one.value.text) : JSON.stringify(one)));
}

const stopped: Path = { what: "stopped while it waits", behaviour: { entra: () => {} } };
const stoppedLater: Path = { what: "stopped while the mailbox is asked", behaviour: { ews: () => {} } };
const refused: Path = { what: "a Secret ID" };
const tooLong: Path = { what: "more than a secret can be" };

describe("from the window to every file and message", () => {
  test.each([...paths(() => standIn.token()), stopped, stoppedLater, refused, tooLong])(
    "$what: neither the secret nor the token is in anything that stays or crosses the bridge",
    async (path) => {
      let written = "";
      const listen = (piece: unknown): boolean => {
        written += typeof piece === "string" ? piece : inspect(piece, { depth: 9 });
        return true;
      };
      const spies = [
        vi.spyOn(process.stdout, "write").mockImplementation(listen),
        vi.spyOn(process.stderr, "write").mockImplementation(listen),
        ...(["log", "info", "warn", "error", "debug"] as const).map((name) =>
          vi.spyOn(console, name).mockImplementation((...given) => void listen(inspect(given, { depth: 9 }))),
        ),
      ];
      let secret = randomSecret();
      if (path === refused) secret = "8f14e45f-ceea-467f-a8d6-4f5b1c2d3e4f";
      if (path === tooLong) secret = secret.repeat(40);
      const unchanged: Behaviour = {
        secret,
        roles: ["full_access_as_app"],
        scope: "https://outlook.office365.com/.default",
        entra: null,
        ews: null,
        dateOffset: 0,
      };
      Object.assign(standIn.behaviour, unchanged, path.behaviour);
      const before = standIn.requests.length;
      const timeLimit = path.options?.ports?.timeLimit;
      const dependencies = await cloudCheckCase({
        standIn,
        ...(timeLimit === undefined ? {} : { ways: { timeLimit } }),
        ...(path.http === undefined ? {} : { http: path.http(secret) }),
      });
      try {
        const checking = dependencies.call("checkCloud", { secret, dod: false });
        if (path === stopped || path === stoppedLater) {
          const awaited = path === stopped ? 1 : 2;
          await standIn.requests.until(({ length }) => length - before === awaited);
          await dependencies.got("cancelCloudCheck");
        }
        const answered = await checking;
        if (path.http === undefined && path !== refused && path !== tooLong) {
          // The stand-in got the right secret: the test would pass for nothing otherwise.
          expect(standIn.requests.length).toBeGreaterThan(before);
        }
        if (path.what === "success") expect(JSON.stringify(answered)).toContain('"ok":true');

        const handed = await everythingAfter(dependencies);
        expect(handed.join()).toContain("azure.signIn");
        const files = await filesBelow(dependencies.home);
        expect(files).toContain("journal");
        const texts: readonly (readonly [string, string])[] = [
          ["a log", written],
          ["a message", JSON.stringify(dependencies.crossed)],
          [
            "a message, looked into",
            inspect(dependencies.crossed, { depth: Number.POSITIVE_INFINITY, maxArrayLength: null }),
          ],
          ["what was handed out", handed.join("\n")],
          ["a file", files],
          [
            "the process",
            JSON.stringify(process.argv) + JSON.stringify(process.execArgv) + JSON.stringify(process.env),
          ],
        ];
        for (const held of [secret, standIn.token()]) {
          for (const form of formsOf(held)) {
            for (const [where, text] of texts)
              expect(text.includes(form), `${path.what}: ${form} in ${where}`).toBe(false);
          }
        }
      } finally {
        for (const spy of spies) spy.mockRestore();
        await dependencies.close();
      }
    },
  );
});

test("the search finds what is there: an input that is kept", async () => {
  const dependencies = await cloudCheckCase({ standIn });
  try {
    standIn.behaviour.entra = bare(500);
    await dependencies.got("setTarget", { serviceEmail: "found-me@contoso.com" });
    expect(JSON.stringify(dependencies.crossed)).toContain("found-me");
    expect(await filesBelow(dependencies.home)).toContain("found-me");
  } finally {
    await dependencies.close();
  }
});
