import type { Status } from "../../electron/contract/status.ts";

/** What a sign stands for: a status, or that a wish is entered and waits for the installer. */
export type Sign = Status | "ready";
