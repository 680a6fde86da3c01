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
  writeError: "The next change of three writes or more fails at the third, and is put back.",
  stuck: "Changes of three writes or more fail at the third and cannot be put back, until mim-mail practice fail none.",
  wrongSecret: "The installer's next run is refused on its mailbox page: the client secret is wrong.",
  missingMedia: "The installer's next run does not find its media, and is rolled back.",
  customActionFails: "A custom action of the installer's next run fails, and it is rolled back.",
  cancelled: "The installer's next run is cancelled on one of its last pages.",
  another: "The installer's next start is refused: another installation runs.",
  passwordInLog: "The installer's next run succeeds, and leaves a password in its log.",
  none: "Nothing is made to fail any more.",
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
    .description("Make what comes next on the practice server fail, to see what happens then.")
    .helpOption("--help", "print this help")
    .addArgument(new Argument("<what>", "how it fails; none takes it back").choices([...practiceFailures, "none"]))
    .option("--server <server>", serverWords, "practice")
    .addHelpText(
      "after",
      `
writeError  the third write of a change fails, once: everything is put back, exit code 3
stuck       every write from the third on fails: it cannot be put back, exit code 4
none        nothing fails any more

The installer's next run, in the window or by change-mode:
wrongSecret        the client secret is refused on the mailbox page until it is cancelled (1602)
missingMedia       the media are not found (1603)
customActionFails  a custom action fails (1603)
cancelled          it is cancelled on one of its last pages (1602)
another            another installation runs: it is not started
passwordInLog      it succeeds, and its log holds a made-up password in clear

Examples:
  mim-mail practice fail writeError
  mim-mail practice fail wrongSecret
  mim-mail practice fail none`,
    )
    .action(async (what: PracticeFailure | "none", { server }: PracticeOptions) => {
      await practiceAt(server, "made to fail").failNext(what === "none" ? null : what);
      io.stdout(`${failureWords[what]}\n`);
    });
  command.addHelpText("after", "\nExamples:\n  mim-mail practice reset\n  mim-mail practice fail writeError");
};
