import type { EventName, MethodName } from "../contract/methods.ts";

/**
 * The names of the contract's methods and events. Written out, because the preload would otherwise carry the whole
 * schema library into the window's sandbox; the compiler refuses a list that is not the contract's.
 */
const methodTable: Readonly<Record<MethodName, true>> = {
  getStart: true,
  notePlace: true,
  openRecent: true,
  forgetRecent: true,
  getState: true,
  look: true,
  lookElevated: true,
  openElevated: true,
  cancelLook: true,
  chooseServer: true,
  openSample: true,
  openRecording: true,
  resetPractice: true,
  rehearse: true,
  setPracticeFault: true,
  setTarget: true,
  openTarget: true,
  saveTarget: true,
  saveRecording: true,
  saveFarm: true,
  saveCalendar: true,
  saveReport: true,
  previewReport: true,
  showSaved: true,
  openBefore: true,
  closeBefore: true,
  openFarm: true,
  addServers: true,
  cancelAddServers: true,
  tickNode: true,
  closeFarm: true,
  applyChanges: true,
  undoChange: true,
  recoverChange: true,
  cancelChange: true,
  saveScript: true,
  startChangeMode: true,
  cancelChangeMode: true,
  pressPractice: true,
  moveToPage: true,
  tickPage: true,
  cleanLog: true,
  showLog: true,
  showCompanion: true,
  takePicture: true,
  addPicture: true,
  removePicture: true,
  getPicture: true,
  checkCloud: true,
  getRenewal: true,
  tellRenewal: true,
  cancelCloudCheck: true,
  checkRelay: true,
  cancelRelayCheck: true,
  getSmtpPlan: true,
  getAbout: true,
  getDiagnostics: true,
  getSettings: true,
  setSettings: true,
};
const eventTable: Readonly<Record<EventName, true>> = { progress: true, installer: true, goTo: true, handedOut: true };

export const bridgedMethods = Object.keys(methodTable) as readonly MethodName[];
export const bridgedEvents = Object.keys(eventTable) as readonly EventName[];

export function methodChannel(name: MethodName): string {
  return `mim-mail:method:${name}`;
}

export function eventChannel(name: EventName): string {
  return `mim-mail:event:${name}`;
}
