import { judgedWith } from "../assistant/judged.ts";
import { checkRelay } from "../assistant/relay.ts";
import { relayMeaning } from "../checklist/relay-states.ts";
import { relayQuestion } from "../cloud/relay-question.ts";
import type { Finding, FindingId } from "../contract/checklist.ts";
import { countingStatus, findingIn } from "../contract/findings.ts";
import type { RelayCheck } from "../contract/history.ts";
import { worstStatus } from "../contract/status.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { jsonText } from "../report/json-text.ts";
import { shownText } from "../report/shown-text.ts";
import { exitCodeOf } from "./check.ts";
import { hanging, wrapped } from "./columns.ts";
import type { Define } from "./define.ts";
import type { Io } from "./io.ts";
import { judgeNamed, targetOption, todayOption } from "./judged-server.ts";
import { paintFor } from "./paint.ts";
import { openNamed } from "./planned-server.ts";
import { stopped } from "./secret-input.ts";
import { serverOption } from "./server-option.ts";
import { statusRow } from "./status-row.ts";

interface RelayCheckOptions {
  readonly target?: string;
  readonly server?: string;
  readonly today?: string;
  readonly port?: string;
  readonly sendTestMail?: string;
  readonly json?: true;
}

const decided: readonly FindingId[] = ["smtp.relay", "smtp.sender"];

/** `relay-check`: asks the relay up to RCPT TO; ends with 0 when it takes MIM's mail. */
export const defineRelayCheck: Define = (command, context, end) => {
  command
    .addOption(targetOption())
    .addOption(serverOption())
    .addOption(todayOption())
    .option("--port <port>", "the relay's port; 25 is MIM's likely one", "25")
    .option("--send-test-mail <address>", "send one test mail to that address as well; without this nothing is sent")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
The relay is the target's mailHost, the sender its serviceEmail, else the server's own address. What is said: EHLO,
STARTTLS where mailUseSsl is wanted, MAIL FROM, RCPT TO for an inside and an outside recipient, RSET, QUIT. Nothing is
sent: the recipients are the sender itself and postmaster@example.com, or mailTestRecipient in the place of one of them.
How it ended is kept, and later checks of this server show it. For *.mail.protection.outlook.com the domain's MX and
SPF are looked up as well.

On Windows PowerShell asks as well, by way of .NET Framework and SCHANNEL, up to the TLS handshake. What MIM's service
does on CLR 2.0 is not proved by it: see TLS and strong cryptography. Which port MIM uses, and whether its SSL is STARTTLS, is not documented.

Exit codes: 0 the relay takes the mail; 1 it does not, or something is left to do; 2 wrong usage; 5 stopped.

Examples:
  mim-mail relay-check --target target.json
  mim-mail relay-check --target target.json --port 587 --json
  mim-mail relay-check --send-test-mail admin@contoso.com`,
    )
    .action(async (options: RelayCheckOptions) => {
      const { io, home } = context;
      const judged = await judgeNamed(await openNamed(options, context), options, context);
      const { name, server, recording, target } = judged;
      const question = relayQuestion({
        target,
        recording,
        port: portFrom(options.port ?? "25"),
        ...(options.sendTestMail === undefined ? {} : { sendTo: options.sendTestMail }),
      });
      const check = await io.stoppable((signal) =>
        checkRelay(server, question, { now: io.now, signal, home }).catch((error: unknown) => {
          throw signal.aborted ? stopped() : error;
        }),
      );
      // Asked before SMTP is chosen, too: the way for the time after Exchange Web Services is tried first.
      const wanted = { ...target, mailServer: "smtp", authentication: "integrated" } as const;
      const checklist = judgedWith({ ...judged, target: wanted }, { relay: check });
      const findings = decided.flatMap((id) => findingIn(checklist, id) ?? []);
      const sentBadly = check.sent?.taken === false;
      const verdict = worstStatus([
        ...findings.map(countingStatus),
        ...(sentBadly || (question.sendTo !== null && !check.sent) ? (["action"] as const) : []),
      ]);
      io.stdout(
        options.json
          ? jsonText({ server: name, today: checklist.today, verdict, check, findings })
          : text(check, findings, question.sendTo, io),
      );
      end(exitCodeOf(verdict));
    });
};

function portFrom(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new InputProblem(
    "bad-port",
    `'${shownText(text, 40)}' is no port`,
    "--port",
    "Give a number, such as 25 or 587.",
  );
}

function text(check: RelayCheck, findings: readonly Finding[], sendTo: string | null, io: Io): string {
  const paint = paintFor(io.colours);
  const { cause } = relayMeaning(check);
  const evidence = findings.find(({ id }) => id === "smtp.relay")?.evidence ?? [];
  const labels = Math.max(...evidence.map(({ address }) => address.length), 0) + 2;
  const lines = [
    paint.bold(`Relay check: ${shownText(check.host)}, port ${check.port}: ${cause}`),
    "",
    ...evidence.flatMap(({ address, value }) =>
      hanging(shownText(address).padEnd(labels), labels, wrapped(shownText(value), io.columns - labels)),
    ),
    "",
    ...findings.flatMap(({ status, title, actual, advice }) =>
      statusRow(io, status, "", `${title}: ${actual}`, advice),
    ),
    "",
    sendTo === null
      ? "Nothing was sent."
      : check.sent?.taken
        ? `One test mail to ${shownText(sendTo)} was taken. See that it arrives.`
        : `The test mail to ${shownText(sendTo)} was not taken.`,
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}
