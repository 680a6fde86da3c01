import { describe, expect, test } from "vitest";
import { valueChange } from "../../../electron/changes/catalogue.ts";
import { applyChanges, type ChangePorts, recoverJournal, undoJournal } from "../../../electron/changes/change.ts";
import { headLine, type JournalHead, noteLine, readJournal, readJournals } from "../../../electron/changes/journal.ts";
import { unknownInJournal } from "../../../electron/changes/journal-check.ts";
import { type Contents, simulate } from "../../property/changes/simulation.ts";

const currentVersion = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion";
const policies = `${currentVersion}\\Policies\\Evil`;
const reboot = `${currentVersion}\\WindowsUpdate\\Auto Update\\RebootRequired`;

function portsOver(contents: Contents) {
  const simulation = simulate(contents, { at: 0, kind: "none" });
  let tick = 0;
  const ports: ChangePorts = {
    registry: simulation.registry,
    journals: simulation.journals,
    now: () => new Date(Date.UTC(2026, 10, 23, 10, 0, tick++)),
  };
  return { ...simulation, ports };
}

const wanted = ["tls.1.2.client.Enabled", "tls.dotnet.v2.64.SchUseStrongCrypto"].map((id) => {
  const change = valueChange(id);
  if (change === null) throw new Error(id);
  return { change, data: 1 };
});

/** A journal as this program writes it. */
async function honest(contents: Contents): Promise<JournalHead> {
  const { ports, journals } = portsOver(contents);
  await applyChanges(ports, wanted);
  const [text] = (await journals.readAll()).values();
  const journal = readJournal(typeof text === "string" ? text : "");
  if (journal === null) throw new Error("no journal");
  return journal.head;
}

const bare = (): Contents => ({
  "HKLM\\SOFTWARE": {},
  "HKLM\\SYSTEM": {},
  [reboot]: {},
  [currentVersion]: {},
});

type Forged = (head: JournalHead) => Partial<JournalHead>;
const withFirst =
  (change: object): Forged =>
  ({ entries: [first, ...rest] }) => ({
    entries: [{ ...first, ...change } as JournalHead["entries"][number], ...rest],
  });

const forgeries: readonly (readonly [string, Forged])[] = [
  ["another id", withFirst({ id: "tls.9.9.client.Enabled" })],
  ["another key", withFirst({ key: policies })],
  ["another name", withFirst({ name: "Start" })],
  ["data that is not allowed", withFirst({ to: { type: "REG_DWORD", data: 7 } })],
  ["another type", withFirst({ to: { type: "REG_SZ", data: "1" } })],
  ["nothing to write", withFirst({ to: "absent" })],
  ["a type nobody knows", withFirst({ original: { type: "REG_EVIL", data: 1 } })],
  ["text where a number is", withFirst({ original: { type: "REG_DWORD", data: "1" } })],
  ["a number no DWORD holds", withFirst({ original: { type: "REG_DWORD", data: 2 ** 32 } })],
  ["hexadecimal that is none", withFirst({ found: { type: "REG_BINARY", data: "zz" } })],
  ["a list where a text is", withFirst({ original: { type: "REG_SZ", data: ["a"] } })],
  ["a key to create", () => ({ creates: [policies] })],
  ["a key to remove", () => ({ removes: [reboot] })],
  ["a key that was created, it says", ({ creates }) => ({ creates: [...creates, reboot] })],
  ["a key that merely begins alike", ({ creates }) => ({ creates: [`${creates[0]}x`] })],
  ["a root", () => ({ removes: ["HKLM"] })],
  ["a value twice", ({ entries }) => ({ entries: [...entries, ...entries] })],
];

