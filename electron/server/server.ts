import type { JournalFolder } from "../changes/journal-folder.ts";
import type { Registry } from "../changes/registry.ts";
import type { ServerActions } from "../changes/run-plan.ts";
import type { HttpPort } from "../cloud/http.ts";
import type { RelayQuestion } from "../cloud/relay-question.ts";
import type { CloudCheck, RelayCheck } from "../contract/history.ts";
import type { Entered, Practice, PracticeAct } from "../contract/practice.ts";
import type { ServerKind } from "../contract/state.ts";
import type { NetworkCode } from "../facts/cloud.ts";
import type { WizardCase } from "../installer/pages.ts";
import type { PracticeButton } from "../installer/practice-log.ts";
import type { Recording } from "../recording/recording.ts";

/** What a look tells while it goes on: what is being read, and how far (0 to 1). */
export type LookProgress = (text: string, fraction: number) => void;

/**
 * The one interface behind which every server stands. What one cannot do is a property that it has not: nobody asks
 * which one it is, but to name it to a person.
 */
export interface Server {
  /** What it is called; nothing is decided by it. */
  readonly kind: ServerKind;
  /** "This server", "Practice server", or the recording's name: what a person reads. */
  readonly label: string;
  /** True or false on a live server, null elsewhere: whether the program runs elevated. */
  readonly elevated: boolean | null;
  /** Reads everything the checklist asks about. Never writes. Rejects with the signal's reason when cancelled. */
  look(options?: { readonly signal?: AbortSignal; readonly progress?: LookProgress }): Promise<Recording>;
  /** This program works on it; any other is looked at from here, and worked on there. */
  readonly local?: true;
  /** Another look may see something else, as of no recording. */
  readonly refreshable?: true;
  /** What is kept of it is kept under this name, apart from that of the computer it says it is. */
  readonly keptAs?: string;
  /** Asks Windows whether this process runs elevated there; null when Windows does not tell. */
  readonly askElevated?: () => Promise<boolean | null>;
  /** Tries Windows' own way to Microsoft's hosts. */
  readonly probeCloud?: ProbeCloud;
  /** Tries Windows' own way to a relay. */
  readonly probeRelay?: ProbeRelay;
  /** What only a made-up server can. */
  readonly rehearsal?: Rehearsal;
}

/** How one host answered Windows' own way. */
export interface ProbedHost {
  readonly host: string;
  readonly ok: boolean;
  /** The HTTP status; null when none came. */
  readonly status: number | null;
  /** `host:port` of the proxy .NET Framework took; null for none. */
  readonly proxy: string | null;
  /** The version agreed on, as .NET Framework calls it: `Tls12`; null when it could not be told. */
  readonly tls: string | null;
  /** Who issued the host's certificate; null when none was seen. */
  readonly issuer: string | null;
  readonly code: NetworkCode | null;
  /** What .NET Framework said, on one line; null when nothing failed. */
  readonly reason: string | null;
}

/** How Windows' own way to Microsoft's hosts was found, or why it could not be tried. */
export type WindowsProbe =
  | {
      readonly ok: true;
      readonly powershell: string;
      /** The version of the common language runtime it ran on. */
      readonly clr: string;
      readonly hosts: readonly ProbedHost[];
    }
  | { readonly ok: false; readonly reason: string };

/** Tries Windows' own way to two hosts. Rejects only when the signal is aborted, with its reason. */
export type ProbeCloud = (
  hosts: { readonly authority: string; readonly exchange: string },
  signal?: AbortSignal,
) => Promise<WindowsProbe>;

/** Tries Windows' own way to a relay; nothing is sent. Rejects only when the signal is aborted, with its reason. */
export type ProbeRelay = (question: RelayQuestion, signal?: AbortSignal) => Promise<NonNullable<RelayCheck["windows"]>>;

/** What is done to a made-up server beside changing it. */
export interface Rehearsal {
  /** Its installer, whose pages are gone through here. */
  readonly installer: {
    /** How the next runs go: what is chosen on the pages, and whether these wait for a button. */
    readonly rehearse: (run: { readonly wanted: WizardCase; readonly buttons: boolean }) => void;
    /**
     * Presses a button of the page that waits, with what stands on it; false when none does.
     * @throws InputProblem when the installer would not leave the page so
     */
    readonly press: (button: PracticeButton, entered?: readonly Entered[]) => boolean;
  };
  /** Does what a person does on a real server, at once. */
  act(what: PracticeAct): Promise<void>;
  /** What only it has to show. */
  shows(): Promise<Practice>;
  /** Starts it over; its journals and its installer's logs go with it. */
  reset(): Promise<void>;
  /** Makes something go wrong, beside what does already; null for nothing. @throws InputProblem for an unknown fault */
  fail(fault: string | null): Promise<void>;
  /** Takes one thing back that was made to go wrong. @throws InputProblem for an unknown fault */
  mend(fault: string): Promise<void>;
  /** Asks its relay, which is none of the network's. */
  askRelay(question: RelayQuestion): Promise<RelayCheck>;
  /** Keeps what its relay answered. */
  keepRelayCheck(check: RelayCheck): Promise<void>;
  /** Microsoft, simulated. */
  readonly microsoft: HttpPort;
  /** Keeps how the simulated Microsoft was last asked and answered. */
  keepCloudCheck(check: CloudCheck): Promise<void>;
}

/** A server that can be changed as well: its registry, its journals, and what else may be done to it. */
export interface ChangeableServer extends Server {
  readonly registry: Registry;
  readonly journals: JournalFolder;
  readonly actions: ServerActions;
}
