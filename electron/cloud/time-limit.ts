import { ConnectionFailure } from "./http.ts";

/** How long one request may take, in milliseconds. */
export const requestTimeLimit = 20_000;

/**
 * Does work that ends after a time, or when the caller's signal is aborted. After the time it rejects with
 * `network.timeLimit`; aborted, with the caller's reason.
 */
export async function inTime<Result>(
  host: string,
  milliseconds: number,
  caller: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  caller?.throwIfAborted();
  const controller = new AbortController();
  const seconds = Math.round(milliseconds / 100) / 10;
  const over = new ConnectionFailure("network.timeLimit", `${host} did not answer in ${seconds} seconds`);
  const timer = setTimeout(() => controller.abort(over), milliseconds);
  const stop = (): void => controller.abort(caller?.reason);
  caller?.addEventListener("abort", stop, { once: true });
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    caller?.removeEventListener("abort", stop);
  }
}
