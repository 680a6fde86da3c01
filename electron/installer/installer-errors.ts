import {
  installerExits,
  mediaCure as media,
  registerServiceCure as registerService,
} from "../facts/installer-exits.ts";

/** Where a code comes from: the end of a run (msiexec's exit code), or a message in the log. */
export type ErrorOrigin = "exit" | "message";

/** What a code of Windows Installer means here, and what to do. */
export interface InstallerError {
  readonly code: number;
  readonly origins: readonly ErrorOrigin[];
  readonly cause: string;
  readonly cure: string;
  /** True when the engine's mere note of it already tells why a run failed. Other notes are harmless more often than not. */
  readonly tellsAsNote: boolean;
}

/** Where the codes are listed. */
export const errorSources: Readonly<Record<ErrorOrigin, string>> = {
  exit: "https://learn.microsoft.com/en-us/windows/win32/msi/error-codes",
  message: "https://learn.microsoft.com/en-us/windows/win32/msi/windows-installer-error-messages",
};

const exit = (code: number, cause: string, cure: string): InstallerError => ({
  code,
  origins: ["exit"],
  cause,
  cure,
  tellsAsNote: false,
});
const message = (code: number, cause: string, cure: string, tellsAsNote = false): InstallerError => ({
  code,
  origins: ["message"],
  cause,
  cure,
  tellsAsNote,
});

/** Windows Installer's codes that a run of Change mode may meet. One row a code. */
export const installerErrors: readonly InstallerError[] = [
  ...installerExits.map(({ code, cause, cure }) => exit(code, cause, cure)),
  message(
    1304,
    "a file could not be written",
    "Check the free space and the rights of SYSTEM on the folder, then run it again.",
  ),
  message(1305, "a file could not be read", `Check the file and the media. ${media}`),
  message(1311, "a cabinet file of the media is missing", media),
  message(
    1316,
    "the media are missing: the package could not be read under the name it was installed with",
    media,
    true,
  ),
  message(
    1321,
    "there is no right to change a file",
    "Check the rights of SYSTEM on the file, and close what holds it open.",
  ),
  message(1325, "a path is not valid", "Check the paths that were typed."),
  message(1335, "a cabinet file is damaged", `Copy the media again. ${media}`),
  message(1402, "a registry key could not be opened", "Check the rights of SYSTEM on the key the log names."),
  message(1406, "a registry value could not be written", "Check the rights of SYSTEM on the key the log names."),
  message(
    1500,
    "another installation was running",
    "Wait for the other installation to end, then run Change mode again.",
    true,
  ),
  message(1601, "the disk is full", "Make room on the disk the log names, then run it again."),
  message(1625, "a policy forbids it", "Run it elevated, and have the Windows Installer policies looked at.", true),
  message(
    1704,
    "another installation is suspended",
    "Let it end or roll back: restart the server, then run Change mode again.",
  ),
  message(1706, "the media are missing: no valid source was found", media, true),
  message(1714, "the older version could not be removed", `Its own package is missing. ${media}`),
  message(1719, "the Windows Installer service could not be reached", registerService),
  message(
    1720,
    "a script of the package failed",
    "Read the lines before it in the log. Where VBScript was removed from Windows, add the feature again.",
    true,
  ),
  message(1721, "a program of the package could not be started", "Read the lines before it in the log.", true),
  message(
    1722,
    "a program that the package runs ended with an error: a custom action failed",
    "Read the lines before it in the log: they name the action and often the reason.",
    true,
  ),
  message(
    1723,
    "a library that the package calls failed: a custom action failed",
    "Read the lines before it in the log.",
    true,
  ),
  message(1730, "an administrator is needed", "Run it elevated."),
  message(
    1904,
    "a library could not be registered",
    "Read the line: it names the file. Check that what it needs is there.",
  ),
  message(
    1920,
    "a service did not start",
    "Check the service account's password and its right to log on as a service, and that the database answers.",
  ),
  message(1921, "a service could not be stopped", "Stop it by hand, then run Change mode again."),
  message(1922, "a service could not be removed", "Close the Services console, restart the server, then run it again."),
  message(1923, "a service could not be set up", "Check the service account's name and password, and run it elevated."),
  message(1925, "there are not enough rights for all users", "Run it elevated."),
  message(2203, "the package could not be opened", `Check the rights on the Installer folder. ${media}`),
  message(
    2502,
    "the installer was called out of its order",
    "Check the rights on the folder for temporary files, and run it elevated.",
  ),
  message(
    2503,
    "the installer was called out of its order",
    "Check the rights on the folder for temporary files, and run it elevated.",
  ),
  message(
    2738,
    "VBScript is not there or not registered",
    "Add the Windows feature VBScript, then run Change mode again.",
  ),
  message(
    2755,
    "the package could not be opened by the installer's service",
    "Copy the media to a folder on this server that is not encrypted and that SYSTEM may read, not to a mapped drive.",
    true,
  ),
];

const byCode = new Map(
  installerErrors.flatMap((error) => error.origins.map((origin) => [`${origin} ${error.code}`, error])),
);

const tellingNotes = new Set(installerErrors.filter(({ tellsAsNote }) => tellsAsNote).map(({ code }) => code));

/** True for a code whose mere note already tells why a run failed; thousands of others are noted and mean nothing. */
export function tellsAsNote(code: number): boolean {
  return tellingNotes.has(code);
}

/** What a code means; null for one that is not known here. */
export function installerError(code: number, origin: ErrorOrigin): InstallerError | null {
  return byCode.get(`${origin} ${code}`) ?? null;
}
