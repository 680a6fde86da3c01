import { checkCloud, cloudQuestion } from "../assistant/cloud.ts";
import { windowsRow } from "../assistant/cloud-answer.ts";
import { saveCloudCheck } from "../assistant/saved-check.ts";
import { inWords, networkFailure } from "../checklist/network-failures.ts";
import { writtenAdvice } from "../checklist/written-advice.ts";
import { offsetInWords } from "../cloud/clock.ts";
import type { CloudResult } from "../cloud/cloud-check.ts";
import { clouds } from "../cloud/clouds.ts";
import { nodeHttp } from "../cloud/node-http.ts";
import { clientSecretFrom } from "../cloud/secret.ts";
import type { Finding, FindingId } from "../contract/checklist.ts";
import type { CloudRow } from "../contract/cloud.ts";
import { countingStatus, findingIn } from "../contract/findings.ts";
import { type Status, worstStatus } from "../contract/status.ts";
import { jsonText } from "../report/json-text.ts";
import { shownText } from "../report/shown-text.ts";
import { exitCodeOf } from "./check.ts";
import { wrapped } from "./columns.ts";
import type { Define } from "./define.ts";
import type { Io } from "./io.ts";
import { judgeNamed, targetOption, todayOption } from "./judged-server.ts";
import { paintFor } from "./paint.ts";
import { openNamed } from "./planned-server.ts";
import { stopped } from "./secret-input.ts";
import { serverOption } from "./server-option.ts";
import { statusRow } from "./status-row.ts";

interface CloudCheckOptions {
  readonly target?: string;
  readonly server?: string;
  readonly today?: string;
  readonly dod?: true;
  readonly json?: true;
}

/** The findings a check of the cloud decides, in the order they are printed. */
const decided: readonly FindingId[] = [
  "azure.signIn",
  "azure.role",
  "azure.ews",
  "exchange.allowList",
  "exchange.mailbox",
  "exchange.ewsEnd",
];

