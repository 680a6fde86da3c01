import type { State } from "../contract/state.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { readSample, samples } from "../server/practice/samples.ts";
import { createRecordedServer } from "../server/recorded/recorded-server.ts";
import type { UseCases } from "./bind.ts";
import { farmTargetOf } from "./farm-target.ts";
import type { Uses } from "./parts.ts";
import { lastPlace, notePlace, type ServerPlace } from "./place.ts";
import { type Destination, recordingServer } from "./servers.ts";

async function sampleOf(assets: string, id: string): Promise<Destination> {
  const { recording, target } = await readSample(assets, id);
  const title = samples.find((sample) => sample.id === id)?.title ?? id;
  return { server: createRecordedServer({ label: title, recording }), ownTarget: farmTargetOf(target) };
}

/**
 * The server to begin with: the one on show last where it is still there, else this computer where it can be looked
 * at, else the practice server.
 */
export async function firstDestination({
  place,
  recent,
  live,
  practice,
  assets,
}: Uses<"place" | "recent" | "live" | "practice" | "assets">): Promise<Destination> {
  const { server: last } = await lastPlace(place);
  try {
    if (last?.kind === "sample") return await sampleOf(assets, last.id);
    if (last?.kind === "recent") {
      const { name, text } = await recent.read(last.id);
      return await recordingServer(name, text);
    }
  } catch {
    // It is gone: the start goes on without it.
  }
  const own = { live: live ?? practice, practice };
  return { server: await own[last && !("id" in last) ? last.kind : "live"](), ownTarget: null };
}

/** Turning to another server: this one, the practice server, a recording. */
export function openUseCases({
  session,
  place,
  recent,
  assets,
  live,
  practice,
  stateOf,
}: Uses<"session" | "place" | "recent" | "assets" | "live" | "practice" | "stateOf">) {
  async function turnTo({ server, ownTarget }: Destination): Promise<State> {
    return stateOf(await session.turnTo(server, ownTarget));
  }

  const noteServer = (server: ServerPlace): Promise<void> => notePlace(place, { server });

  async function openText(name: string, text: string): Promise<State> {
    const state = await turnTo(await recordingServer(name, text));
    const id = await recent.note(name, text, state);
    if (id !== null) await noteServer({ kind: "recent", id });
    return state;
  }

  async function getStart(): Promise<Awaited<ReturnType<UseCases["getStart"]>>> {
    const { screen = null } = await lastPlace(place);
    return { live: live !== null, samples: [...samples], recent: [...(await recent.list())], screen };
  }

  return {
    getStart,
    notePlace: async ({ screen }) => {
      await notePlace(place, { screen });
      return null;
    },

    chooseServer: async ({ kind }) => {
      const wanted = { live, practice }[kind];
      if (wanted === null) {
        throw new InputProblem(
          "no-live-server",
          "this program cannot look at this computer",
          "This server",
          "Start the installed program on the MIM Service server. Here, use the practice server or open a recording.",
        );
      }
      const state = await turnTo({ server: await wanted(), ownTarget: null });
      await noteServer({ kind });
      return state;
    },

    openSample: async ({ id }) => {
      const state = await turnTo(await sampleOf(assets, id));
      await noteServer({ kind: "sample", id });
      return state;
    },

    openRecording: ({ name, text }) => openText(name, text),

    openRecent: async ({ id }) => {
      const { name, text } = await recent.read(id);
      return openText(name, text);
    },

    forgetRecent: async ({ id }) => {
      await recent.forget(id);
      return getStart();
    },
  } satisfies Partial<UseCases>;
}
