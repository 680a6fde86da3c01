import type { IpcRenderer } from "electron";
import type { Bridge, EventName, EventValue } from "../contract/methods.ts";
import { bridgedEvents, bridgedMethods, eventChannel, methodChannel } from "./bridge-channels.ts";

/**
 * The bridge as the window gets it: a function a method, and a way to listen. No channel, event object or other part of
 * Electron reaches the page.
 *
 * Serves rule 20 of https://www.electronjs.org/docs/latest/tutorial/security
 */
export function windowBridge(ipc: Pick<IpcRenderer, "invoke" | "on" | "removeListener">): Bridge {
  const calls = bridgedMethods.map((name) => [name, (input: unknown) => ipc.invoke(methodChannel(name), input)]);
  const on = <Name extends EventName>(name: Name, listener: (value: EventValue<Name>) => void): (() => void) => {
    if (!bridgedEvents.includes(name)) throw new Error("there is no event of that name");
    const heard = (_event: unknown, value: EventValue<Name>): void => listener(value);
    ipc.on(eventChannel(name), heard);
    return () => {
      ipc.removeListener(eventChannel(name), heard);
    };
  };
  return { ...Object.fromEntries(calls), on } as Bridge;
}
