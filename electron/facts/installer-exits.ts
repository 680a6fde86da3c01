/** What an exit code of msiexec means here, and what to do. */
export interface InstallerExit {
  readonly code: number;
  readonly cause: string;
  readonly cure: string;
}

const of = (code: number, cause: string, cure: string): InstallerExit => ({ code, cause, cure });

/** What to do when the media are missing. */
export const mediaCure =
  "Put the MIM media back to the folder of InstallSource, or name the folder with the .msi of the very same build when the installer asks for it.";
/** What to do when Windows Installer itself cannot be reached. */
export const registerServiceCure =
  "Check that the service Windows Installer (msiserver) is there and can start, then run it again.";
const firstFailure = "Read the log at the first action that failed, mend that, and run Change mode again.";

/**
 * Windows Installer's exit codes that a run of Change mode may meet. One row a code.
 * Source: https://learn.microsoft.com/en-us/windows/win32/msi/error-codes
 */
export const installerExits: readonly InstallerExit[] = [
  of(0, "it succeeded", "Nothing is to do."),
  of(1601, "the Windows Installer service could not be reached", registerServiceCure),
  of(1602, "it was cancelled", "Run Change mode again and go through to the end."),
  of(1603, "it failed, and everything was rolled back", firstFailure),
  of(1604, "it was suspended and is not complete", "Restart the server, then run Change mode again."),
  of(1605, "the product is not installed", "Check the product code on the step Server, and the account it runs as."),
  of(1612, "the media are missing: the installation source is not there", mediaCure),
  of(1618, "another installation was running", "Wait for the other installation to end, then run Change mode again."),
  of(
    1619,
    "the package could not be opened",
    `Check the cached package and the media on the step Server. ${mediaCure}`,
  ),
  of(1620, "the package could not be opened: it is no valid package", `Repair the cached package. ${mediaCure}`),
  of(
    1622,
    "the log could not be written",
    "Choose a folder for the log that exists and that administrators may write to.",
  ),
  of(1624, "a transform could not be applied", `A .mst file the product was installed with is missing. ${mediaCure}`),
  of(
    1625,
    "a policy forbids it",
    "Run it elevated. Have the policies looked at: Group Policy Turn off Windows Installer, software restriction, AppLocker.",
  ),
  of(1633, "the package is made for another kind of processor", "Use the 64-bit media of the very same build."),
  of(
    1635,
    "a hotfix could not be opened",
    "Check the cached .msp files in the Installer folder; get the hotfix again.",
  ),
  of(1636, "a hotfix is no valid package", "Get the hotfix again."),
  of(1638, "another version of the product is installed", "Use the media of the build that is installed."),
  of(
    1639,
    "the command line is not valid",
    "Start the installer from the step Change mode, which builds the command line.",
  ),
  of(1640, "policy forbids installing in a remote session", "Sign in at the console, or have the policy changed."),
  of(1641, "it succeeded and began a restart", "Wait for the restart, then look at the server again."),
  of(
    1642,
    "a hotfix does not fit what is installed",
    "Check the build on the step Server, and install the hotfixes in their order.",
  ),
  of(1643, "a policy forbids the hotfix", "Have the Windows Installer policies for patches looked at."),
  of(1644, "a policy forbids the customisation", "Have the Windows Installer policies looked at."),
  of(
    1645,
    "Windows Installer does not permit it from a remote session",
    "Sign in at the console of the server, or with a session for administration, and run Change mode again.",
  ),
  of(1646, "the hotfix cannot be removed", "Leave the hotfix in place."),
  of(
    1654,
    "Windows does not permit the package on this kind of computer",
    "Use the 64-bit media of the very same build.",
  ),
  of(3010, "it succeeded and asks for a restart", "Restart the server, then look at it again."),
];

const byCode = new Map(installerExits.map((exit) => [exit.code, exit]));

/** What an exit code means; one that is not listed is said to be unknown. */
export function installerExit(code: number): InstallerExit {
  const unknown = "it failed with a code that is not known here";
  return byCode.get(code) ?? of(code, unknown, "Read the log at the first action that failed.");
}
