import { readFileSync } from "node:fs";
import { createServer as createHttpServer, type RequestListener, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import { join } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { type Cloud, type CloudName, clouds } from "../../../electron/cloud/clouds.ts";
import { GrowingList } from "../../growing-list.ts";

export const fixtures = join(import.meta.dirname, "../../fixtures/cloud");
export const pem = (name: string): string => readFileSync(join(fixtures, name), "utf8");
export const authority = pem("authority.pem");

export const tenant = "0b2d6f4e-1c3a-4d5b-8e7f-9a0b1c2d3e4f";
export const application = "5f0c1d2e-3b4a-4958-8677-665544332211";
export const mailbox = "mim@contoso.com";
const traceId = "255d1aef-8c98-452f-ac51-23d051240864";
export const requestId = "7f1a2b3c-0000-4000-8000-123456789abc";

/** An error of the token endpoint. Shape: https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes */
export function entraError(number: number, what: string, error = "invalid_client"): Answer {
  return (response) =>
    json(response, error === "invalid_client" ? 401 : 400, {
      error,
      error_description: `AADSTS${number}: ${what} Trace ID: ${traceId} Correlation ID: fb3d2015-bc17-4bb9-bb85-30c5cf1aaaa7 Timestamp: 2026-11-23 10:00:00Z`,
      error_codes: [number],
      timestamp: "2026-11-23 10:00:00Z",
      trace_id: traceId,
      correlation_id: "fb3d2015-bc17-4bb9-bb85-30c5cf1aaaa7",
      error_uri: `https://login.microsoftonline.com/error?code=${number}`,
    });
}

/** An answer of EWS in SOAP. Shape: https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/getfolderresponsemessage */
export function ewsMessage(responseCode: string, text = ""): Answer {
  return (response) => xml(response, 200, folderResponse(responseCode, text));
}

/** A SOAP fault, as EWS answers a refused impersonation. */
export function ewsFault(code: string, text: string, status = 500): Answer {
  return (response) =>
    xml(
      response,
      status,
      `<s:Fault><faultcode xmlns:a="http://schemas.microsoft.com/exchange/services/2006/types">a:${code}</faultcode><faultstring xml:lang="en-US">${text}</faultstring><detail><e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">${code}</e:ResponseCode><e:Message xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">${text}</e:Message></detail></s:Fault>`,
    );
}

/** An answer without SOAP. */
export function bare(status: number, headers: Readonly<Record<string, string>> = {}, body = ""): Answer {
  return (response: ServerResponse) => {
    response.writeHead(status, { "request-id": requestId, ...headers });
    response.end(body);
  };
}

function folderResponse(responseCode: string, text: string): string {
  const isError = responseCode !== "NoError";
  return `<m:GetFolderResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><m:ResponseMessages><m:GetFolderResponseMessage ResponseClass="${isError ? "Error" : "Success"}">${isError ? `<m:MessageText>${text}</m:MessageText>` : ""}<m:ResponseCode>${responseCode}</m:ResponseCode>${isError ? "<m:DescriptiveLinkKey>0</m:DescriptiveLinkKey><m:Folders/>" : '<m:Folders><t:Folder><t:FolderId Id="AAMkADEx" ChangeKey="AQAAABYA"/></t:Folder></m:Folders>'}</m:GetFolderResponseMessage></m:ResponseMessages></m:GetFolderResponse>`;
}

function xml(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "Content-Type": "text/xml; charset=utf-8", "request-id": requestId });
  response.end(
    `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`,
  );
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" });
  response.end(JSON.stringify(body));
}

/** An answer; `sent` is the secret or the token that came with the request. */
export type Answer = (response: ServerResponse, sent: string) => void;

/** What the stand-in does, beside refusing what the real services refuse. */
export interface Behaviour {
  /** The secret that is right. */
  secret: string;
  roles: readonly string[];
  /** Scope and EWS host of the cloud that is played. */
  scope: string;
  entra: Answer | null;
  ews: Answer | null;
  /** How far the Date header is from now, in milliseconds. */
  dateOffset: number;
}

export interface StandIn {
  readonly port: number;
  readonly behaviour: Behaviour;
  /** The token that is handed out. */
  token(): string;
  /** Every request that came, as `<method> <path>`. */
  readonly requests: GrowingList<string>;
  /** Microsoft's clouds with the stand-in in the place of their hosts. */
  readonly hosts: Readonly<Record<CloudName, Cloud>>;
  close(): Promise<void>;
}

const parser = new XMLParser({ removeNSPrefix: true, ignoreAttributes: false, attributeNamePrefix: "" });

