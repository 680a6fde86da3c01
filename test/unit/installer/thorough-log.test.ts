import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { takenOut } from "../../../electron/installer/learned-values.ts";
import { scrubLogFile } from "../../../electron/installer/scrub-log.ts";
import { readLogThoroughly } from "../../../electron/installer/thorough-log.ts";
import { ownFolder } from "../command-line/folder.ts";
import { logBytes, readLines } from "./logs.ts";

const folder = ownFolder();
const engine = (text: string) => `MSI (s) (88:1C) [10:00:01:123]: ${text}`;
const named = engine("Command Line: SERVICE_ACCOUNT_PASSWORD=Winter#2026 CURRENTDIRECTORY=C:\\Temp CLIENTUILEVEL=0 ");
const unnamed = engine(
  "Executing op: CustomActionSchedule(Action=SetMail,ActionType=3073,Source=BinaryData,Target=X,CustomActionData=svcMIM|CONTOSO|Winter#2026)",
);

describe("a value that one line names and another does not", () => {
  test.each([
    ["behind it", [named, unnamed]],
    ["before it", [unnamed, named]],
  ])("is taken out of both, and both are counted: %s", async (_where, lines) => {
    await writeFile(folder.at("a.log"), logBytes(lines));
    const reading = await scrubLogFile(folder.at("a.log"), folder.at("b.log"));
    expect(reading.secretCount).toBe(2);
    expect(new Set(reading.secrets.map(({ sign, name }) => `${sign} ${name}`))).toEqual(
      new Set(["name SERVICE_ACCOUNT_PASSWORD", "repeated null"]),
    );
    const clean = await readFile(folder.at("b.log"), "utf16le");
    expect(clean).not.toContain("Winter");
    expect(clean.split("\r\n")).toHaveLength(3);
    expect(clean).toContain("CustomActionData=svcMIM|CONTOSO|**********)");
    expect((await readLogThoroughly(folder.at("a.log"))).secretCount).toBe(2);
  });

  test("is in UTF-8 and of one byte a character as well", async () => {
    await writeFile(folder.at("a.log"), Buffer.from(["A_PASSWORD=Größe#2026", "x Größe#2026", named].join("\n")));
    await scrubLogFile(folder.at("a.log"), folder.at("b.log"));
    expect(await readFile(folder.at("b.log"), "utf8")).not.toContain("Größe");
  });

  test("is not in what is shown around a cause, though the log is read but once", () => {
    const reading = readLines([unnamed, "Error 1920. It is Winter#2026 here.", named]);
    expect(JSON.stringify(reading)).not.toContain("Winter");
  });

  test.each([
    ["short", "A_PASSWORD=Winter1", []],
    ["one word", "A_PASSWORD=Password", []],
    ["a reference", "A_PASSWORD=[OTHER_PROPERTY]", []],
    ["two", 'A_PASSWORD="Winter#2026" B_PWD=Summer#2027 C=1', ["Winter#2026", "Summer#2027"]],
  ])("is looked for only where it tells itself apart: %s", (_what, line, values) => {
    const masked = line.replace(
      /(?<==)"?(?:Winter1|Password|\[OTHER_PROPERTY\]|Winter#2026|Summer#2027)"?/g,
      "**********",
    );
    expect(takenOut(line, masked)).toEqual(values);
  });
});
