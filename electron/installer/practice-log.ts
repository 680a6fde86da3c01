import { isOffice365, type MailServer } from "../contract/mail-server.ts";
import type { WizardPage } from "../contract/wizard.ts";
import { practiceDialog } from "./page-follower.ts";
import type { WizardCase } from "./pages.ts";

/**
 * How a rehearsed run goes: `wrongSecret` is refused on the mailbox page until the person cancels, `missingMedia` does
 * not find its source, `customActionFails` ends with 1603, `cancelled` with 1602. A run in which nobody presses a button
 * goes through its pages by itself.
 */
export const practiceRuns = ["success", "wrongSecret", "missingMedia", "customActionFails", "cancelled"] as const;
export type PracticeRun = (typeof practiceRuns)[number];

/** The buttons of a practice page. Next is called Install on the last one. */
export type PracticeButton = "next" | "cancel";

export interface PracticeLogOptions {
  readonly run: PracticeRun;
  /** What is chosen and typed, as it stands when it is asked for. */
  readonly wanted: () => WizardCase;
  /** Whether a new database is created, which nobody should. */
  readonly newDatabase?: () => boolean;
  /** The wizard's pages for what is wanted; those that always appear are gone through. */
  readonly pages: () => readonly WizardPage[];
  /** Why the mailbox page cannot be left, as Microsoft Entra says it; null when it can. */
  readonly refusal?: () => Promise<string | null>;
  readonly productCode: string;
  readonly version: string;
  /** The password that stands in the log in clear, made up; null leaves it hidden as the installer should. */
  readonly passwordInClear: string | null;
  readonly now: () => Date;
  /** Takes the time a page or an action takes. Rejecting ends the run where it is. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Waits for a button of a page; without it the pages are gone through, each in its time. */
  readonly button?: (page: WizardPage) => Promise<PracticeButton>;
  /** Told once the run has begun to change the server, and has changed it. */
  readonly changed?: () => Promise<void>;
}

const productName = "Microsoft Identity Manager Service and Portal";
/** Milliseconds: a person on a page, an action. */
const onPage = 450;
const inAction = 150;
const cancelledCode = 1602;
const failedCode = 1603;
/** A log is full of what nobody reads; so is this one, in small. */
const filesCopied = 24;

/** The bytes with which a log of Windows Installer begins. */
export const logMark: Uint8Array = Uint8Array.of(0xff, 0xfe);

/** The bytes of a log's line, as Windows Installer writes it. */
export function logLineBytes(line: string): Uint8Array {
  return Buffer.from(`${line}\r\n`, "utf16le");
}

/**
 * A verbose log of Change mode, line by line, as a real run would write it: made up from what Windows Installer writes
 * for any package. What MIM's own package writes beyond that, its dialogs' names above all, is not known, so the
 * practice installer's dialogs say that they are practice.
 * @returns msiexec's exit code of such a run
 */
