type Handler = (event: unknown, input: unknown) => unknown;
type Listener = (event: unknown, value: unknown) => void;

/**
 * Both ends of Electron's IPC in one process: everything is cloned on its way as Electron does, a channel has one
 * handler, and a call to a channel without one rejects.
 */
export function createFakeIpc(eventOf: () => unknown) {
  const handlers = new Map<string, Handler>();
  const listeners = new Map<string, Set<Listener>>();
  return {
    main: {
      handle: (channel: string, handler: Handler): void => {
        if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
        handlers.set(channel, handler);
      },
    },
    send: (channel: string, value: unknown): void => {
      for (const listener of listeners.get(channel) ?? []) listener({}, structuredClone(value));
    },
    renderer: {
      invoke: async (channel: string, input: unknown): Promise<unknown> => {
        const handler = handlers.get(channel);
        if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
        return structuredClone(await handler(eventOf(), structuredClone(input)));
      },
      on: (channel: string, listener: Listener): void => {
        listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      },
      removeListener: (channel: string, listener: Listener): void => {
        listeners.get(channel)?.delete(listener);
      },
    },
    channels: (): string[] => [...handlers.keys()],
  };
}
