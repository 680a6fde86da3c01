import { InputProblem } from "../recording/input-problem.ts";
import { readRecordingText } from "../recording/read-recording.ts";
import { readSample, samples } from "../server/practice/samples.ts";
import { createRecordedServer } from "../server/recorded/recorded-server.ts";
import type { UseCases } from "./bind.ts";
import type { Desk } from "./desk.ts";
import { farmTargetOf } from "./farm-target.ts";
import { keptTarget } from "./kept-target.ts";

/** Turning to another server: this one, the practice server, a recording. */
export function openUseCases(
  desk: Desk,
): Pick<UseCases, "chooseServer" | "openSample" | "openRecording" | "resetPractice"> {
  return {
    chooseServer: async ({ kind }) => {
      if (kind === "practice") return desk.stateOf(await desk.session.turnTo(await desk.practice(), null));
      if (desk.live === null) {
        throw new InputProblem(
          "no-live-server",
          "this program cannot look at this computer",
          "This server",
          "Start the installed program on the MIM Service server. Here, use the practice server or open a recording.",
        );
      }
      return desk.stateOf(await desk.session.turnTo(await desk.live(), null));
    },

    openSample: async ({ id }) => {
      const { recording, target } = await readSample(desk.assets, id);
      const title = samples.find((sample) => sample.id === id)?.title ?? id;
      const server = createRecordedServer({ label: title, recording });
      return desk.stateOf(await desk.session.turnTo(server, farmTargetOf(target)));
    },

    openRecording: async ({ name, text }) => {
      const server = createRecordedServer({ label: name, recording: readRecordingText(text, name) });
      return desk.stateOf(await desk.session.turnTo(server, keptTarget(text, name)));
    },

    resetPractice: async () => {
      const practice = await desk.practice();
      // A look under way would show what stood there before.
      desk.session.cancel();
      await practice.reset();
      desk.session.forgetFirstLook(practice);
      return desk.stateOf(await desk.session.turnTo(practice, null));
    },
  };
}