export async function* practiceLog(options: PracticeLogOptions): AsyncGenerator<string, number, void> {
  const writer = createWriter(options);
  const { run, wanted, pages, productCode, version, passwordInClear, pause } = options;
  const { engine, action, started, ended } = writer;

  yield writer.logging("Verbose logging started");
  yield engine("c", "Resetting cached policy values");
  yield engine("c", "******* RunEngine:");
  yield `           ******* Product: ${productCode}`;
  yield "           ******* Action: ";
  yield "           ******* CommandLine: **********";
  yield engine("c", "Client-side and UI is full: the pages are shown");
  yield engine(
    "c",
    "PROPERTY CHANGE: Adding MsiHiddenProperties property. Its value is 'SERVICE_ACCOUNT_EMAIL_PASSWORD'.",
  );
  yield engine("c", "PROPERTY CHANGE: Adding EXISTINGDATABASE property. Its value is '1'.");
  yield engine("c", "Doing action: INSTALL");
  yield action("INSTALL", "");
  yield writer.logging("Logging started");
  yield started("INSTALL");

  for (let at = 0; at < pages().length; at += 1) {
    const page = pages()[at];
    if (page?.appears !== "always") continue;
    const name = practiceDialog(page);
    yield engine("c", `Doing action: ${name}`);
    yield started(name);
    yield action(name, "Dialog created");
    for (let attempt = 1; ; attempt += 1) {
      const button = await pressed(page, attempt, options);
      if (button === "cancel") {
        yield* cancelled(name, writer);
        return cancelledCode;
      }
      const refused = page.id === "mailbox" ? await refusalOf(options) : null;
      if (refused === null) break;
      yield engine("c", `Failed to access Office 365 mailbox. ${refused}`);
      yield action("ErrorDlg", "Dialog created");
      yield action(name, "Dialog created");
    }
    if (page.id === "database" && options.newDatabase?.() === true) {
      yield engine(
        "c",
        "PROPERTY CHANGE: Modifying EXISTINGDATABASE property. Its current value is '1'. Its new value: '0'.",
      );
    }
    if (page.id === "mailServer") yield* choicesMade(wanted(), engine);
    if (page.id === "serviceAccount") yield* accountTyped(wanted(), passwordInClear, engine);
    yield ended(name, 1);
  }

  yield engine("c", "Doing action: ExecuteAction");
  yield started("ExecuteAction");
  yield engine(
    "c",
    `Switching to server: EXISTINGDATABASE="${existingDatabase(options)}" MAIL_SERVER="${practiceMailHost(wanted())}"`,
  );
  yield engine("s", "Running installation inside multi-package transaction");
  yield engine("s", "Doing action: INSTALL");
  yield started("INSTALL");
  for (const name of ["CostInitialize", "FileCost", "CostFinalize", "InstallValidate", "InstallInitialize"]) {
    yield* plainAction(name, writer, pause);
  }
  yield engine("s", "Doing action: InstallFiles");
  yield started("InstallFiles");
  if (run === "missingMedia") {
    yield engine("s", "SOURCEMGMT: Attempting to use LastUsedSource from source list.");
    yield engine("s", "Note: 1: 1706 2: -2147483647 3: Service and Portal.msi");
    const told = `Error 1706. An installation package for the product ${productName} cannot be found.`;
    yield engine("s", `Product: ${productName} -- ${told}`);
    yield "";
    yield told;
    yield* failed("InstallFiles", options, writer);
    return failedCode;
  }
  for (let file = 1; file <= filesCopied; file += 1) {
    const name = `Microsoft.ResourceManagement.Part${String(file).padStart(2, "0")}.dll`;
    yield `InstallFiles: File: ${name},  Directory: C:\\Program Files\\Microsoft Forefront Identity Manager\\2010\\Service\\,  Size: ${file * 4096}`;
    if (file % 6 === 0) await pause(inAction);
  }
  yield ended("InstallFiles", 1);
  yield engine("s", "Doing action: InstallFinalize");
  yield started("InstallFinalize");
  for (const name of ["StopServices", "WriteRegistryValues", "ConfigureMailConnection", "StartServices"]) {
    yield engine("s", `Executing op: ActionStart(Name=${name},,)`);
    yield action(name, "");
    await pause(inAction);
    if (name === "WriteRegistryValues") {
      yield engine("s", "Executing op: RegAddValue(Name=PollExchangeEnabled,Value=#1,)");
    }
    if (name === "ConfigureMailConnection") {
      yield engine(
        "s",
        `Executing op: CustomActionSchedule(Action=${name},ActionType=1025,Source=BinaryData,Target=**********,)`,
      );
      if (run === "customActionFails") {
        yield `CustomAction ${name} returned actual error code 1603 (note this may not be 100% accurate if translation happened inside sandbox)`;
        yield engine("s", `Note: 1: 1722 2: ${name} 3: C:\\Windows\\Installer\\MSI1F3C.tmp 4: `);
        const told =
          "Error 1722. There is a problem with this Windows Installer package. A program run as part of the setup did not finish as expected.";
        yield engine("s", `Product: ${productName} -- ${told}`);
        yield "";
        yield told;
        yield* failed("InstallFinalize", options, writer);
        return failedCode;
      }
    }
  }
  yield ended("InstallFinalize", 1);
  await options.changed?.();
  yield ended("INSTALL", 1);
  yield* properties(options, "S");
  yield engine("s", `Product: ${productName} -- Configuration completed successfully.`);
  yield engine("s", writer.summary(productName, version, 0));
  yield engine("s", "MainEngineThread is returning 0");
  yield ended("ExecuteAction", 1);
  yield engine("c", "Doing action: ExitDialog");
  yield action("ExitDialog", "Dialog created");
  await pause(onPage);
  yield ended("INSTALL", 1);
  yield* properties(options, "C");
  yield writer.logging("Logging stopped");
  yield engine("c", "MainEngineThread is returning 0");
  yield writer.logging("Verbose logging stopped");
  return 0;
}

