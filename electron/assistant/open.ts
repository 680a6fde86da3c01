import { InputProblem } from "../recording/input-problem.ts";
import { readRecordingText } from "../recording/read-recording.ts";
import { readSample, samples } from "../server/practice/samples.ts";
import { createRecordedServer } from "../server/recorded/recorded-server.ts";
import type { UseCases } from "./bind.ts";
import type { Dependencies } from "./dependencies.ts";
import { farmTargetOf } from "./farm-target.ts";
import { savedTarget } from "./saved-target.ts";

/** Turning to another server: this one, the practice server, a recording. */
export function openUseCases(
  dependencies: Dependencies,
): Pick<UseCases, "chooseServer" | "openSample" | "openRecording"> {
  return {
    chooseServer: async ({ kind }) => {
      if (kind === "practice")
        return dependencies.stateOf(await dependencies.session.turnTo(await dependencies.practice(), null));
      if (dependencies.live === null) {
        throw new InputProblem(
          "no-live-server",
          "this program cannot look at this computer",
          "This server",
          "Start the installed program on the MIM Service server. Here, use the practice server or open a recording.",
        );
      }
      return dependencies.stateOf(await dependencies.session.turnTo(await dependencies.live(), null));
    },

    openSample: async ({ id }) => {
      const { recording, target } = await readSample(dependencies.assets, id);
      const title = samples.find((sample) => sample.id === id)?.title ?? id;
      const server = createRecordedServer({ label: title, recording });
      return dependencies.stateOf(await dependencies.session.turnTo(server, farmTargetOf(target)));
    },

    openRecording: async ({ name, text }) => {
      const server = createRecordedServer({ label: name, recording: readRecordingText(text, name) });
      return dependencies.stateOf(await dependencies.session.turnTo(server, savedTarget(text, name)));
    },
  };
}
