import { type Checklist, type Finding, type FindingId, findingIds, stages } from "../contract/checklist.ts";
import type { Farm, FarmNode, FarmSetting } from "../contract/comparison.ts";
import { findingsIn } from "../contract/findings.ts";
import { findingsOf as stageFindings, standingsOf } from "../contract/standing.ts";
import type { Status } from "../contract/status.ts";
import { type NodeStep, nodeSteps, type Target } from "../contract/target.ts";
import { differsWithin, serviceDatabase, sharedSettings } from "../facts/farm-settings.ts";
import { tlsTable } from "../facts/tls-table.ts";
import type { Recording } from "../recording/recording.ts";
import { seenIn } from "../recording/seen.ts";
import { isOpen } from "./compare-checklists.ts";

/** A server of a farm, judged. */
export interface FarmServer {
  readonly name: string;
  readonly recording: Recording;
  readonly checklist: Checklist;
  /** Of what is wanted of it, what was ticked off for Change mode. */
  readonly target: Pick<Target, "changeModeSteps">;
}

const nodeStepTitles: Readonly<Record<NodeStep, string>> = {
  drained: "Take it out of the load balancer, and wait until nobody works through it",
  changeMode: "Run Change mode on it",
  verified: "Verify it: service, token, events",
  returned: "Put it back into the load balancer",
};

/**
 * Servers side by side: what they share and what they should, a row a finding, a cell a server; what to do next on each,
 * and on which of them Change mode is run, in which order. Two servers of one name are told apart by a number. They
 * read the same when the verdicts are of one status and say the same.
 */
export function farmOfServers(servers: readonly FarmServer[], failed: Farm["failed"] = []): Farm {
  const names = distinctNames(servers.map(({ name }) => name));
  const services = servers.map(({ recording }) => serviceDatabase(recording));
  const byId = servers.map(
    ({ checklist }) => new Map<FindingId, Finding>(findingsIn(checklist).map((finding) => [finding.id, finding])),
  );
  return {
    servers: servers.map(({ recording, checklist }, index) => ({
      name: names[index] ?? "",
      computer: recording.computer,
      lookedAt: recording.recordedAt,
      verdict: checklist.verdict,
      service: services[index] ?? null,
      next: nextOn(checklist),
    })),
    settings: settingsOf(servers, services),
    rows: (servers[0] === undefined ? [] : findingsIn(servers[0].checklist)).map(({ id, title }) => {
      const cells = byId.map((findings): Farm["rows"][number]["cells"][number] => {
        const finding = findings.get(id);
        return finding === undefined
          ? { status: "unknown", actual: "Not judged" }
          : { status: finding.status, actual: finding.actual };
      });
      const [one, ...others] = cells;
      const differs = others.some((other) => other.status !== one?.status || other.actual !== one.actual);
      return { finding: id, title, cells, differs };
    }),
    order: orderOf(servers),
    failed,
  };
}

/** What the nodes share, those that differ first. */
function settingsOf(servers: readonly FarmServer[], services: readonly (string | null)[]): FarmSetting[] {
  if (servers.length === 0) return [];
  const seen = servers.map(({ recording }) => seenIn(recording));
  const settings = sharedSettings.map(({ id, title, matters, read, advice }) =>
    settingOf({ id, title, matters, advice, cells: seen.map(read) }, services),
  );
  const tls = seen.map((one) => new Map(tlsTable(one, "guide").map((row) => [row.finding, row])));
  const titles = new Map(
    (servers[0] === undefined ? [] : findingsIn(servers[0].checklist)).map((one) => [one.id, one.title]),
  );
  const advice = "Choose one TLS profile and set it on every node: in the step TLS, or with mim-mail apply.";
  for (const id of findingIds.tls) {
    const cells = tls.map((rows) => rows.get(id)?.found ?? null);
    if (cells.every((cell) => cell === null)) continue;
    const known = cells.map((cell) => (cell === "not known" ? null : cell));
    settings.push(settingOf({ id, title: titles.get(id) ?? id, matters: "attention", advice, cells: known }, services));
  }
  const rank = ({ status }: FarmSetting): number => settingRanks.indexOf(status);
  return settings.toSorted((one, other) => rank(one) - rank(other));
}

const settingRanks: readonly Status[] = ["action", "attention", "unknown", "done"];

function settingOf(
  setting: Omit<FarmSetting, "status" | "advice"> & { readonly matters: Status; readonly advice: string },
  services: readonly (string | null)[],
): FarmSetting {
  const { id, title, cells, matters, advice } = setting;
  const differs = differsWithin(services, cells);
  const status = differs ? matters : cells.includes(null) ? "unknown" : "done";
  return { id, title, cells, status, advice: differs ? [advice] : [] };
}

/** The next thing to do on a server: of the first stage that has one, what is open before what waits. */
function nextOn(checklist: Checklist): Farm["servers"][number]["next"] {
  const standings = standingsOf(checklist);
  for (const { id: stage } of stages) {
    const left = stageFindings(checklist, stage);
    const next = (["open", "ready"] as const)
      .map((standing) => left.find(({ id }) => standings.get(id) === standing))
      .find((finding) => finding !== undefined);
    if (next !== undefined) return { finding: next.id, title: next.title, advice: next.advice[0] ?? null };
  }
  return null;
}

/** The nodes that Change mode is to be run on, those that were begun first; each with its steps. */
function orderOf(servers: readonly FarmServer[]): FarmNode[] {
  const nodes = servers.flatMap(({ recording, checklist, target }, server): (FarmNode & { begun: boolean })[] => {
    const ticked = target.changeModeSteps ?? {};
    const asks = findingsIn(checklist).some((finding) => isOpen(finding) && finding.remedy.kind === "changeMode");
    const begun = nodeSteps.some((step) => ticked[step] !== undefined);
    const finished = ticked.returned !== undefined && !asks;
    if ((!asks && !begun) || finished) return [];
    const proved = findingIds.verify.every((id) => !findingsIn(checklist).some((one) => one.id === id && isOpen(one)));
    const steps = nodeSteps.map((id) => {
      const day = ticked[id] ?? null;
      const seen = (id === "changeMode" && !asks) || (id === "verified" && !asks && proved);
      return { id, title: nodeStepTitles[id], done: seen || day !== null, day };
    });
    return [{ server, computer: recording.computer, steps, begun }];
  });
  return nodes.toSorted((one, other) => Number(other.begun) - Number(one.begun)).map(({ begun: _, ...node }) => node);
}

/** `a.json`, `a.json (2)`, `a.json (3)`, …; a name that is taken is never given. */
function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let distinct = name;
    for (let number = 2; taken.has(distinct.toLowerCase()); number += 1) distinct = `${name} (${number})`;
    taken.add(distinct.toLowerCase());
    return distinct;
  });
}