const existingDatabase = ({ newDatabase }: PracticeLogOptions): string => (newDatabase?.() === true ? "0" : "1");

/** What keeps the run on the mailbox page; null when nothing does. */
async function refusalOf({ run, refusal }: PracticeLogOptions): Promise<string | null> {
  return run === "wrongSecret" ? "AADSTS7000215: Invalid client secret provided." : ((await refusal?.()) ?? null);
}

/** After so many refusals a run without a person gives up. */
const attempts = 2;

/** The button that takes the run on from a page. */
async function pressed(page: WizardPage, attempt: number, options: PracticeLogOptions): Promise<PracticeButton> {
  const { run, pause, button } = options;
  if (run === "cancelled" && page.id === "sharePoint") {
    await pause(onPage);
    return "cancel";
  }
  if (button !== undefined) return button(page);
  await pause(onPage);
  return page.id === "mailbox" && attempt > attempts ? "cancel" : "next";
}

async function* plainAction(
  name: string,
  writer: Writer,
  pause: PracticeLogOptions["pause"],
): AsyncGenerator<string, void, void> {
  yield writer.engine("s", `Doing action: ${name}`);
  yield writer.action(name, "");
  yield writer.started(name);
  await pause(inAction);
  yield writer.ended(name, 1);
}

type Engine = (side: "c" | "s", text: string) => string;

interface Writer {
  readonly engine: Engine;
  readonly action: (name: string, text: string) => string;
  readonly started: (name: string) => string;
  readonly ended: (name: string, returnValue: number) => string;
  readonly logging: (what: string) => string;
  readonly summary: (name: string, version: string, status: number) => string;
}

