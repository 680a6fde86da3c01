import type { Bridge, EventName, EventValue } from "../electron/contract/methods.ts";
import { eventNames, methodNames } from "../electron/contract/methods.ts";
import type { Outcome } from "../electron/contract/outcome.ts";
import { type Connection, type ConnectionState, connectionLost } from "./store/connection.ts";

/** What the preview host sends: the answer to a call, or an event. */
type Message =
  | { readonly id: number; readonly outcome: Outcome<unknown> }
  | { readonly event: EventName; readonly value: EventValue<EventName> };

const lost: Outcome<never> = {
  ok: false,
  error: {
    code: connectionLost,
    message: "The connection to the assistant is lost.",
    cure: "Press Reconnect. What you typed is kept.",
  },
};

/**
 * The bridge over a WebSocket, for a browser on the preview host. Calls made while the socket is still opening wait
 * for it; calls open when it closes end with the failure `connection-lost`, so that nothing hangs.
 */
export function connectPreview(address: Location): { readonly bridge: Bridge; readonly connection: Connection } {
  const token = new URLSearchParams(address.search).get("token") ?? "";
  const calls = new Map<number, (outcome: Outcome<unknown>) => void>();
  const watchers = new Set<(state: ConnectionState) => void>();
  const listeners = new Map<EventName, Set<(value: EventValue<EventName>) => void>>(
    eventNames.map((name) => [name, new Set()]),
  );
  let socket: WebSocket | null = null;
  let waiting: string[] = [];
  let lastId = 0;

  const tell = (state: ConnectionState): void => {
    for (const watcher of watchers) watcher(state);
  };

  const receive = (message: Message): void => {
    if ("event" in message) {
      for (const listener of listeners.get(message.event) ?? []) listener(message.value);
      return;
    }
    const answer = calls.get(message.id);
    calls.delete(message.id);
    answer?.(message.outcome);
  };

  const open = (): void => {
    const opening = new WebSocket(`ws://${address.host}/bridge?token=${encodeURIComponent(token)}`);
    socket = opening;
    tell("connecting");
    opening.addEventListener("open", () => {
      for (const text of waiting) opening.send(text);
      waiting = [];
      tell("open");
    });
    opening.addEventListener("message", (event) => receive(JSON.parse(String(event.data)) as Message));
    opening.addEventListener("close", () => {
      if (socket !== opening) return;
      socket = null;
      waiting = [];
      const answers = [...calls.values()];
      calls.clear();
      for (const answer of answers) answer(lost);
      tell("lost");
    });
  };

  const call = (method: string, input: unknown): Promise<Outcome<unknown>> => {
    if (socket === null) return Promise.resolve(lost);
    const current = socket;
    lastId += 1;
    const id = lastId;
    return new Promise((resolve) => {
      calls.set(id, resolve);
      const text = JSON.stringify({ id, method, input });
      if (current.readyState === WebSocket.OPEN) current.send(text);
      else waiting.push(text);
    });
  };

  open();
  const handlers = Object.fromEntries(methodNames.map((name) => [name, (input: unknown) => call(name, input)]));
  const on: Bridge["on"] = (name, listener) => {
    const heard = listener as (value: EventValue<EventName>) => void;
    listeners.get(name)?.add(heard);
    return () => listeners.get(name)?.delete(heard);
  };
  return {
    bridge: { ...handlers, on } as unknown as Bridge,
    connection: {
      watch: (listener) => {
        watchers.add(listener);
        return () => watchers.delete(listener);
      },
      reconnect: () => {
        if (socket === null) open();
      },
    },
  };
}
