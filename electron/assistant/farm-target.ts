import { type Confirmations, confirmationFields, type NodeStep, type Target } from "../contract/target.ts";

/**
 * What is wanted of a farm, as a target file has it: the wishes, which all its servers share, and the confirmations of
 * each server by its computer's name. Confirmations that stand beside the wishes name no server: they hold for the one
 * server that is looked at, and for none where there are several.
 */
export interface FarmTarget {
  readonly target: Target;
  readonly servers: Readonly<Record<string, Confirmations>>;
}

/** A target for one server, as a farm of that server alone has it. */
export function farmTargetOf(target: Target): FarmTarget {
  return { target, servers: {} };
}

/**
 * What is wanted of one server: the shared wishes and its own confirmations.
 * @param computer the computer's name as its recording has it; compared without case
 * @param alone true where no other server is looked at, so that confirmations that name no server are its own
 * @param keptAs a made-up server is no other computer, whatever it calls itself: its confirmations stand under a name of
 * their own, and only where there are none, those of a computer of its name count
 */
export function targetOfServer(farm: FarmTarget, computer: string, alone: boolean, keptAs?: string): Target {
  const known = made.get(farm) ?? new Map<string, Target>();
  made.set(farm, known);
  const as = `${alone ? "alone" : "beside others"}, ${keptAs ?? ""}: ${computer}`;
  const before = known.get(as);
  if (before !== undefined) return before;
  const under = (wanted: string) => Object.entries(farm.servers).find(([name]) => sameServer(name, wanted))?.[1];
  const own = under(keptAs ?? computer) ?? under(computer) ?? {};
  const target = { ...(alone ? farm.target : withoutConfirmations(farm.target)), ...own };
  known.set(as, target);
  return target;
}

// One target has one object, so that what was judged by it is known again.
const made = new WeakMap<FarmTarget, Map<string, Target>>();

/**
 * The farm's target after what is wanted was changed with one server on show: its wishes are everyone's, its
 * confirmations its own. What named no server was shown as that server's, and is so from its first new one on.
 */
export function withTargetOfServer(farm: FarmTarget, computer: string, changed: Target, keptAs?: string): FarmTarget {
  const wishes = withoutConfirmations(changed);
  const confirmed = confirmationsIn(changed);
  if (sameConfirmations(confirmed, confirmationsIn(targetOfServer(farm, computer, true, keptAs)))) {
    return { target: { ...wishes, ...confirmationsIn(farm.target) }, servers: farm.servers };
  }
  const name = keptAs ?? computer;
  const others = Object.entries(farm.servers).filter(([other]) => !sameServer(other, name));
  // Of a made-up server that none is confirmed is kept as well: a computer of its name may have some.
  const own = Object.keys(confirmed).length === 0 && keptAs === undefined ? [] : [[name, confirmed] as const];
  return { target: wishes, servers: Object.fromEntries([...others, ...own]) };
}

/** A step of Change mode on one node of a farm. */
export interface TickedStep {
  readonly step: NodeStep;
  /** The day it was done, `YYYY-MM-DD`; null takes the tick away. */
  readonly day: string | null;
  /** The name its confirmations stand under, where that is not the computer's. */
  readonly keptAs?: string | undefined;
  /** True where confirmations that name no server are this one's; they then move under its name. */
  readonly alone: boolean;
}

/** The farm's target with a step of one node ticked off, or not any more; everything else stays. */
export function withNodeStep(farm: FarmTarget, computer: string, ticked: TickedStep): FarmTarget {
  const { step, day, keptAs, alone } = ticked;
  const { changeModeSteps: before, ...confirmed } = confirmationsIn(targetOfServer(farm, computer, alone, keptAs));
  const steps = { ...before };
  if (day === null) delete steps[step];
  else steps[step] = day;
  const own: Confirmations = Object.keys(steps).length === 0 ? confirmed : { ...confirmed, changeModeSteps: steps };
  const name = keptAs ?? computer;
  const others = Object.entries(farm.servers).filter(([other]) => !sameServer(other, name));
  return {
    target: alone ? withoutConfirmations(farm.target) : farm.target,
    servers: Object.fromEntries([...others, [name, own]]),
  };
}

/** A target's wishes with the confirmations that servers were given elsewhere; null for a server without. */
export function withConfirmationsOf(
  { target }: FarmTarget,
  servers: readonly { readonly computer: string; readonly kept: FarmTarget | null }[],
): FarmTarget {
  const given = servers.flatMap(({ computer, kept }) =>
    kept === null ? [] : [[computer, confirmationsIn(targetOfServer(kept, computer, true))] as const],
  );
  return { target: withoutConfirmations(target), servers: Object.fromEntries(given) };
}

/** True when a target holds confirmations that name no server. */
export function namesNoServer({ target }: FarmTarget): boolean {
  return Object.keys(confirmationsIn(target)).length > 0;
}

/** True when two names are one computer's. */
export function sameServer(one: string, other: string): boolean {
  return foldedServer(one) === foldedServer(other);
}

/** A computer's name in the form in which two spellings of it are the same. */
export function foldedServer(name: string): string {
  return name.trim().toLowerCase();
}

/** A target without what holds for one server alone. */
export function withoutConfirmations(target: Target): Target {
  const wishes = { ...target };
  for (const field of confirmationFields) delete wishes[field];
  return wishes;
}

function confirmationsIn(target: Target): Confirmations {
  const given = confirmationFields.filter((field) => target[field] !== undefined);
  return Object.fromEntries(given.map((field) => [field, target[field]]));
}

function sameConfirmations(one: Confirmations, other: Confirmations): boolean {
  return confirmationFields.every((field) => JSON.stringify(one[field]) === JSON.stringify(other[field]));
}
