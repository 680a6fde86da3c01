import type { Recording } from "../../recording/recording.ts";
import { redactRecording } from "../../recording/redact.ts";
import type { Server } from "../server.ts";

/**
 * A recording as a server: looking gives what was recorded, with the time it was recorded at. Read-only.
 * Secrets someone may have put into the file by hand are redacted like any other.
 */
export function createRecordedServer({
  label,
  recording,
}: {
  readonly label: string;
  readonly recording: Recording;
}): Server {
  return {
    kind: "recorded",
    label,
    elevated: null,
    async look({ signal, progress } = {}) {
      signal?.throwIfAborted();
      progress?.("Reading the recording", 1);
      return redactRecording(recording);
    },
  };
}
