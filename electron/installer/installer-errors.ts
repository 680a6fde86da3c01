import { mediaCure, mediaCureElsewhere, registerServiceCure } from "../facts/installer-exits.ts";

/** What to do about a message of Windows Installer. */
export interface MessageCure {
  readonly code: number;
  readonly cure: string;
  /** What to do with another product than MIM, where that is not the same. */
  readonly cureElsewhere?: string;
  /** True when the engine's mere note of it already tells why a run failed. Other notes are harmless more often than not. */
  readonly tellsAsNote: boolean;
}

type Cure = string | Pick<MessageCure, "cure" | "cureElsewhere">;
const of = (code: number, cure: Cure, tellsAsNote = false): MessageCure => ({
  code,
  ...(typeof cure === "string" ? { cure } : cure),
  tellsAsNote,
});
const asNote = true;
const media = { cure: mediaCure, cureElsewhere: mediaCureElsewhere } as const;
const withMedia = (text: string): Cure => ({
  cure: `${text} ${mediaCure}`,
  cureElsewhere: `${text} ${mediaCureElsewhere}`,
});
const keyRights = "Check the rights of SYSTEM on the key that the message names.";
const fileRights = "Check the rights of SYSTEM on what the message names, and close what holds it open.";
const room = "Make room on the disk that the message names, then run it again.";
const linesBefore = "The lines before it say which action failed, and often why.";
const elevated = "Run it elevated.";
const restartFirst = "Let it end or roll back: restart the server, then run it again.";

/**
 * What to do about the messages that a run may meet; what each says stands in `facts/installer-messages.ts`. One row a
 * number.
 */
export const messageCures: readonly MessageCure[] = [
  of(1303, fileRights),
  of(1304, "Check the free space and the rights of SYSTEM on the folder, then run it again."),
  of(1305, withMedia("Check the file and the media.")),
  of(1306, "Close what uses the file, then run it again."),
  of(1307, room),
  of(1308, media),
  of(1309, withMedia("Check the rights of SYSTEM on the media.")),
  of(1310, fileRights),
  of(1311, media),
  of(1316, media, asNote),
  of(1317, fileRights),
  of(1321, fileRights),
  of(1325, "Check the paths that were typed."),
  of(1335, withMedia("Copy the media again.")),
  of(1401, keyRights),
  of(1402, keyRights),
  of(1403, keyRights),
  of(1404, keyRights),
  of(1405, keyRights),
  of(1406, keyRights),
  of(1500, "Wait for the other installation to end, then run it again.", asNote),
  of(1601, room),
  of(1606, "Check that the location the message names is there, for SYSTEM as well."),
  of(1609, "Check the name of the user or group, and that a domain controller answers."),
  of(1625, "Run it elevated, and have the Windows Installer policies looked at.", asNote),
  of(1704, restartFirst),
  of(1705, restartFirst),
  of(1706, media, asNote),
  of(1714, withMedia("Its own package is missing.")),
  of(1719, registerServiceCure),
  of(1720, `${linesBefore} Where VBScript was removed from Windows, add the feature again.`, asNote),
  of(1721, linesBefore, asNote),
  of(1722, linesBefore, asNote),
  of(1723, linesBefore, asNote),
  of(1730, elevated),
  of(1904, "Check that what the named file needs is there."),
  of(1920, {
    cure: "Check the service account's password and its right to log on as a service, and that the database answers.",
    cureElsewhere: "Check the service's account, its right to log on as a service, and what the service depends on.",
  }),
  of(1921, "Stop it by hand, then run it again."),
  of(1922, "Close the Services console, restart the server, then run it again."),
  of(1923, "Check the service account's name and password, and run it elevated."),
  of(1925, elevated),
  of(1926, "Check the owner and the rights of the file: SYSTEM must be allowed to change them."),
  of(1935, "Update Windows and .NET Framework, restart the server, then run it again."),
  of(1939, "Check the service account's name and password, and run it elevated."),
  of(2203, withMedia("Check the rights on the Installer folder.")),
  of(2502, "Check the rights on the folder for temporary files, and run it elevated."),
  of(2503, "Check the rights on the folder for temporary files, and run it elevated."),
  of(2738, "Add the Windows feature VBScript, then run it again."),
  of(
    2755,
    "Copy the media to a folder on this server that is not encrypted and that SYSTEM may read, not to a mapped drive.",
    asNote,
  ),
];

const byCode = new Map(messageCures.map((cure) => [cure.code, cure]));
const tellingNotes = new Set(messageCures.filter(({ tellsAsNote }) => tellsAsNote).map(({ code }) => code));

/** True for a code whose mere note already tells why a run failed; thousands of others are noted and mean nothing. */
export function tellsAsNote(code: number): boolean {
  return tellingNotes.has(code);
}

/** What to do about a message; null where nothing is known. */
export function messageCure(code: number): MessageCure | null {
  return byCode.get(code) ?? null;
}
