import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { Outcome } from "../contract/outcome.ts";
import { securityHeaders } from "./content-security-policy.ts";
import { askedFor, createPreviewGate } from "./preview-gate.ts";
import { readWindowFile } from "./window-files.ts";

export interface PreviewHostOptions {
  /** The folder of the built window. */
  readonly folder: string;
  /** 0: any free port. */
  readonly port: number;
  /** The largest message the page may send, in bytes; a larger one ends the connection. */
  readonly largestMessage: number;
  /** Calls a method of the contract; never throws. */
  readonly dispatch: (method: unknown, input: unknown) => Promise<Outcome<unknown>>;
}

export interface PreviewHost {
  /** The page's address with its token. */
  readonly address: string;
  /** Tells every open page an event. */
  readonly emit: (event: string, value: unknown) => void;
  readonly close: () => Promise<void>;
}

interface Call {
  readonly id: number;
  readonly method?: unknown;
  readonly input?: unknown;
}

/** A message of the page: `{ "id": n, "method": "<name>", "input": … }`; null when it is not one. */
function callIn(message: string): Call | null {
  try {
    const call: unknown = JSON.parse(message);
    if (typeof call !== "object" || call === null || !("id" in call) || typeof call.id !== "number") return null;
    return call as Call;
  } catch {
    return null;
  }
}

/**
 * Serves the window to a browser on this computer and carries the contract over a WebSocket at `/bridge`: the page calls
 * with `{ id, method, input }`, the host answers `{ id, outcome }` and tells `{ event, value }`.
 * Rejects when the port is taken.
 */
export async function openPreviewHost(options: PreviewHostOptions): Promise<PreviewHost> {
  const token = randomBytes(32).toString("base64url");
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const gate = createPreviewGate(port, token);
  const headers = securityHeaders(`ws://127.0.0.1:${port}/bridge`);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refuse = (status: number, reason: string): void => {
      response.writeHead(status, { ...headers, "Content-Type": "text/plain; charset=utf-8" }).end(`${reason}\n`);
    };
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(405, "Only GET is answered here.");
    const { path } = askedFor(request);
    const isPage = path === "/" || path.endsWith(".html");
    const refusal = isPage ? gate.refusesPage(request) : gate.refusesFile(request);
    if (refusal !== null) return refuse(403, refusal);
    const file = await readWindowFile(options.folder, path);
    if (file !== null) {
      response.writeHead(200, { ...headers, "Content-Type": file.mediaType, "Content-Length": file.content.length });
      response.end(request.method === "HEAD" ? undefined : file.content);
    } else if (path === "/favicon.ico") {
      // Browsers ask for it unbidden and call a missing one an error.
      response.writeHead(204, headers).end();
    } else refuse(404, "There is no such file.");
  }

  server.on("request", (request, response) => {
    answer(request, response).catch(() => response.writeHead(400, headers).end());
  });

  const sockets = new WebSocketServer({ noServer: true, maxPayload: options.largestMessage });
  server.on("upgrade", (request, socket, head) => {
    if (askedFor(request).path !== "/bridge" || gate.refusesBridge(request) !== null) {
      socket.on("error", () => socket.destroy());
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (page) => sockets.emit("connection", page, request));
  });

  sockets.on("connection", (page: WebSocket) => {
    page.on("error", () => page.terminate());
    page.on("message", async (data, isBinary) => {
      const call = isBinary ? null : callIn(String(data));
      if (call === null) return page.close(1008, "not a call");
      try {
        const outcome = await options.dispatch(call.method, call.input);
        page.send(JSON.stringify({ id: call.id, outcome }));
      } catch {
        // An answer that cannot be given ends this page's connection, never the host.
        page.close(1011, "no answer");
      }
    });
  });

  return {
    address: `http://127.0.0.1:${port}/?token=${token}`,
    emit: (event, value) => {
      const message = JSON.stringify({ event, value });
      for (const page of sockets.clients) page.send(message);
    },
    close: async () => {
      for (const page of sockets.clients) page.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
