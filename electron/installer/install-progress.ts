import type { LogReading } from "./log-reading.ts";

/**
 * Where the standard actions of an installation stand in their order. A package may leave some out and put its own
 * between them, so this tells about how far an installation is, not exactly.
 * Source: https://learn.microsoft.com/en-us/windows/win32/msi/suggested-installexecutesequence
 */
const sequence: Readonly<Record<string, number>> = {
  CostInitialize: 800,
  FileCost: 900,
  CostFinalize: 1000,
  MigrateFeatureStates: 1200,
  InstallValidate: 1400,
  InstallInitialize: 1500,
  AllocateRegistrySpace: 1550,
  ProcessComponents: 1600,
  UnpublishComponents: 1700,
  UnpublishFeatures: 1800,
  StopServices: 1900,
  DeleteServices: 2000,
  RemoveRegistryValues: 2600,
  RemoveShortcuts: 3200,
  RemoveFiles: 3500,
  RemoveFolders: 3600,
  CreateFolders: 3700,
  MoveFiles: 3800,
  InstallFiles: 4000,
  PatchFiles: 4090,
  CreateShortcuts: 4500,
  WriteRegistryValues: 5000,
  WriteIniValues: 5100,
  WriteEnvironmentStrings: 5200,
  RegisterTypeLibraries: 5500,
  SelfRegModules: 5600,
  RegisterComPlus: 5700,
  InstallServices: 5800,
  StartServices: 5900,
  RegisterUser: 6000,
  RegisterProduct: 6100,
  PublishComponents: 6200,
  PublishFeatures: 6300,
  PublishProduct: 6400,
  InstallFinalize: 6600,
};
const last = 6600;

/** Before this action changes are written down, within it they are made. */
const makesChanges = "InstallFinalize";
/** The part of the whole that writing down takes. */
const preparation = 0.3;

/** The action with which the pages end and the change begins. */
const executes = "ExecuteAction";

/** What is said while a standard action runs; everything else is named. */
const words: Readonly<Record<string, string>> = {
  CostInitialize: "Preparing",
  FileCost: "Preparing",
  CostFinalize: "Preparing",
  InstallValidate: "Checking",
  InstallInitialize: "Preparing",
  StopServices: "Stopping services",
  RemoveRegistryValues: "Removing registry values",
  RemoveFiles: "Removing files",
  InstallFiles: "Copying files",
  WriteRegistryValues: "Writing registry values",
  InstallServices: "Setting up services",
  StartServices: "Starting services",
  RegisterProduct: "Registering the product",
  PublishProduct: "Registering the product",
  InstallFinalize: "Making the changes",
  Rollback: "Rolling back",
  RollbackCleanup: "Clearing up",
};

/** The first action with which it is more than looked and reckoned. */
const begins = "InstallInitialize";
/** Actions that make the changes written down before them. */
const executing = new Set(["InstallExecute", "InstallExecuteAgain", makesChanges]);
/** Standard actions that tell nothing of how far it is. Source: the page "Standard Actions Reference". */
const others = new Set(
  `AppSearch BindImage CCPSearch DisableRollback DuplicateFiles FindRelatedProducts InstallODBC InstallSFPCatalogFile
IsolateComponents LaunchConditions MsiConfigureServices MsiPublishAssemblies MsiUnpublishAssemblies RegisterClassInfo
RegisterExtensionInfo RegisterFonts RegisterMIMEInfo RegisterProgIdInfo RemoveDuplicateFiles RemoveEnvironmentStrings
RemoveExistingProducts RemoveIniValues RemoveODBC RMCCPSearch SelfUnregModules SetODBCFolders UnregisterClassInfo
UnregisterComPlus UnregisterExtensionInfo UnregisterFonts UnregisterMIMEInfo UnregisterProgIdInfo UnregisterTypeLibraries
ValidateProductID RollbackCleanup Rollback`.split(/\s+/),
);

/** True for an action of Windows Installer itself. */
export function isStandardAction(name: string): boolean {
  return sequence[name] !== undefined || executing.has(name) || others.has(name);
}

/** True once an installation is past what it only checks and reckons. */
export function isPastChecks(name: string): boolean {
  return (sequence[name] ?? 0) >= (sequence[begins] ?? 0) || executing.has(name);
}

/** True for an action that makes the changes. */
export function makesTheChanges(name: string): boolean {
  return executing.has(name);
}

type Progress = Pick<LogReading, "actions" | "current" | "firstFailure" | "phase">;

function isInstallPhase({ actions }: Progress): boolean {
  return actions.some(({ name }) => name === executes);
}

/** How many actions of the install phase have ended. */
export function actionsEnded({ actions }: Progress): number {
  const from = actions.find(({ name }) => name === executes)?.line;
  return from === undefined ? 0 : actions.filter(({ line, endedAt }) => line > from && endedAt !== null).length;
}

/**
 * About how far the install phase is (0 to 1), from the standard action that runs or ran last; null before the first of
 * them and once something failed, when it goes backwards.
 */
export function installFraction(reading: Progress): number | null {
  const { actions, current, firstFailure } = reading;
  if (!isInstallPhase(reading) || firstFailure !== null) return null;
  const finalize = actions.findLast(({ name }) => name === makesChanges);
  if (finalize?.endedAt) return 1;
  const started = actions.findLast(({ name }) => sequence[name] !== undefined)?.name;
  const at = sequence[current ?? ""] ?? sequence[started ?? ""];
  if (at === undefined) return null;
  if (finalize === undefined) return (at / last) * preparation;
  return preparation + (current === makesChanges ? 0 : (sequence[current ?? ""] ?? 0) / last) * (1 - preparation);
}

/** What the installer does now, in words; null while the person goes through its pages. */
export function actionWords(reading: Progress): string | null {
  if (reading.phase === "ended") return "Ended. Close the installer.";
  if (!isInstallPhase(reading)) return null;
  const { current } = reading;
  if (current === null || current === executes || current === "INSTALL") return "Preparing";
  return words[current] ?? `Running ${current}`;
}

/** True when the server was being changed, or still is. */
export function hasInstallPhase(reading: Progress): boolean {
  return isInstallPhase(reading) || reading.phase === "installing";
}
