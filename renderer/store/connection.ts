/** How the window stands with the trusted side. In Electron it is always open. */
export type ConnectionState = "open" | "lost" | "connecting";

/** A connection that can be lost and made again: the preview host's. */
export interface Connection {
  /** Calls the listener at each change; gives the function that stops it. */
  readonly watch: (listener: (state: ConnectionState) => void) => () => void;
  readonly reconnect: () => void;
}

/** The code of the failure that every call gives while the connection is lost. */
export const connectionLost = "connection-lost";
