import { inspect } from "node:util";
import { beforeAll, expect, test, vi } from "vitest";
import { type Asked, ask } from "./asked.ts";
import { formsOf, paths, randomSecret } from "./leak-paths.ts";
import { type Behaviour, type StandIn, startStandIn } from "./stand-in.ts";

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn();
  return () => standIn.close();
});

test.each(paths(() => standIn.token()))(
  "$what: neither the secret nor the token is in anything that stays",
  async (path) => {
    let written = "";
    const listen = (piece: unknown): boolean => {
      written += String(piece);
      return true;
    };
    const spies = [
      vi.spyOn(process.stdout, "write").mockImplementation(listen),
      vi.spyOn(process.stderr, "write").mockImplementation(listen),
      ...(["log", "info", "warn", "error", "debug"] as const).map((name) =>
        vi.spyOn(console, name).mockImplementation((...given) => void listen(inspect(given, { depth: 9 }))),
      ),
    ];
    try {
      for (let round = 0; round < 5; round += 1) {
        const secret = randomSecret();
        const unchanged: Behaviour = {
          secret,
          roles: ["full_access_as_app"],
          scope: "https://outlook.office365.com/.default",
          entra: null,
          ews: null,
          dateOffset: 0,
        };
        Object.assign(standIn.behaviour, unchanged, path.behaviour);
        const before = standIn.requests.length;
        const ports = { ...path.options?.ports, ...(path.http === undefined ? {} : { http: path.http(secret) }) };
        const left: unknown = await ask(standIn, secret, { ...path.options, ports }).catch((error: unknown) => error);

        // The stand-in got the right secret: the test would pass for nothing otherwise.
        if (path.http === undefined) expect(standIn.requests.length).toBeGreaterThan(before);
        if (path.what === "success") expect((left as Asked).result.ews).toEqual({ ok: true });

        const texts = [
          written,
          inspect(left, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
          JSON.stringify(left),
          left instanceof Error ? `${left.message} ${left.stack} ${inspect(left.cause)}` : (left as Asked).kept,
          JSON.stringify(process.argv) + JSON.stringify(process.env),
        ];
        for (const held of [secret, standIn.token()]) {
          for (const form of formsOf(held)) {
            for (const text of texts) expect(text.includes(form), `${path.what}: ${form} in ${text}`).toBe(false);
          }
        }
      }
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  },
);
