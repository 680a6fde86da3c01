import type { Found } from "../contract/state.ts";
import type { Target } from "../contract/target.ts";
import { knownValue } from "../recording/fact.ts";
import type { Recording } from "../recording/recording.ts";
import { seenIn } from "../recording/seen.ts";
import { runningBuild } from "./build.ts";
import { applicationId, foundAuthentication, foundMail, serviceAddress, tenantId } from "./mail.ts";
import { changeCommand, changeLog, mimProduct } from "./product.ts";
import { runsAsGroupManaged, serviceAccount } from "./service.ts";
import { tlsTable } from "./tls-table.ts";

/** The running build of a recording, null when it could not be read. */
export function buildIn(recording: Recording): string | null {
  return knownValue(runningBuild(seenIn(recording)))?.version ?? null;
}

/** What was found on a server, for the screens that ask what is wanted. */
export function foundIn(recording: Recording, target: Pick<Target, "mailServer" | "tlsProfile">): Found {
  const seen = seenIn(recording);
  const mail = knownValue(foundMail(seen, target.mailServer));
  const signsIn = knownValue(foundAuthentication(seen))?.type ?? null;
  const integrated = mail?.type === "smtp" || mail?.type === "exchange";
  const product = knownValue(mimProduct(seen));
  return {
    mailServer: mail?.type ?? null,
    mailHost: mail?.host ?? null,
    authentication: integrated ? "integrated" : signsIn === "incomplete" ? "none" : signsIn,
    applicationId: knownValue(applicationId(seen)),
    tenantId: knownValue(tenantId(seen)),
    serviceAccount: knownValue(serviceAccount(seen)),
    serviceEmail: knownValue(serviceAddress(seen)),
    groupManaged: runsAsGroupManaged(seen),
    changeCommand: product?.productCode ? changeCommand(product.productCode, changeLog) : null,
    tls: tlsTable(seen, target.tlsProfile),
  };
}
