import type { Farm } from "../contract/comparison.ts";
import { dayOf } from "../contract/date.ts";
import type { OfferedFile } from "../contract/methods.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { farmCsv } from "../report/farm-csv.ts";
import { fileName } from "../report/report-format.ts";
import type { Server } from "../server/server.ts";
import type { UseCases } from "./bind.ts";
import { farmOf } from "./comparison.ts";
import { sameServer, withNodeStep } from "./farm-target.ts";
import { lookFailure, manyLooks } from "./many-looks.ts";
import type { Uses } from "./parts.ts";
import type { NamedRecording } from "./session.ts";

/** Several servers: looking at others, and ticking off what is done on each. */
export function farmUseCases({
  session,
  judged,
  remote,
  farmTarget,
  keepTarget,
  stateOf,
  now,
  emit,
}: Uses<"session" | "judged" | "remote" | "farmTarget" | "keepTarget" | "stateOf" | "now" | "emit">) {
  let running: AbortController | null = null;
  return {
    addServers: async ({ names }) => {
      if (remote === null) {
        throw new InputProblem(
          "not-windows",
          "other computers can be looked at from Windows only",
          "servers",
          "Run mim-mail collect on each of them and open the recordings here.",
        );
      }
      // Every name is checked before one is asked.
      const servers: Server[] = [];
      for (const name of namesIn(names)) servers.push(await remote(name));
      running?.abort();
      const controller = new AbortController();
      running = controller;
      const seen: NamedRecording[] = [];
      const failed: Farm["failed"] = [];
      try {
        const looks = manyLooks(servers, {
          signal: controller.signal,
          ended: (count, { label }) =>
            emit("progress", { task: "servers", text: `Looked at ${label}`, fraction: count / servers.length }),
        });
        for (const [index, look] of looks.entries()) {
          const { recording, problem } = await look;
          const name = servers[index]?.label ?? "";
          if (recording !== null) seen.push({ name, recording });
          else failed.push(lookFailure(name, problem));
        }
      } finally {
        if (running === controller) running = null;
      }
      const before = session.farm();
      const asked = (name: string): boolean => servers.some(({ label }) => sameServer(label, name));
      session.openFarm({
        servers: [...before.servers.filter(({ name }) => !seen.some((one) => sameServer(one.name, name))), ...seen],
        failed: [...before.failed.filter(({ name }) => !asked(name)), ...failed],
      });
      return stateOf();
    },

    cancelAddServers: async () => {
      running?.abort();
      return null;
    },

    saveFarm: async (): Promise<OfferedFile> => {
      const farm = farmOf({ session }, await judged());
      if (farm === null) {
        throw new InputProblem("no-servers", "no other server is on show", "servers", "Add the other servers first.");
      }
      const computers = farm.servers.map(({ computer }) => computer);
      return {
        name: fileName("servers", computers, dayOf(now()), "csv"),
        mediaType: "text/csv",
        // Without the mark Excel takes UTF-8 for another encoding.
        encoding: "utf8Bom",
        text: farmCsv(farm),
      };
    },

    tickNode: async ({ computer, step, ticked }) => {
      const shown = await session.shown();
      const { server, recording } = shown;
      const isShown = sameServer(recording.computer, computer);
      const isBeside = session.farm().servers.some((one) => sameServer(one.recording.computer, computer));
      if (!isShown && !isBeside) {
        throw new InputProblem("no-such-server", "no such server is on show", computer, "Add the server first.");
      }
      const day = ticked ? dayOf(now()) : null;
      const farm = withNodeStep(await farmTarget(shown), computer, {
        step,
        day,
        keptAs: isShown ? server.keptAs : undefined,
        alone: isShown,
      });
      await keepTarget(farm);
      return stateOf();
    },
  } satisfies Partial<UseCases>;
}

/** The names as they were typed, with or without backslashes; each once. */
function namesIn(given: readonly string[]): string[] {
  const names: string[] = [];
  for (const name of given) {
    const plain = name.trim().replace(/^\\\\/, "");
    if (!names.some((known) => sameServer(known, plain))) names.push(plain);
  }
  return names;
}
