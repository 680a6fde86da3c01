import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

const fixture = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/cloud/${name}`, import.meta.url)), "utf8");

/** The authority that the stand-in's certificate comes from. */
export const authority = fixture("authority.pem");
export const certificateOf = (name: string) => ({ key: fixture(`${name}.key`), cert: fixture(`${name}.pem`) });

export interface Relay {
  readonly port: number;
  /** What clients said, a command a line. */
  readonly commands: string[];
  /** The messages that were really handed over. */
  readonly messages: string[];
  readonly close: () => Promise<void>;
}

const reply = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

/** A real SMTP server on loopback that answers as it is told. */
export async function relay(
  options: SMTPServerOptions & {
    readonly from?: readonly [number, string];
    readonly to?: (address: string) => readonly [number, string] | null;
  } = {},
): Promise<Relay> {
  const { from, to = () => null, ...rest } = options;
  const commands: string[] = [];
  const messages: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    closeTimeout: 100,
    onMailFrom: ({ address }, _session, callback) => {
      commands.push(`MAIL ${address}`);
      callback(from === undefined ? null : reply(...from));
    },
    onRcptTo: ({ address }, _session, callback) => {
      commands.push(`RCPT ${address}`);
      const refused = to(address);
      callback(refused === null ? null : reply(...refused));
    },
    onData: (stream, _session, callback) => {
      commands.push("DATA");
      let text = "";
      stream.on("data", (part) => {
        text += String(part);
      });
      stream.on("end", () => {
        messages.push(text);
        callback(null, "taken");
      });
    },
    ...rest,
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    commands,
    messages,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A server that says what no sound relay would: what it says at first, and to each line that comes. */
export async function oddServer(
  greet: (socket: Socket) => void,
  answer: (line: string, socket: Socket) => void = () => {},
): Promise<Relay> {
  const commands: string[] = [];
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      for (const line of String(bytes).split("\r\n").filter(Boolean)) {
        commands.push(line);
        answer(line, socket);
      }
    });
    greet(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    commands,
    messages: [],
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A relay's usual answers, with some of them changed. */
export function scripted(changed: Readonly<Record<string, string | null>> = {}) {
  const usual: Readonly<Record<string, string | null>> = {
    EHLO: "250-relay.test\r\n250 SIZE 1000000",
    MAIL: "250 2.1.0 ok",
    RCPT: "250 2.1.5 ok",
    RSET: "250 2.0.0 ok",
    QUIT: "221 bye",
    ...changed,
  };
  return (line: string, socket: Socket): void => {
    const said = usual[line.split(/[ :]/)[0]?.toUpperCase() ?? ""];
    if (said === null) socket.destroy();
    else if (said !== undefined) socket.write(`${said}\r\n`);
  };
}
