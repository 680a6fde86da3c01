import { LearnedValues } from "./learned-values.ts";
import { type ReadLogOptions, readLogFile } from "./log-file.ts";
import type { LogReading, SecretPlace } from "./log-reading.ts";

/** What a thorough reading may be told. `clean` makes a sink for the bytes of the clean copy, anew for each look. */
export interface ThoroughOptions extends Pick<ReadLogOptions, "typed" | "signal"> {
  readonly clean?: () => Promise<NonNullable<ReadLogOptions["clean"]>>;
}

/** Places of secrets that are told. */
const keptPlaces = 500;

/**
 * Reads an installer log, and once more when it holds secrets by their names: what one line names, another may hold
 * without a name, also before it.
 * @throws InputProblem as `readLogFile`
 */
export async function readLogThoroughly(path: string, options: ThoroughOptions = {}): Promise<LogReading> {
  const { typed = [], signal, clean } = options;
  const learned = new LearnedValues();
  const look = async (values: readonly string[], learn?: (value: string) => void): Promise<LogReading> =>
    readLogFile(path, {
      typed: values,
      ...(signal === undefined ? {} : { signal }),
      ...(clean === undefined ? {} : { clean: await clean() }),
      ...(learn === undefined ? {} : { learn }),
    });
  const first = await look(typed, learned.learn);
  if (learned.all.length === 0) return first;
  const again = await look([...typed, ...learned.all]);
  return { ...again, ...placesOf(first, again) };
}

/** The places of the first look, with their names, and those that only the second found. */
function placesOf(first: LogReading, again: LogReading): Pick<LogReading, "secretCount" | "secrets"> {
  const known = new Set(first.secrets.map(({ line }) => line));
  const more = again.secrets
    .filter(({ line }) => !known.has(line))
    .map((place): SecretPlace => ({ ...place, sign: place.sign === "typed" ? "repeated" : place.sign }));
  return {
    secretCount: Math.max(first.secretCount + more.length, again.secretCount),
    secrets: [...first.secrets, ...more].sort((one, other) => one.line - other.line).slice(0, keptPlaces),
  };
}
