import { Argument } from "commander";
import { createRenewalStore, forgetRenewal } from "../assistant/renewal.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { type PracticeFault, type PracticeFaultId, practiceFaults } from "../server/practice/practice-faults.ts";
import { createPracticeServer } from "../server/practice/practice-server.ts";
import type { Define } from "./define.ts";

interface PracticeOptions {
  readonly server: string;
}

const serverWords = "practice: no other server can be rehearsed on";

/** The faults of a group, a line each. */
function listed(group: PracticeFault["group"]): string {
  const faults = practiceFaults.filter((fault) => fault.group === group);
  const width = Math.max(...faults.map(({ id }) => id.length));
  return faults
    .map(({ id, title, finding }) => `${id.padEnd(width)}  ${title}${finding === undefined ? "" : ` (${finding})`}`)
    .join("\n");
}

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
      const practice = practiceAt(server, "started over");
      await practice.reset();
      if (practice.keptAs !== undefined) await forgetRenewal(createRenewalStore(home, io.now), practice.keptAs);
      io.stdout("The practice server starts over.\n");
    });
  command
    .command("fail")
    .description("Make what comes next on the practice server fail, to see what happens then.")
    .helpOption("--help", "print this help")
    .addArgument(
      new Argument("<what>", "how it fails; none takes it back").choices([
        ...practiceFaults.map(({ id }) => id),
        "none",
      ]),
    )
    .option("--server <server>", serverWords, "practice")
    .addHelpText(
      "after",
      `
The next change:
${listed("change")}

The installer's next run, in the window or by change-mode:
${listed("installer")}

The server itself, each with the finding that tells it; several may be set:
${listed("server")}

The simulated Microsoft, as its last check tells it:
${listed("microsoft")}

none takes back what was set; what was changed on the server itself is mended from the window, or by practice reset.

Examples:
  mim-mail practice fail writeError
  mim-mail practice fail needsTls10
  mim-mail practice fail none`,
    )
    .action(async (what: PracticeFaultId | "none", { server }: PracticeOptions) => {
      await practiceAt(server, "made to fail").fail(what === "none" ? null : what);
      const fault = practiceFaults.find(({ id }) => id === what);
      io.stdout(`${fault?.says ?? "Nothing is made to fail any more."}\n`);
    });
  command.addHelpText("after", "\nExamples:\n  mim-mail practice reset\n  mim-mail practice fail writeError");
};
