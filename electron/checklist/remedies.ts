import * as z from "zod";
import type { FindingId } from "../contract/checklist.ts";
import { emptyGuid, plainGuid } from "../contract/guid.ts";
import { allowedAuthentications } from "../contract/mail-server.ts";
import type { Remedy } from "../contract/remedy.ts";
import type { Status } from "../contract/status.ts";
import { isConfirmed, type Target } from "../contract/target.ts";
import { wizardOption } from "../contract/wizard-options.ts";
import { registryValues, tlsSides } from "../facts/registry-values.ts";
import { senderWanted } from "../facts/relay.ts";
import { accountKind, isStopped, pollExchangeName, serviceAccount, wantsGroupManaged } from "../facts/service.ts";
import { protocolState } from "../facts/tls.ts";
import { knownValue } from "../recording/fact.ts";
import type { Seen } from "../recording/seen.ts";
import { usesApplication } from "./azure-ids.ts";
import { lacksCommonAlgorithm } from "./no-common-algorithm.ts";
import type { Case } from "./rule.ts";

type MakeRemedy = (given: Case, status: Status) => Remedy;

const manual: MakeRemedy = () => ({ kind: "manual", ready: true });
const elevate: MakeRemedy = () => ({ kind: "elevate", ready: true });
const restart =
  (what: "windows" | "service"): MakeRemedy =>
  () => ({ kind: "restart", ready: true, what });
const confirm =
  (field: Extract<Remedy, { kind: "confirm" }>["field"]): MakeRemedy =>
  () => ({ kind: "confirm", ready: true, field });

/** A word of the person's, unless Exchange Online has refused: then something has to be done there first. */
const unlessRefused =
  (field: "allowListConfirmed" | "mailboxConfirmed"): MakeRemedy =>
  (given, status) =>
    status === "action" ? manual(given, status) : confirm(field)(given, status);

/** The values a profile sets for a finding. Turning an old protocol off waits for the costs to be known. */
const apply =
  (finding: FindingId): MakeRemedy =>
  ({ target }) => {
    const rows = registryValues.filter((row) => row.finding === finding && row.wanted[target.tlsProfile] !== null);
    if (rows.length === 0) return { kind: "manual", ready: true };
    const turnsOff = /^tls\.1\.[01]\./.test(finding);
    const ready = !turnsOff || isConfirmed(target.tlsCostsConfirmed);
    return { kind: "apply", ready, changes: rows.map(({ id }) => id) };
  };

/**
 * A service that wrote it has no TLS in common with its database does not start by being asked to: TLS 1.0 is offered on
 * again, by itself.
 */
const start: MakeRemedy = (given, status) => {
  const { seen } = given;
  const isOff = tlsSides.some((side) => protocolState(seen, "1.0", side).effect !== "on");
  if (!isStopped(seen) || !lacksCommonAlgorithm(seen) || !isOff) return restart("service")(given, status);
  const rows = registryValues.filter(({ finding }) => finding === "tls.1.0.client" || finding === "tls.1.0.server");
  return { kind: "apply", ready: true, changes: rows.map(({ id }) => id) };
};

const isId = (text: string | undefined): boolean => {
  const plain = plainGuid(text ?? "");
  return plain !== null && plain !== emptyGuid;
};
const hasIds = ({ applicationId, tenantId }: Target): boolean =>
  isId(applicationId) && isId(tenantId) && plainGuid(applicationId ?? "") !== plainGuid(tenantId ?? "");
const hasAddress = ({ serviceEmail }: Target): boolean => z.email().safeParse(serviceEmail?.trim()).success;
const wantsAddress = (target: Target, seen: Seen): boolean =>
  wizardOption({ ...target, managed: wantsGroupManaged(seen, target) })?.serviceEmail !== false;

/** What is missing for the pages of the mail server and its authentication. */
function missingMail({ target, seen }: Case): Extract<Remedy, { kind: "enter" }>["fields"] {
  const { mailServer, authentication, mailHost } = target;
  const refused =
    !allowedAuthentications[mailServer].includes(authentication) ||
    (mailServer === "smtp" && wantsGroupManaged(seen, target));
  if (refused) return ["mailServer"];
  return (mailServer === "smtp" || mailServer === "exchange") && !mailHost?.trim() ? ["mailHost"] : [];
}

