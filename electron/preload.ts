// The bridge: the contract's methods by name, nothing else.
import { contextBridge, ipcRenderer } from "electron";
import { windowBridge } from "./shell/window-bridge.ts";

contextBridge.exposeInMainWorld("assistant", windowBridge(ipcRenderer));
