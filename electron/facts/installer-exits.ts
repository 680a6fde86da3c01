/** What an exit code of msiexec means here, and what to do. */
export interface InstallerExit {
  readonly code: number;
  /** The name Windows has for it; null for a code that is not in the table. */
  readonly name: string | null;
  readonly cause: string;
  readonly cure: string;
  /** What to do with another product than MIM, where that is not the same. */
  readonly cureElsewhere?: string;
}

const of = (code: number, name: string, cause: string, cure: string, cureElsewhere?: string): InstallerExit => ({
  code,
  name: `ERROR_${name}`,
  cause,
  cure,
  ...(cureElsewhere === undefined ? {} : { cureElsewhere }),
});

/** What to do when the media are missing. */
export const mediaCure =
  "Put the MIM media back to the folder of InstallSource, or name the folder with the .msi of the very same build when the installer asks for it.";
/** The same for any product. */
export const mediaCureElsewhere =
  "Put the product's media back to where it was installed from, or name the folder with the very same package when the installer asks for it.";
/** What to do when Windows Installer itself cannot be reached. */
export const registerServiceCure =
  "Check that the service Windows Installer (msiserver) is there and can start, then run it again.";
const firstFailure = "Read the log at the first action that failed, mend that, and run it again.";
const packageFault =
  "The package or what it calls asks for something that is not there. Use the media of the very same build.";
const packageFaultElsewhere = "The package or what it calls asks for something that is not there. Ask its maker.";
const newer = "Update Windows: the package needs a newer Windows Installer.";
const patchFault = "Check the build that is installed, and get the hotfix for it again.";

/**
 * Windows Installer's exit codes. One row a code; this is the only table of them.
 * Source: https://learn.microsoft.com/en-us/windows/win32/msi/error-codes; 2, 3, 5, 112 and 1392 are Windows' own, of
 * which the same page says that any may be returned.
 */
