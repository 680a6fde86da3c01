import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a test changes on the practice server behind the window's back. */
interface PracticeFile {
  registry: Record<string, Record<string, { type: string; data: number }>>;
  failNext: "writeError" | "stuck" | null;
}

/** Changes the file of the practice server in a home, as another program would. */
export function changePractice(home: string, change: (state: PracticeFile) => void): void {
  const path = join(home, "practice", "server.json");
  const state = JSON.parse(readFileSync(path, "utf8")) as PracticeFile;
  change(state);
  writeFileSync(path, JSON.stringify(state));
}

/** The registry of the practice server in a home, as text to compare: keys and values in their order. */
export function practiceRegistry(home: string): string {
  const { registry } = JSON.parse(readFileSync(join(home, "practice", "server.json"), "utf8")) as PracticeFile;
  return JSON.stringify(
    Object.entries(registry)
      .map(([key, values]) => [key, Object.entries(values).sort()])
      .sort(),
  );
}

const journals = (home: string): string => join(home, "journal", "practice");

/** The ids of the journals in a home, oldest first. */
export function journalIds(home: string): string[] {
  return readdirSync(journals(home))
    .filter((name) => name.endsWith(".journal"))
    .map((name) => name.slice(0, -".journal".length))
    .sort();
}

/** Cuts a journal off after so many of its lines, as a crash leaves it. */
export function interruptJournal(home: string, id: string, linesLeft: number): void {
  const path = join(journals(home), `${id}.journal`);
  const lines = readFileSync(path, "utf8").split("\n");
  if (lines.length <= linesLeft) throw new Error(`journal ${id} has no more than ${linesLeft} lines`);
  writeFileSync(path, `${lines.slice(0, linesLeft).join("\n")}\n`);
}
