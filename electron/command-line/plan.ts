import { jsonText } from "../report/json-text.ts";
import type { Define } from "./define.ts";
import { planText } from "./plan-text.ts";
import {
  openNamed,
  type ProfileOptions,
  planned,
  pollExchangeOption,
  profiled,
  profileOption,
} from "./planned-server.ts";
import { serverOption } from "./server-option.ts";

interface PlanOptions extends ProfileOptions {
  readonly json?: true;
}

/** `plan`: what `apply` would change. Ends with 0 whether or not there is anything to change. */
export const definePlan: Define = (command, context) => {
  command
    .addOption(profileOption())
    .addOption(pollExchangeOption())
    .addOption(serverOption())
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Only looks; nothing is changed. Ends with 0 whether or not there is anything to change: in JSON, look whether "rows"
is empty.

Examples:
  mim-mail plan
  mim-mail plan --profile minimum --server practice
  mim-mail plan --server MIM01.json --json`,
    )
    .action(async (options: PlanOptions) => {
      const { io } = context;
      const server = await planned(
        await profiled(await openNamed(options, context), options.profile, context),
        options,
      );
      io.stdout(options.json ? jsonText(server.plan) : planText(server, io));
    });
};
