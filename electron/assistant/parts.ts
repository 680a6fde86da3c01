import { dayOf } from "../contract/date.ts";
import type { EventName, EventValue } from "../contract/methods.ts";
import type { Settings } from "../contract/settings.ts";
import type { State } from "../contract/state.ts";
import type { PracticeServer } from "../server/practice/practice-server.ts";
import type { Server } from "../server/server.ts";
import type { CloudAccess } from "./cloud-access.ts";
import type { FarmTarget } from "./farm-target.ts";
import type { FileStore } from "./file-store.ts";
import type { FollowedInstallers } from "./followed-installers.ts";
import { type Judged, judgeServer } from "./judged.ts";
import type { Place } from "./place.ts";
import type { RecentRecordings } from "./recent.ts";
import type { AskRelay } from "./relay.ts";
import type { Session, Shown } from "./session.ts";
import type { WindowShell } from "./window-shell.ts";

/** Tells the window an event of the contract's table. */
export type Emit = <Name extends EventName>(name: Name, value: EventValue<Name>) => void;

/** What the window's use cases are put together from. None takes them whole: each names what it uses, by {@link Uses}. */
export interface Parts extends Wanted {
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
  readonly installers: FollowedInstallers;
  /** Everything the window shows about what is on show, which this is without being told. */
  readonly stateOf: (shown?: Shown) => Promise<State>;
}

export type Uses<Name extends keyof Parts> = Pick<Parts, Name>;

/** What is wanted while a server is on show: what its sample brought, else the person's own. */
export interface Wanted {
  /** What is wanted of all servers. */
  readonly farmTarget: (shown: Shown) => Promise<FarmTarget>;
  /** A sample's changes in memory only; everything else is the person's own and is kept. */
  readonly keepTarget: (target: FarmTarget) => Promise<void>;
  /** What is on show, judged for today. */
  readonly judged: (shown?: Shown) => Promise<Judged>;
}

export function createWanted({ session, personsTarget, now }: Uses<"session" | "personsTarget" | "now">): Wanted {
  const farmTarget = async ({ ownTarget }: Shown): Promise<FarmTarget> => ownTarget ?? personsTarget.read();
  return {
    farmTarget,
    keepTarget: async (target) => {
      if (!session.changeOwnTarget(target)) await personsTarget.write(target);
    },
    judged: async (given) => {
      const shown = given ?? (await session.shown());
      return judgeServer({ ...shown, farmTarget: await farmTarget(shown), today: dayOf(now()) });
    },
  };
}
