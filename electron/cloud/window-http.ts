import { connectionFailureOf, hasNetworkCode } from "./connection-failure.ts";
import { ConnectionFailure, type HttpPort } from "./http.ts";

/**
 * The window's network stack as every other way to Microsoft's hosts: what it rejects with becomes a ConnectionFailure.
 * The window's side cannot say that itself, because it knows the contract alone.
 */
export function windowHttp(port: HttpPort): HttpPort {
  return {
    route: port.route,
    send: async (request) => {
      try {
        return await port.send(request);
      } catch (error) {
        request.signal.throwIfAborted();
        if (error instanceof ConnectionFailure || !hasNetworkCode(error)) throw error;
        throw connectionFailureOf(error, new URL(request.url).hostname);
      }
    },
  };
}