export const installerExits: readonly InstallerExit[] = [
  of(0, "SUCCESS", "it succeeded", "Nothing is to do."),
  of(2, "FILE_NOT_FOUND", "a file was not found", "Check the paths of the package and of the log on the command line."),
  of(
    3,
    "PATH_NOT_FOUND",
    "a folder was not found",
    "Check the paths of the package and of the log on the command line.",
  ),
  of(
    5,
    "ACCESS_DENIED",
    "access was denied",
    "Run it elevated, and check the rights on the package and the log's folder.",
  ),
  of(13, "INVALID_DATA", "the data is not valid", packageFault, packageFaultElsewhere),
  of(87, "INVALID_PARAMETER", "a parameter was not valid", "Check the command line it was started with."),
  of(112, "DISK_FULL", "the disk is full", "Make room on the disk, then run it again."),
  of(120, "CALL_NOT_IMPLEMENTED", "a custom action called what it may not call", packageFault, packageFaultElsewhere),
  of(
    1259,
    "APPHELP_BLOCK",
    "Windows holds the product for incompatible, and it was not tried",
    "Check that the product supports this Windows.",
  ),
  of(1392, "FILE_CORRUPT", "a file or folder is damaged", "Check the disk, and copy the media again."),
  of(1601, "INSTALL_SERVICE_FAILURE", "the Windows Installer service could not be reached", registerServiceCure),
  of(1602, "INSTALL_USEREXIT", "it was cancelled", "Run it again and go through to the end."),
  of(1603, "INSTALL_FAILURE", "it failed", firstFailure),
  of(1604, "INSTALL_SUSPEND", "it was suspended and is not complete", "Restart the server, then run it again."),
  of(
    1605,
    "UNKNOWN_PRODUCT",
    "the product is not installed",
    "Check the product code on the step Server, and the account it runs as.",
    "Check the product code on the command line, and the account it runs as.",
  ),
  of(1606, "UNKNOWN_FEATURE", "a feature is not registered", packageFault, packageFaultElsewhere),
  of(1607, "UNKNOWN_COMPONENT", "a component is not registered", packageFault, packageFaultElsewhere),
  of(1608, "UNKNOWN_PROPERTY", "there is no such property", packageFault, packageFaultElsewhere),
  of(1609, "INVALID_HANDLE_STATE", "a handle was not in order", packageFault, packageFaultElsewhere),
  of(
    1610,
    "BAD_CONFIGURATION",
    "what Windows Installer keeps of the product is damaged",
    `Repair the product with its media. ${mediaCure}`,
    `Repair the product with its media. ${mediaCureElsewhere}`,
  ),
  of(1611, "INDEX_ABSENT", "a component's qualifier is not there", packageFault, packageFaultElsewhere),
  of(
    1612,
    "INSTALL_SOURCE_ABSENT",
    "the media are missing: the installation source is not there",
    mediaCure,
    mediaCureElsewhere,
  ),
  of(1613, "INSTALL_PACKAGE_VERSION", "the package needs a newer Windows Installer", newer),
  of(1614, "PRODUCT_UNINSTALLED", "the product was removed", "Nothing can be changed: install the product again."),
  of(1615, "BAD_QUERY_SYNTAX", "a query of the package is not valid", packageFault, packageFaultElsewhere),
  of(1616, "INVALID_FIELD", "a field of the package does not exist", packageFault, packageFaultElsewhere),
  of(1617, "DEVICE_REMOVED", "the device was removed", "Put the disk or drive back, then run it again."),
  of(
    1618,
    "INSTALL_ALREADY_RUNNING",
    "another installation was running",
    "Wait for the other installation to end, then run it again.",
  ),
  of(
    1619,
    "INSTALL_PACKAGE_OPEN_FAILED",
    "the package could not be opened",
    `Check the cached package and the media on the step Server. ${mediaCure}`,
    "Check the package's path, and the rights on it.",
  ),
  of(
    1620,
    "INSTALL_PACKAGE_INVALID",
    "the package could not be opened: it is no valid package",
    `Repair the cached package. ${mediaCure}`,
    "Get the package again.",
  ),
  of(
    1621,
    "INSTALL_UI_FAILURE",
    "the installer's pages could not be shown",
    "Run it signed in at the server's desktop, and check the rights on the folder for temporary files.",
  ),
  of(
    1622,
    "INSTALL_LOG_FAILURE",
    "the log could not be written",
    "Choose a folder for the log that exists and that administrators may write to.",
  ),
  of(
    1623,
    "INSTALL_LANGUAGE_UNSUPPORTED",
    "Windows does not support the package's language",
    "Use the media in a language of this Windows.",
  ),
  of(
    1624,
    "INSTALL_TRANSFORM_FAILURE",
    "a transform could not be applied",
    `A .mst file the product was installed with is missing. ${mediaCure}`,
    "A .mst file the product was installed with is missing: put it back.",
  ),
  of(
    1625,
    "INSTALL_PACKAGE_REJECTED",
    "a policy forbids it",
    "Run it elevated. Have the policies looked at: Group Policy Turn off Windows Installer, software restriction, AppLocker.",
  ),
  of(1626, "FUNCTION_NOT_CALLED", "a function could not be run", firstFailure),
  of(1627, "FUNCTION_FAILED", "a function failed while it ran", firstFailure),
  of(1628, "INVALID_TABLE", "a table of the package is not valid", packageFault, packageFaultElsewhere),
  of(1629, "DATATYPE_MISMATCH", "data of the package is of the wrong type", packageFault, packageFaultElsewhere),
  of(1630, "UNSUPPORTED_TYPE", "data of this type is not supported", packageFault, packageFaultElsewhere),
  of(1631, "CREATE_FAILED", "the Windows Installer service did not start", registerServiceCure),
  of(
    1632,
    "INSTALL_TEMP_UNWRITABLE",
    "the folder for temporary files is full or cannot be reached",
    "Make room on its disk, and check that the folder of TEMP exists and may be written to.",
  ),
  of(
    1633,
    "INSTALL_PLATFORM_UNSUPPORTED",
    "the package is made for another kind of processor",
    "Use the 64-bit media of the very same build.",
    "Use the package for this kind of processor.",
  ),
  of(1634, "INSTALL_NOTUSED", "a component is not used on this computer", packageFault, packageFaultElsewhere),
  of(
    1635,
    "PATCH_PACKAGE_OPEN_FAILED",
    "a hotfix could not be opened",
    "Check the cached .msp files in the Installer folder; get the hotfix again.",
  ),
  of(1636, "PATCH_PACKAGE_INVALID", "a hotfix is no valid package", "Get the hotfix again."),
  of(1637, "PATCH_PACKAGE_UNSUPPORTED", "the hotfix needs a newer Windows Installer", newer),
  of(
    1638,
    "PRODUCT_VERSION",
    "another version of the product is installed",
    "Use the media of the build that is installed.",
  ),
  of(
    1639,
    "INVALID_COMMAND_LINE",
    "the command line is not valid",
    "Start the installer from the step Change mode, which builds the command line.",
    "Check the command line it was started with.",
  ),
  of(
    1640,
    "INSTALL_REMOTE_DISALLOWED",
    "policy forbids installing in a remote session",
    "Sign in at the console, or have the policy changed.",
  ),
  of(
    1641,
    "SUCCESS_REBOOT_INITIATED",
    "it succeeded and began a restart",
    "Wait for the restart, then look at the server again.",
  ),
  of(
    1642,
    "PATCH_TARGET_NOT_FOUND",
    "a hotfix does not fit what is installed",
    "Check the build on the step Server, and install the hotfixes in their order.",
    "Check the version that is installed, and install the hotfixes in their order.",
  ),
  of(
    1643,
    "PATCH_PACKAGE_REJECTED",
    "a policy forbids the hotfix",
    "Have the Windows Installer policies for patches looked at.",
  ),
  of(
    1644,
    "INSTALL_TRANSFORM_REJECTED",
    "a policy forbids the customisation",
    "Have the Windows Installer policies looked at.",
  ),
  of(
    1645,
    "INSTALL_REMOTE_PROHIBITED",
    "Windows Installer does not permit it from a remote session",
    "Sign in at the console of the server, or with a session for administration, and run it again.",
  ),
  of(1646, "PATCH_REMOVAL_UNSUPPORTED", "the hotfix cannot be removed", "Leave the hotfix in place."),
  of(1647, "UNKNOWN_PATCH", "the hotfix is not applied to this product", patchFault),
  of(1648, "PATCH_NO_SEQUENCE", "the hotfixes have no valid order", patchFault),
  of(
    1649,
    "PATCH_REMOVAL_DISALLOWED",
    "a policy forbids to remove the hotfix",
    "Have the Windows Installer policies for patches looked at.",
  ),
  of(1650, "INVALID_PATCH_XML", "what the hotfix says of itself is not valid", patchFault),
  of(
    1651,
    "PATCH_MANAGED_ADVERTISED_PRODUCT",
    "a hotfix cannot be applied to a product that is only advertised",
    "Install the product, then the hotfix.",
  ),
  of(
    1652,
    "INSTALL_SERVICE_SAFEBOOT",
    "Windows Installer does not run in safe mode",
    "Start Windows as usual, then run it again.",
  ),
  of(
    1653,
    "ROLLBACK_DISABLED",
    "rollback is switched off, and several packages at once need it",
    "Have the policy DisableRollback switched off, then run it again.",
  ),
  of(
    1654,
    "INSTALL_REJECTED",
    "Windows does not permit the package on this kind of computer",
    "Use the 64-bit media of the very same build.",
    "Use the package for this kind of computer.",
  ),
  of(
    3010,
    "SUCCESS_REBOOT_REQUIRED",
    "it succeeded and asks for a restart",
    "Restart the server, then look at it again.",
  ),
];

const byCode = new Map(installerExits.map((exit) => [exit.code, exit]));

/** What an exit code means; one that is not listed is said to be unknown. */
export function installerExit(code: number): InstallerExit {
  const unknown = "it failed with a code that is not known here";
  return byCode.get(code) ?? { code, name: null, cause: unknown, cure: firstFailure };
}

/**
 * What the return value of the outermost action means as an exit code.
 * Source: https://learn.microsoft.com/en-us/windows/win32/msi/logging-of-action-return-values
 */
const returned: ReadonlyMap<number, number> = new Map([
  [0, 1626],
  [1, 0],
  [2, 1602],
  [3, 1603],
  [4, 1604],
  [5, 0],
  [8, 1618],
]);

/** The exit code of a run whose outermost action returned this. */
export function exitOfReturnValue(value: number): number {
  return returned.get(value) ?? 1603;
}
