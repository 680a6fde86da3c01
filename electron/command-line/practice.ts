import { Argument } from "commander";
import { InputProblem } from "../recording/input-problem.ts";
import { createPracticeServer } from "../server/practice/practice-server.ts";
import { type PracticeFailure, practiceFailures } from "../server/practice/practice-state.ts";
import type { Define } from "./define.ts";

interface PracticeOptions {
  readonly server: string;
}

const serverWords = "practice: no other server can be rehearsed on";

/** What is said when a failure is set up. */
const failureWords: Readonly<Record<PracticeFailure | "none", string>> = {
  writeError: "The next change fails at its third write, and is put back.",
  stuck: "Changes fail at their third write and cannot be put back, until mim-mail practice fail none.",
  none: "The next change does not fail.",
};

/** `practice reset` starts the practice server over; `practice fail` makes its next change fail. */
export const definePractice: Define = (command, { io, home }) => {
  const practiceAt = (name: string, whatFor: string) => {
    if (name === "practice") return createPracticeServer({ home, now: io.now });
    throw new InputProblem(
      "refused",
      `only the practice server can be ${whatFor}`,
      name,
      "Leave --server out, or give --server practice.",
    );
  };
  command
    .command("reset")
    .description("Start the practice server over, as it was before the first lesson; its journals go with it.")
    .helpOption("--help", "print this help")
    .option("--server <server>", serverWords, "practice")
    .addHelpText("after", "\nExample:\n  mim-mail practice reset")
    .action(async ({ server }: PracticeOptions) => {
      await practiceAt(server, "started over").reset();
      io.stdout("The practice server starts over.\n");
    });
  command
    .command("fail")
    .description("Make the practice server's next change fail, to see what happens then.")
    .helpOption("--help", "print this help")
    .addArgument(new Argument("<what>", "how it fails; none takes it back").choices([...practiceFailures, "none"]))
    .option("--server <server>", serverWords, "practice")
    .addHelpText(
      "after",
      `
writeError  the third write of the next change fails: everything is put back, exit code 3
stuck       every write from the third on fails: it cannot be put back, exit code 4
none        nothing fails any more

Examples:
  mim-mail practice fail writeError
  mim-mail practice fail none`,
    )
    .action(async (what: PracticeFailure | "none", { server }: PracticeOptions) => {
      await practiceAt(server, "made to fail").failNext(what === "none" ? null : what);
      io.stdout(`${failureWords[what]}\n`);
    });
  command.addHelpText("after", "\nExamples:\n  mim-mail practice reset\n  mim-mail practice fail writeError");
};