function createWriter({ now }: PracticeLogOptions): Writer {
  const two = (part: number): string => String(part).padStart(2, "0");
  const time = (at = now()): string => `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  const threads = { c: "A4:10", s: "88:1C" };
  return {
    engine: (side, text) => {
      const at = now();
      const milliseconds = String(at.getMilliseconds()).padStart(3, "0");
      return `MSI (${side}) (${threads[side]}) [${time(at)}:${milliseconds}]: ${text}`;
    },
    action: (name, text) => `Action ${time()}: ${name}. ${text}`,
    started: (name) => `Action start ${time()}: ${name}.`,
    ended: (name, returnValue) => `Action ended ${time()}: ${name}. Return value ${returnValue}.`,
    logging: (what) => {
      const at = now();
      const day = `${at.getMonth() + 1}/${at.getDate()}/${at.getFullYear()}`;
      const build =
        what === "Verbose logging started"
          ? "  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\\Windows\\System32\\msiexec.exe"
          : "";
      return `=== ${what}: ${day}  ${time(at)}${build} ===`;
    },
    summary: (name, version, status) =>
      `Windows Installer reconfigured the product. Product Name: ${name}. Product Version: ${version}. Product Language: 1033. Manufacturer: Microsoft Corporation. Reconfiguration success or error status: ${status}.`,
  };
}

/** What the mail server's page sets, so far as the names of its properties are known. */
function* choicesMade(wanted: WizardCase, engine: Engine): Generator<string> {
  for (const [name, value] of Object.entries(mailProperties(wanted))) {
    yield engine("c", `PROPERTY CHANGE: Adding ${name} property. Its value is '${value}'.`);
  }
}

function* accountTyped(wanted: WizardCase, password: string | null, engine: Engine): Generator<string> {
  const set = (name: string, value: string): string =>
    engine("c", `PROPERTY CHANGE: Adding ${name} property. Its value is '${value}'.`);
  yield set("SERVICE_ACCOUNT_NAME", wanted.accountName ?? "svcMIMService");
  yield set("SERVICE_ACCOUNT_DOMAIN", wanted.accountDomain ?? "CONTOSO");
  if (wanted.serviceEmail !== null) yield set("SERVICE_ACCOUNT_EMAIL", wanted.serviceEmail);
  if (!wanted.usesManagedAccount) yield set("SERVICE_ACCOUNT_PASSWORD", password ?? "**********");
}

const hosts: Readonly<Record<MailServer, string>> = {
  exchange: "https://mail.contoso.com/EWS/Exchange.asmx",
  office365: "outlook.office365.com",
  office365China: "partner.outlook.cn",
  office365Government: "outlook.office365.us",
  smtp: "smtp.contoso.com",
  none: "",
};

/** The host a practice server sends its mail to: the one that was typed, where one is. */
export function practiceMailHost({ mailServer, mailHost }: Pick<WizardCase, "mailServer" | "mailHost">): string {
  return (isOffice365(mailServer) || mailServer === "none" ? null : mailHost) ?? hosts[mailServer];
}

function mailProperties(wanted: WizardCase): Readonly<Record<string, string>> {
  const online = isOffice365(wanted.mailServer);
  return {
    MAIL_SERVER: practiceMailHost(wanted),
    MAIL_SERVER_USE_SSL: online ? "1" : "0",
    MAIL_SERVER_IS_EXCHANGE: wanted.mailServer === "exchange" ? "1" : "0",
    MAIL_SERVER_IS_EXCHANGE_ONLINE: online ? "1" : "0",
    USE_MANAGED_ACCOUNT_FOR_SERVICE: wanted.usesManagedAccount ? "1" : "0",
  };
}

function* properties(options: PracticeLogOptions, side: "C" | "S"): Generator<string> {
  const { productCode, version, passwordInClear } = options;
  const wanted = options.wanted();
  const listed = {
    ProductCode: productCode,
    ProductName: productName,
    ProductVersion: version,
    EXISTINGDATABASE: existingDatabase(options),
    ...mailProperties(wanted),
    SERVICE_ACCOUNT_NAME: wanted.accountName ?? "svcMIMService",
    SERVICE_ACCOUNT_PASSWORD: wanted.usesManagedAccount ? "" : (passwordInClear ?? "**********"),
    MsiHiddenProperties: "SERVICE_ACCOUNT_EMAIL_PASSWORD",
    UILevel: "5",
  };
  for (const [name, value] of Object.entries(listed)) yield `Property(${side}): ${name} = ${value}`;
}

/** The person cancelled on a page: nothing was changed. */
function* cancelled(page: string, { engine, action, ended, logging }: Writer): Generator<string> {
  yield action("CancelDlg", "Dialog created");
  yield ended(page, 2);
  yield engine("c", "Doing action: UserExit");
  yield action("UserExit", "Dialog created");
  yield ended("INSTALL", 2);
  yield logging("Logging stopped");
  yield engine("c", `MainEngineThread is returning ${cancelledCode}`);
  yield logging("Verbose logging stopped");
}

/** An action failed: what was done is rolled back. */
function* failed(name: string, options: PracticeLogOptions, writer: Writer): Generator<string> {
  const { engine, action, ended, logging, summary } = writer;
  yield ended(name, 3);
  yield action("Rollback", "Rolling back action:");
  yield engine("s", "Executing op: End(Checksum=0,ProgressTotalHDWord=0,ProgressTotalLDWord=0)");
  yield ended("INSTALL", 3);
  yield* properties(options, "S");
  yield engine("s", `Product: ${productName} -- Configuration failed.`);
  yield engine("s", summary(productName, options.version, failedCode));
  yield engine("s", `MainEngineThread is returning ${failedCode}`);
  yield ended("ExecuteAction", 3);
  yield action("FatalError", "Dialog created");
  yield ended("INSTALL", 3);
  yield* properties(options, "C");
  yield logging("Logging stopped");
  yield engine("c", `MainEngineThread is returning ${failedCode}`);
  yield logging("Verbose logging stopped");
}
