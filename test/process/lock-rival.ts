// Takes the right to change a folder's servers again and again, beside other processes that do the same. Its own program
// and not a switch of the product. Arguments: the folder, how often; 0 holds it until this process is killed.
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { createJournalFolder } from "../../electron/changes/journal-folder.ts";

const [folder = "", times = "0"] = process.argv.slice(2);
const journals = createJournalFolder(folder);
const inside = join(folder, "inside");

/** Fails when another process is inside: a file of this name can be made by one alone. */
async function alone(): Promise<void> {
  await (await open(inside, "wx")).close();
  await rm(inside);
}

let taken = 0;
let together = 0;
for (let count = 0; count < Number(times); count += 1) {
  try {
    await journals.exclusive(() =>
      alone().catch(() => {
        together += 1;
      }),
    );
    taken += 1;
  } catch {
    // Another one has it: that is what the right is for.
  }
}
if (Number(times) === 0) {
  await journals.exclusive(async () => {
    process.stdout.write("held\n");
    await new Promise((resolve) => setTimeout(resolve, 2 ** 31 - 1));
  });
}
process.stdout.write(`${JSON.stringify({ taken, together })}\n`);