/** `cloud-check`: signs the application in and asks the service's mailbox; ends with 0 when both worked. */
export const defineCloudCheck: Define = (command, context, end) => {
  command
    .addOption(targetOption())
    .addOption(serverOption())
    .addOption(todayOption())
    .option("--dod", "the tenant is in the DoD cloud; without it, Office 365 Government means GCC High")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
The client secret is asked for without showing it, or read from standard input; it is used for this check alone and
kept nowhere. The IDs and the mailbox are the target's, else the server's. Two requests are sent: one for a token, one
for the id of the mailbox's Inbox. HTTPS_PROXY, ALL_PROXY and NO_PROXY are followed; where they say nothing, the proxy
of Windows' settings. How it ended is kept, without the secret and the token, and later
checks of the live and the practice server show it.

It proves the application and the mailbox. On the live server Windows' own way (SCHANNEL, .NET Framework) is tried as
well, without the secret; the service's own, on CLR 2.0, is not proved by either.

Exit codes: 0 the mailbox answered; 1 it did not, or something is left to do; 2 wrong usage, or a secret that is none;
5 stopped.

Examples:
  mim-mail cloud-check --target target.json
  mim-mail cloud-check --json < secret.txt`,
    )
    .action(async (options: CloudCheckOptions) => {
      const { io, home } = context;
      const judged = await judgeNamed(await openNamed(options, context), options, context);
      const { name, recording, target } = judged;
      const { today } = judged.checklist;
      const question = cloudQuestion({ target, recording, today, dod: options.dod === true });
      // A proxy that cannot be used is told before the secret is asked for.
      const http = nodeHttp({
        environment: io.environment,
        ...(io.platform === "win32"
          ? { systemProxy: async () => (await import("../server/live/cloud-proxy.ts")).readWindowsProxy() }
          : {}),
      });
      await http.route(clouds[question.cloud].authority);

      const secret = clientSecretFrom(await io.readSecret(`Client secret of ${question.applicationId} (not shown): `));
      const {
        result,
        windows: way,
        checklist,
      } = await io.stoppable((signal) =>
        checkCloud(judged, question, secret, {
          http,
          now: io.now,
          signal,
          keep: (check) => saveCloudCheck(home, check),
          untried: "Tried on a live server only",
        }).catch((error: unknown) => {
          throw signal.aborted ? stopped() : error;
        }),
      );
      const windows = windowsRow(way);
      const findings = decided.flatMap((id) => findingIn(checklist, id) ?? []);
      const verdict = worstStatus([
        ...findings.map(countingStatus),
        // What could not be tried leaves the answer of the mailbox as it is.
        ...(windows.status === "action" ? [windows.status] : []),
      ]);
      io.stdout(
        options.json ? json({ name, today, verdict, findings, windows }, result) : text(findings, windows, result, io),
      );
      end(exitCodeOf(verdict));
    });
};

interface Answer {
  readonly name: string;
  readonly today: string;
  readonly verdict: Status;
  readonly findings: readonly Finding[];
  readonly windows: CloudRow;
}

function json({ name, today, verdict, findings, windows }: Answer, result: CloudResult): string {
  const { question, check, routes, signIn, ews, clock } = result;
  const { cloud, applicationId, tenantId, mailbox } = question;
  const printed = {
    server: name,
    today,
    verdict,
    cloud: clouds[cloud].title,
    applicationId,
    tenantId,
    mailbox,
    routes,
    signIn,
    ews,
    clock,
    windows,
    check,
    findings,
    proves: provesWhat,
  };
  return jsonText(printed);
}

/** What a good result does not say. */
const provesWhat =
  "This proves the application, its permission and the mailbox, from this program. The service on the server takes its own way (Windows' SCHANNEL, .NET Framework 2.x): see TLS and strong cryptography, and Verify.";

function text(findings: readonly Finding[], windows: CloudRow, result: CloudResult, io: Io): string {
  const { question, routes, clock } = result;
  const paint = paintFor(io.colours);
  const titleWidth = Math.max(...findings.map(({ title }) => title.length), windowsTitle.length) + 2;
  const row = (status: Status, title: string, actual: string, advice: readonly string[]): string[] =>
    statusRow(io, status, title.padEnd(titleWidth), actual, advice);
  const lines = [
    paint.bold(`Cloud check: ${clouds[question.cloud].title}`),
    `Application ${question.applicationId}, tenant ${question.tenantId}, mailbox ${shownText(question.mailbox ?? "not entered")}`,
    ...routes.map(({ host, route }) => `${host}: ${route}`),
    "",
    ...findings.flatMap((finding) =>
      row(finding.status, finding.title, `${finding.actual}${more(finding.id, result)}`, writtenAdvice(finding)),
    ),
    ...(clock?.isWrong ? clockRow(clock, row) : []),
    ...(windows.status === "notApplicable"
      ? []
      : row(windows.status, windowsTitle, [windows.text, ...windows.details.map(inLine)].join(" "), windows.cure)),
    "",
    ...wrapped(provesWhat, io.columns),
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

const windowsTitle = "Windows' own way";

function inLine({ label, value }: CloudRow["details"][number]): string {
  return `${label}: ${value}.`;
}

function clockRow(
  clock: NonNullable<CloudResult["clock"]>,
  row: (status: Status, title: string, actual: string, advice: readonly string[]) => string[],
): string[] {
  const failure = networkFailure("network.clock");
  if (failure === null) return [];
  return row("attention", "Clock", inWords({ ...failure, detail: offsetInWords(clock) }), [failure.cure]);
}

/** What the checklist does not hold: until when the token is valid, and the ids to ask Microsoft with. */
function more(id: FindingId, { signIn, ews }: CloudResult): string {
  if (id === "azure.signIn" && signIn.ok)
    return signIn.expiresAt === null ? "" : `, valid until ${minuteOf(signIn.expiresAt)}`;
  if (id === "azure.signIn" && !signIn.ok && signIn.traceId !== null) return ` (trace ID ${signIn.traceId})`;
  if (id === "azure.ews" && ews !== null && !ews.ok && ews.requestId !== null) return ` (request ID ${ews.requestId})`;
  return "";
}

function minuteOf(moment: string): string {
  return `${moment.slice(0, 10)} ${moment.slice(11, 16)} UTC`;
}
