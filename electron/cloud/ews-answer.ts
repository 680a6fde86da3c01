import { XMLParser } from "fast-xml-parser";

/** What Exchange Web Services answered, so far as it is asked. */
export interface EwsReply {
  /** A ResponseCode such as `NoError` or `ErrorNonExistentMailbox`; "" when there is none. */
  readonly responseCode: string;
  readonly text: string;
}

const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  // Entities are left as they stand; a document that declares any is not read at all (below).
  processEntities: false,
  parseTagValue: false,
});

/**
 * The reply in an answer's body; null when it is none: empty, a web page, cut off, or XML that declares a document
 * type, which Exchange Online never does and attacks do.
 * Source: https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/responsecode
 */
export function ewsReply(body: string): EwsReply | null {
  if (!/<\w*:?Envelope[\s>]/.test(body) || /<!(?:DOCTYPE|ENTITY)/i.test(body)) return null;
  let root: unknown;
  try {
    root = parser.parse(body, true);
  } catch {
    return null;
  }
  const soapBody = at(root, "Envelope", "Body");
  const message = at(soapBody, "GetFolderResponse", "ResponseMessages", "GetFolderResponseMessage");
  if (message !== undefined) {
    return { responseCode: codeIn(textAt(message, "ResponseCode")), text: textAt(message, "MessageText") };
  }
  const fault = at(soapBody, "Fault");
  if (fault === undefined) return null;
  const code = textAt(fault, "detail", "ResponseCode") || textAt(fault, "faultcode").replace(/^.*:/, "");
  return { responseCode: codeIn(code), text: textAt(fault, "faultstring") || textAt(fault, "detail", "Message") };
}

/** A name of ResponseCodeType; "" for anything else that stands in its place. */
function codeIn(text: string): string {
  return /^(NoError|Error[A-Za-z0-9]{1,80})$/.test(text) ? text : "";
}

function at(node: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>((inner, name) => {
    const one: unknown = Array.isArray(inner) ? inner[0] : inner;
    return typeof one === "object" && one !== null && Object.hasOwn(one, name)
      ? (one as Readonly<Record<string, unknown>>)[name]
      : undefined;
  }, node);
}

function textAt(node: unknown, ...names: readonly string[]): string {
  const found = at(node, ...names);
  return typeof found === "string" ? found.trim() : "";
}
