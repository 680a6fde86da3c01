import type { Command } from "commander";
import type { Context, ExitCode } from "./io.ts";

/** Fills in a command: its options, its help, and what it does. `end` is told how it ended. */
export type Define = (command: Command, context: Context, end: (code: ExitCode) => void) => void;