/** A stand-in of the token endpoint and of Exchange Web Services, over real https on this computer. */
export async function startStandIn(
  certificate: "stand-in" | "other-host" | "self-signed" | "not-yet" | "expired" = "stand-in",
): Promise<StandIn> {
  const behaviour: Behaviour = {
    secret: "",
    roles: ["full_access_as_app"],
    scope: clouds.global.scope,
    entra: null,
    ews: null,
    dateOffset: 0,
  };
  const requests = new GrowingList<string>();
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const token = (): string =>
    `${part({ typ: "JWT", alg: "RS256" })}.${part({ aud: "https://outlook.office365.com", appid: application, roles: behaviour.roles })}.c2lnbmF0dXJlLW9mLW5vYm9keQ`;

  const listener: RequestListener = (request, response) => {
    const { pathname } = new URL(request.url ?? "", "https://localhost");
    requests.push(`${request.method} ${pathname}`);
    response.setHeader("Date", new Date(Date.now() + behaviour.dateOffset).toUTCString());
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const body = Buffer.concat(pieces).toString("utf8");
      if (pathname === "/EWS/Exchange.asmx") answerEws(body);
      else answerEntra(body);
    });

    function answerEntra(body: string): void {
      const form = new URLSearchParams(body);
      const secret = form.get("client_secret") ?? "";
      const [, asked = "", rest] = /^\/([^/]+)\/(.*)$/.exec(pathname) ?? [];
      const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
      let answer: Answer = (to) =>
        json(to, 200, { token_type: "Bearer", expires_in: 3599, ext_expires_in: 3599, access_token: token() });
      if (request.method !== "POST" || rest !== "oauth2/v2.0/token") answer = bare(404);
      else if (behaviour.entra !== null) answer = behaviour.entra;
      else if (!isForm) answer = entraError(900144, "The request body must contain 'grant_type'.", "invalid_request");
      else if (asked !== tenant) answer = entraError(90002, `Tenant '${asked}' not found.`, "invalid_request");
      else if (form.get("grant_type") !== "client_credentials") {
        answer = entraError(70003, "The app returned an unsupported grant type.", "unsupported_grant_type");
      } else if (form.get("client_id") !== application) {
        answer = entraError(700016, "Application was not found in the directory.", "unauthorized_client");
      } else if (secret !== behaviour.secret) {
        answer = entraError(
          7000215,
          `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${application}'.`,
        );
      } else if (!form.get("scope")?.split(" ").includes(behaviour.scope)) {
        answer = entraError(70011, "The provided value for the input parameter 'scope' isn't valid.", "invalid_scope");
      }
      answer(response, secret);
    }

    function answerEws(body: string): void {
      const { authorization = "", "x-anchormailbox": anchor, "content-type": type } = request.headers;
      const [, sent = ""] = /^Bearer (.+)$/.exec(authorization) ?? [];
      const { Envelope } = parser.parse(body);
      const asked = Envelope?.Header?.ExchangeImpersonation?.ConnectingSID?.SmtpAddress;
      const folder = Envelope?.Body?.GetFolder?.FolderIds?.DistinguishedFolderId?.Id;
      const isWhole = Envelope?.Header?.RequestServerVersion?.Version && asked && folder === "inbox";
      let answer: Answer = ewsMessage("NoError");
      if (sent !== token()) answer = bare(401, { "WWW-Authenticate": 'Bearer error="invalid_token"' });
      else if (behaviour.ews !== null) answer = behaviour.ews;
      else if (request.method !== "POST" || !isWhole || type !== "text/xml; charset=utf-8" || anchor !== asked) {
        answer = ewsFault("ErrorSchemaValidation", "The request failed schema validation.");
      } else if (!behaviour.roles.includes("full_access_as_app")) {
        const reason = "The token contains not enough scope to make this call.";
        answer = bare(403, { "x-ms-diagnostics": `2000008;reason="${reason}";error_category="invalid_grant"` });
      } else if (asked !== mailbox) {
        answer = ewsMessage("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.");
      }
      answer(response, sent);
    }
  };

  const server = createServer({ key: pem(`${certificate}.key`), cert: pem(`${certificate}.pem`) }, listener);
  const port = await listening(server);
  const here = (cloud: Cloud): Cloud => ({
    ...cloud,
    authority: `https://localhost:${port}`,
    ews: `https://localhost:${port}/EWS/Exchange.asmx`,
  });
  return {
    port,
    behaviour,
    token,
    requests,
    hosts: {
      global: here(clouds.global),
      china: here(clouds.china),
      governmentHigh: here(clouds.governmentHigh),
      governmentDod: here(clouds.governmentDod),
    },
    close: () => closed(server),
  };
}

/** What a proxy does with a CONNECT: tunnels it to the stand-in whatever host is named, answers, or says nothing. */
export type ProxyBehaviour = "tunnel" | "silence" | number;

export interface StandInProxy {
  readonly port: number;
  readonly behaviour: { does: ProxyBehaviour };
  /** The hosts asked for, with what was sent to sign in. */
  readonly asked: { readonly host: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
}

export async function startProxy(to: { readonly port: number }): Promise<StandInProxy> {
  const behaviour: { does: ProxyBehaviour } = { does: "tunnel" };
  const asked: { host: string; authorization: string | undefined }[] = [];
  const server = createHttpServer();
  server.on("connect", (request, socket: Socket) => {
    asked.push({ host: request.url ?? "", authorization: request.headers["proxy-authorization"] });
    socket.on("error", () => {});
    if (behaviour.does === "silence") return;
    if (behaviour.does !== "tunnel") {
      socket.end(`HTTP/1.1 ${behaviour.does} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    const tunnel = connect(to.port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      tunnel.pipe(socket).pipe(tunnel);
    });
    tunnel.on("error", () => socket.destroy());
  });
  const port = await listening(server);
  return { port, behaviour, asked, close: () => closed(server) };
}

const sockets = new WeakMap<object, Set<Socket>>();

async function listening(
  server: ReturnType<typeof createHttpServer> | ReturnType<typeof createServer>,
): Promise<number> {
  const open = new Set<Socket>();
  sockets.set(server, open);
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  });
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

async function closed(server: { close(done: () => void): unknown }): Promise<void> {
  for (const socket of sockets.get(server) ?? []) socket.destroy();
  await new Promise<void>((resolve) => server.close(resolve));
}
