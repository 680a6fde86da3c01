import { judge } from "../checklist/judge.ts";
import type { Checklist } from "../contract/checklist.ts";
import { dayOf } from "../contract/date.ts";
import type { EventName, EventValue } from "../contract/methods.ts";
import type { Settings } from "../contract/settings.ts";
import type { State } from "../contract/state.ts";
import type { Target } from "../contract/target.ts";
import type { Recording } from "../recording/recording.ts";
import type { PracticeServer } from "../server/practice/practice-server.ts";
import type { Server } from "../server/server.ts";
import type { CloudAccess } from "./cloud-access.ts";
import { type FarmTarget, targetOfServer } from "./farm-target.ts";
import type { FileStore } from "./file-store.ts";
import type { Place } from "./place.ts";
import type { RecentRecordings } from "./recent.ts";
import type { AskRelay } from "./relay.ts";
import { judgedAs, nameOf } from "./server-labels.ts";
import type { Session, Shown } from "./session.ts";
import type { WindowShell } from "./window-shell.ts";

/** Tells the window an event of the contract's table. */
export type Emit = <Name extends EventName>(name: Name, value: EventValue<Name>) => void;

/** What the use cases work with. */
export interface Dependencies {
  readonly session: Session;
  /** What the person wants; samples bring a target of their own. */
  readonly personsTarget: FileStore<FarmTarget>;
  readonly settings: FileStore<Settings>;
  /** Where the window was last. */
  readonly place: FileStore<Place>;
  readonly recent: RecentRecordings;
  /** The server this program runs on; null where it may not or cannot be looked at. */
  readonly live: (() => Promise<Server>) | null;
  readonly practice: () => Promise<PracticeServer>;
  /** Another computer by its name; null where this program cannot look at any. */
  readonly remote: ((computer: string) => Promise<Server>) | null;
  /** The folder of the files that ship with the product. */
  readonly assets: string;
  readonly version: string;
  readonly now: () => Date;
  readonly emit: Emit;
  /** The folder of what is kept for this person. */
  readonly home: string;
  readonly shell: WindowShell;
  readonly cloud: CloudAccess;
  /** What stands for the relay in tests. */
  readonly askRelay?: AskRelay | undefined;
  /** Everything the window shows about what is on show. */
  readonly stateOf: (shown: Shown) => Promise<State>;
}

/** What is on show, with the target it is judged against and the verdicts of today. */
export interface Judged {
  readonly server: Server;
  readonly recording: Recording;
  /** What is wanted of this server. */
  readonly target: Target;
  /** What is wanted of all servers, and was confirmed of each. */
  readonly farmTarget: FarmTarget;
  readonly checklist: Checklist;
}

/** What is wanted of all servers while one is on show: what its sample brought, else the person's own. */
export async function farmTarget(dependencies: Dependencies, { ownTarget }: Shown): Promise<FarmTarget> {
  return ownTarget ?? dependencies.personsTarget.read();
}

/** Judges what is on show against its target, today. */
export async function judged(dependencies: Dependencies, shown: Shown): Promise<Judged> {
  const { server, recording } = shown;
  const farm = await farmTarget(dependencies, shown);
  const target = targetOfServer(farm, recording.computer, true, server.keptAs);
  const checklist = judge({
    recording,
    target,
    today: dayOf(dependencies.now()),
    server: judgedAs(server, nameOf(server)),
  });
  return { server, recording, target, farmTarget: farm, checklist };
}