describe("a journal that lies in the folder", () => {
  test("of this program's own is the catalogue's, change and undo", async () => {
    const { ports, journals } = portsOver(bare());
    await applyChanges(ports, wanted);
    await undoJournal(ports, null);
    const { readable, setAside } = await readJournals(journals);
    expect(readable.map(({ head }) => unknownInJournal(head))).toEqual([null, null]);
    expect(setAside).toEqual([]);
  });

  test.each(forgeries)("with %s is refused whole and by name, and nothing is touched", async (_what, forge) => {
    const head = await honest(bare());
    const forged = { ...head, ...forge(head) } as JournalHead;
    const end = noteLine({ at: head.at, note: "end", state: "applied", reason: null });
    for (const text of [headLine(forged), `${headLine(forged)}${end}`]) {
      const { ports, journals, contents } = portsOver(bare());
      await journals.create(head.id, text, "");
      const before = structuredClone(contents);
      for (const outcome of [
        await undoJournal(ports, head.id, { force: true, otherComputer: true }),
        await recoverJournal(ports, head.id, "putBack", { force: true }),
        await recoverJournal(ports, head.id, "finish", { force: true }),
      ]) {
        expect(outcome).toMatchObject({
          outcome: "refused",
          code: "damaged-journal",
          reason: expect.stringMatching(/cannot be used: it names (HKLM|data for HKLM|the key HKLM)/),
        });
      }
      expect(contents).toEqual(before);
      // It is not taken for a change in force, nor for one that was interrupted.
      expect(await undoJournal(ports, null)).toMatchObject({ outcome: "refused", code: "no-journal" });
      expect(await applyChanges(ports, wanted)).toMatchObject({ outcome: "applied" });
    }
  });

  test("written by a later build keeps everything from being changed, and says so", async () => {
    const head = await honest(bare());
    const { ports, journals, contents } = portsOver(bare());
    await journals.create(head.id, headLine({ ...head, version: 2 } as unknown as JournalHead), "");
    const before = structuredClone(contents);
    expect(await applyChanges(ports, wanted)).toMatchObject({
      outcome: "refused",
      reason: expect.stringContaining("a later build of this program wrote it (version 2)"),
    });
    expect(contents).toEqual(before);
  });

  test("under a name in the far future does not name the next one", async () => {
    const { ports, journals } = portsOver(bare());
    await journals.create("9999-12-31T23-59-59Z-001", "not a journal", "");
    expect(await applyChanges(ports, wanted)).toMatchObject({ journal: "2026-11-23T10-00-00Z-001" });
  });
});

describe("a journal of another computer", () => {
  const guid = (data: string) => ({ MachineGuid: { type: "REG_SZ" as const, data } });
  const on = (computer: string, installation: string): Contents => ({
    ...bare(),
    "HKLM\\SOFTWARE\\Microsoft\\Cryptography": guid(installation),
    "HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName": {
      ComputerName: { type: "REG_SZ", data: computer },
    },
  });

  test.each([
    ["MIM02", "MIM02"],
    ["MIM01", "another installation of Windows on MIM01"],
  ])("(%s) is refused with its name, unless told", async (computer, said) => {
    const head = await honest(on(computer, "22222222-2222-4222-8222-222222222222"));
    const end = noteLine({ at: head.at, note: "end", state: "applied", reason: null });
    const { ports, journals, contents } = portsOver(on("MIM01", "11111111-1111-4111-8111-111111111111"));
    await journals.create(head.id, headLine(head) + end, "");
    const before = structuredClone(contents);
    expect(await undoJournal(ports, head.id, { force: true })).toMatchObject({
      outcome: "refused",
      code: "other-computer",
      reason: `journal ${head.id} was written on ${said}, and this is MIM01`,
    });
    expect(contents).toEqual(before);
    expect(await undoJournal(ports, head.id, { otherComputer: true })).toMatchObject({ outcome: "applied" });
  });

  test("is one of this computer when Windows is the same", async () => {
    const { ports } = portsOver(on("MIM01", "AAAAAAAA-1111-4111-8111-111111111111"));
    await applyChanges(ports, wanted);
    expect(await undoJournal(ports, null)).toMatchObject({ outcome: "applied" });
  });
});

test("thousands of undos, each of the one before, end with what was there", async () => {
  const { ports, journals, contents } = portsOver(bare());
  const before = structuredClone(contents);
  await applyChanges(ports, wanted.slice(0, 1));
  for (let count = 0; count < 400; count += 1) {
    const last = (await readJournals(journals)).readable.at(-1);
    expect((await undoJournal(ports, last?.head.id ?? null)).outcome).toBe("applied");
  }
  // An even number of undos: the change stands.
  expect(contents).not.toEqual(before);
  expect((await readJournals(journals)).readable).toHaveLength(401);
});
