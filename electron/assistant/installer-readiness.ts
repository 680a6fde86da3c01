import type { ChangeMode, Readiness } from "../contract/change-mode.ts";
import { cachedPackage, changeCommand, fileAt, installSource, mimProduct } from "../facts/product.ts";
import { serviceConfig } from "../facts/service.ts";
import { isUnknown } from "../recording/fact.ts";
import type { Recording } from "../recording/recording.ts";
import { type Seen, seenIn } from "../recording/seen.ts";
import type { Server } from "../server/server.ts";
import { changeable } from "./changeable.ts";

/** Why a server's installer cannot be started from here; null when it can. */
export function installerRefusal(server: Server, recording: Recording): ChangeMode["refusal"] {
  if (!server.local) {
    return {
      message: "a recording or another computer has no installer that could be started here",
      cure: "Start the program on the server itself, or rehearse on the practice server.",
    };
  }
  if (changeable(server) === null) {
    return {
      message: "this computer is no Windows server",
      cure: "Start the program on the MIM Service server, or rehearse on the practice server.",
    };
  }
  const product = mimProduct(seenIn(recording));
  if (product.state === "present" && product.value.productCode !== null) return null;
  return isUnknown(product)
    ? { message: "whether the product is installed could not be read", cure: "See the step Server for why." }
    : { message: "the MIM Service and Portal was not found on this server", cure: "See the step Server." };
}

/** What is looked at before the installer is started. */
export function readinessOf(server: Server, recording: Recording): readonly Readiness[] {
  const seen = seenIn(recording);
  return [command(seen), media(seen), otherInstallation(server), configCopy(seen), elevation(server)];
}

/** Where a started run's log goes, as a person reads it: a folder of its own, named when it is made. */
const startedLog = "C:\\ProgramData\\MIM Mail Assistant\\logs\\<time of the start>\\change-mode.log";

function row(id: Readiness["id"], status: Readiness["status"], text: string, cure: string | null = null): Readiness {
  return { id, status, text, cure };
}

function command(seen: Seen): Readiness {
  const product = mimProduct(seen);
  if (product.state === "present" && product.value.productCode !== null) {
    return row("command", "done", changeCommand(product.value.productCode, startedLog));
  }
  if (isUnknown(product)) {
    const cure = "See the step Server for why it could not be read.";
    return row("command", "unknown", "Whether the product is installed is not known", cure);
  }
  const what = "There is no product code to start the installer with";
  return row("command", "action", what, "Repair the installation with the MIM media.");
}

function media(seen: Seen): Readiness {
  const product = mimProduct(seen);
  const cure = "See the step Server for where they belong.";
  if (product.state !== "present") return row("media", "unknown", "Where the media are is not known", cure);
  const cached = fileAt(seen, cachedPackage(seen, product.value));
  const source = fileAt(seen, installSource(seen, product.value));
  if (cached.state === "absent") return row("media", "action", "The cached package is missing", cure);
  if (isUnknown(cached)) return row("media", "unknown", "Whether the cached package is there is not known", cure);
  if (source.state === "present") return row("media", "done", "The cached package and the media are there");
  const what = "The cached package is there, the folder it came from is not";
  const have = "Have the media of the very same build at hand: the installer may ask for them.";
  return row("media", "attention", what, have);
}

function otherInstallation({ local }: Server): Readiness {
  return local
    ? row("otherInstallation", "pending", "Whether another installation runs is looked at right before the start")
    : notAsked("otherInstallation");
}

function configCopy(seen: Seen): Readiness {
  const config = serviceConfig(seen);
  const cure = "See the step Server; start without the copy when you have one of your own.";
  if (config.state === "present") {
    return row("configCopy", "done", "The service's configuration file is there to be copied first");
  }
  return isUnknown(config)
    ? row("configCopy", "unknown", "Whether the service's configuration file is there is not known", cure)
    : row("configCopy", "attention", "There is no configuration file of the service to copy", cure);
}

function elevation({ askElevated, elevated }: Server): Readiness {
  if (askElevated === undefined) return notAsked("elevation");
  if (elevated === true) return row("elevation", "done", "The program runs elevated");
  const cure = "Windows will ask whether to allow it. Answer yes.";
  return row("elevation", "attention", "The program does not run elevated", cure);
}

const notAsked = (id: Readiness["id"]): Readiness => row(id, "notApplicable", "Not asked here");
