import { randomBytes } from "node:crypto";
import { ConnectionFailure, type HttpPort } from "../../../electron/cloud/http.ts";
import { nodeHttp } from "../../../electron/cloud/node-http.ts";
import type { AskOptions } from "./asked.ts";
import { type Answer, authority, type Behaviour, bare, entraError, ewsFault, ewsMessage } from "./stand-in.ts";

/** Every way a text could be written somewhere. */
export function formsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  return [
    text,
    encodeURIComponent(text),
    new URLSearchParams({ text }).toString().slice(5),
    JSON.stringify(text).slice(1, -1),
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("base64url"),
    bytes.toString("hex"),
  ];
}

/** Half of what secrets look like in Entra, half of what is awkward in forms, JSON, headers and patterns. */
export function randomSecret(): string {
  const awkward = ['"', "\\", "%", "&", "=", "+", "$1", "$&", "<", ">", "'", "(", "*", "ü", "/", "?", "#", "~", "."];
  const pieces = Array.from({ length: 12 }, () => {
    const [one = 0, other = 0] = randomBytes(2);
    return one % 2 === 0 ? (awkward[other % awkward.length] ?? "") : randomBytes(3).toString("base64url");
  });
  return `S${randomBytes(6).toString("base64url")}${pieces.join("")}`;
}

/** An answer that repeats what it was sent, in every form. */
const repeats =
  (make: (said: string) => Answer): Answer =>
  (response, sent) =>
    make(formsOf(sent).join(" and "))(response, sent);
const inXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const inHeader = (text: string): string => text.replace(/[^\x20-\x7e]/g, "?");

/** One way a check can go, which may try to leak. */
export interface Path {
  readonly what: string;
  readonly behaviour?: Partial<Behaviour>;
  readonly options?: AskOptions;
  readonly http?: (secret: string) => HttpPort;
}

const real = nodeHttp({ environment: {}, authorities: [authority] });

/** Success, every kind of failure, crashes. `token` gives the token the stand-in hands out. */
export const paths = (token: () => string): readonly Path[] => [
  { what: "success" },
  { what: "no role", behaviour: { roles: [], ews: ewsMessage("NoError") } },
  ...[7000215, 7000222, 53003, 700024, 123456].map((number) => ({
    what: `AADSTS${number} that repeats it`,
    behaviour: { entra: repeats((said) => entraError(number, `The secret ${said} is not right.`)) },
  })),
  {
    what: "an OAuth error without a number that repeats it",
    behaviour: {
      entra: repeats((said) => bare(400, {}, JSON.stringify({ error: "invalid_client", error_description: said }))),
    },
  },
  {
    what: "an OAuth error that is the secret",
    behaviour: { entra: (response, sent) => bare(400, {}, JSON.stringify({ error: sent }))(response, sent) },
  },
  { what: "a web page that repeats it", behaviour: { entra: repeats((said) => bare(200, {}, `<html>${said}`)) } },
  { what: "JSON that is no answer", behaviour: { entra: repeats((said) => bare(200, {}, JSON.stringify([said]))) } },
  { what: "a token that is none", behaviour: { entra: bare(200, {}, '{"access_token":"","expires_in":1}') } },
  { what: "no answer to the sign-in", behaviour: { entra: () => {} }, options: { ports: { timeLimit: 1500 } } },
  { what: "a cut connection", behaviour: { entra: (response) => void response.socket?.destroy() } },
  { what: "401", behaviour: { ews: bare(401) } },
  {
    what: "403 that repeats the token",
    behaviour: { ews: repeats((said) => bare(403, { "x-ms-diagnostics": inHeader(said) })) },
  },
  {
    what: "a fault that repeats the token",
    behaviour: { ews: repeats((said) => ewsFault("ErrorInternalServerError", inXml(said))) },
  },
  {
    what: "a response code that is the token",
    behaviour: { ews: (response, sent) => ewsMessage(sent, "no")(response, sent) },
  },
  { what: "a web page that repeats the token", behaviour: { ews: repeats((said) => bare(200, {}, `<html>${said}`)) } },
  { what: "no answer to the probe", behaviour: { ews: () => {} }, options: { ports: { timeLimit: 150 } } },
  {
    what: "a connection failure",
    http: () => ({
      route: async () => "directly",
      send: async () => {
        throw new ConnectionFailure("network.dns", "login.microsoftonline.com: ENOTFOUND");
      },
    }),
  },
  {
    what: "a crash of the sign-in that holds the request",
    http: () => ({
      route: async () => "directly",
      send: async (request) => {
        throw Object.assign(new Error(`failed: ${request.body}`), { request, cause: request });
      },
    }),
  },
  {
    what: "a crash of the probe that holds the request",
    http: () => ({
      route: async () => "directly",
      send: async (request) => {
        if (!request.url.includes("/EWS/")) return real.send(request);
        throw Object.assign(new TypeError(`failed: ${JSON.stringify(request)}`), { request, cause: request });
      },
    }),
  },
  {
    what: "a crash after both",
    http: (secret) => ({
      send: real.send,
      route: async () => {
        throw new Error(`no route for ${secret} ${token()}`);
      },
    }),
  },
];