/** Everything Change mode will ask for and that is not entered yet, or not rightly. */
function missingWishes(given: Case): Extract<Remedy, { kind: "enter" }>["fields"] {
  const { target, seen } = given;
  return [
    ...missingMail(given),
    ...(usesApplication(target) && !isId(target.applicationId) ? (["applicationId"] as const) : []),
    ...(usesApplication(target) && !isId(target.tenantId) ? (["tenantId"] as const) : []),
    ...(wantsAddress(target, seen) && !hasAddress(target) ? (["serviceEmail"] as const) : []),
  ];
}

/** Change mode once all of these is entered; entering it until then. */
const afterEntering =
  (missing: (given: Case) => Extract<Remedy, { kind: "enter" }>["fields"]): MakeRemedy =>
  (given) => {
    const fields = missing(given);
    return fields.length === 0 ? { kind: "changeMode", ready: true } : { kind: "enter", ready: false, fields };
  };

const cloudCheck: MakeRemedy = ({ target }) => ({ kind: "cloudCheck", ready: hasIds(target) && hasAddress(target) });

/** Asking the relay, once its name and the service's address are there. */
const relayCheck: MakeRemedy = ({ target, seen }) => {
  const fields = [
    ...(target.mailHost?.trim() ? [] : (["mailHost"] as const)),
    ...(senderWanted(seen, target) === "" ? (["serviceEmail"] as const) : []),
  ];
  return fields.length === 0 ? { kind: "relayCheck", ready: true } : { kind: "enter", ready: false, fields };
};

const account: MakeRemedy = ({ seen, target }) => {
  const found = knownValue(serviceAccount(seen));
  const unfit = found !== null && ["system", "local"].includes(accountKind(found));
  return unfit && !target.serviceAccount?.trim()
    ? { kind: "enter", ready: false, fields: ["serviceAccount"] }
    : { kind: "changeMode", ready: true };
};

/** What settles a finding, once it is known and not as it should be; for one that is not here a person does what its advice says. */
const remedies: Readonly<Partial<Record<FindingId, MakeRemedy>>> = {
  ...Object.fromEntries(registryValues.map(({ finding }) => [finding, apply(finding)])),
  "server.elevation": elevate,
  "server.service": start,
  "server.pollExchange": () => ({ kind: "apply", ready: true, changes: [`server.pollExchange.${pollExchangeName}`] }),
  "server.restartPending": restart("windows"),
  "server.backup": confirm("backupConfirmed"),
  "exchange.allowList": unlessRefused("allowListConfirmed"),
  "exchange.mailbox": unlessRefused("mailboxConfirmed"),
  "tls.costs": confirm("tlsCostsConfirmed"),
  "tls.restart": restart("windows"),
  "mail.serverType": afterEntering(missingMail),
  "smtp.relay": relayCheck,
  "smtp.sender": relayCheck,
  "mail.authentication": afterEntering(missingMail),
  "azure.applicationId": afterEntering(({ target }) => (isId(target.applicationId) ? [] : ["applicationId"])),
  "azure.tenantId": afterEntering(({ target }) => (isId(target.tenantId) ? [] : ["tenantId"])),
  "azure.secret": (given) => ({ kind: "changeMode", ready: hasIds(given.target) }),
  "azure.secretExpiry": ({ target }) =>
    target.secretExpires === undefined
      ? { kind: "enter", ready: false, fields: ["secretExpires"] }
      : { kind: "manual", ready: true },
  "azure.signIn": cloudCheck,
  "azure.role": cloudCheck,
  "azure.ews": cloudCheck,
  "account.service": account,
  "account.email": afterEntering(({ target, seen }) =>
    wantsAddress(target, seen) && !hasAddress(target) ? ["serviceEmail"] : [],
  ),
  "change.run": afterEntering(missingWishes),
  "verify.service": start,
  "verify.registry": afterEntering(missingWishes),
  "verify.mail": confirm("mailConfirmed"),
};

/** Findings whose cause is outside this server, or in what is entered: rights here make nothing of them readable. */
const neverByRights = new Set<Remedy["kind"]>(["cloudCheck", "relayCheck", "confirm", "enter"]);

/** An account's name is translated for everybody, or for nobody. */
const openToAll = new Set<FindingId>(["account.sid"]);

/**
 * What settles a finding with this status. What could not be read without elevation is looked at again with it; what is
 * done needs nothing more.
 */
export function remedyFor(id: FindingId, status: Status, given: Case): Remedy {
  const remedy = (remedies[id] ?? manual)(given, status);
  if (status === "done" || status === "notApplicable") return { kind: "manual", ready: true };
  if (status !== "unknown" || neverByRights.has(remedy.kind)) return remedy;
  return given.elevated === false && !openToAll.has(id) ? elevate(given, status) : { kind: "manual", ready: true };
}
