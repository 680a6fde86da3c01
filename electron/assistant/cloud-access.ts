import type { CloudQuestion } from "../cloud/cloud-check.ts";
import type { Cloud, CloudName } from "../cloud/clouds.ts";
import type { CloudAnswer } from "../contract/cloud.ts";
import type { Server } from "../server/server.ts";

/** How the check reaches Microsoft. The program gives none of it; tests put a stand-in in its place. */
export interface CloudWays {
  readonly hosts?: Readonly<Record<CloudName, Cloud>>;
  /** Milliseconds a request may take. */
  readonly timeLimit?: number;
}

/** What the check of the cloud has: its ways, and what it answered in this session. */
export interface CloudAccess {
  readonly ways: CloudWays;
  /** The last answer, with what was asked of whom; null before the first. */
  answered: { readonly question: CloudQuestion; readonly server: Server; readonly answer: CloudAnswer } | null;
}

/** The access to the cloud, with nothing answered yet. */
export function createCloudAccess(ways: CloudWays = {}): CloudAccess {
  return { ways, answered: null };
}
