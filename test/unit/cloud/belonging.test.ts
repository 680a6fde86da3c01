import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { createAssistant } from "../../../electron/assistant/assistant.ts";
import type { CloudCheck } from "../../../electron/contract/history.ts";
import type { Handlers } from "../../../electron/contract/methods.ts";
import type { Outcome } from "../../../electron/contract/outcome.ts";
import type { State } from "../../../electron/contract/state.ts";
import { defaultTarget, type Target } from "../../../electron/contract/target.ts";
import { jsonText } from "../../../electron/report/json-text.ts";
import { applicationId, config, goodServer, mailKey, setValues, tenantId, text } from "../checklist/server-case.ts";

const assets = fileURLToPath(new URL("../../../assets", import.meta.url));
const homes: string[] = [];
afterEach(async () => {
  for (const home of homes.splice(0)) await rm(home, { recursive: true, force: true });
});
async function opened(): Promise<Handlers> {
  const home = await mkdtemp(join(tmpdir(), "mim-mail-belonging-"));
  homes.push(home);
  const now = () => new Date("2026-11-23T12:00:00Z");
  return createAssistant({ home, assets, version: "0.0.0-test", platform: "linux", now, emit: () => {} });
}
function given<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.value;
}
const statusOf = ({ checklist }: State, id: string) =>
  checklist.steps.flatMap(({ findings }) => findings).find((finding) => finding.id === id)?.status;

const other = "11111111-2222-4333-8444-555555555555";
const mailbox = "mim@contoso.com";
const fields = { application: "applicationId", tenant: "tenantId", mailbox: "mailbox" } as const;
const own = { application: applicationId, tenant: tenantId, mailbox };
const others = { application: other, tenant: other, mailbox: "other@contoso.com" };
type Part = keyof typeof fields;
const parts = Object.keys(fields) as Part[];

/** What the check was made with and what is wanted, of one part; the two others are the same in both. */
const made = ["with", "without"] as const;
const wanted = ["wanted", "missing", "other", "missing, the server's is another"] as const;
const combinations = parts.flatMap((part) =>
  made.flatMap((with_) => wanted.map((want) => [part, with_, want] as const)),
);

describe("the panel of the cloud and the checklist", () => {
  test.each(combinations)("agree on a check: %s, made %s it, %s", async (part, with_, want) => {
    const check: CloudCheck = { at: "2026-11-22T10:00:00Z", signIn: { ok: true }, roles: [], ews: { ok: true } };
    for (const one of parts) if (one !== part || with_ === "with") check[fields[one]] = own[one];
    const onServer = want === "missing, the server's is another" ? others[part] : undefined;
    const values = { [part]: onServer } as Partial<Record<Part, string>>;
    const recording = goodServer();
    const data = (value: string | undefined) => (value === undefined ? undefined : text(value));
    setValues(recording, mailKey, {
      ExchangeOnlineApplicationID: data(values.application),
      ExchangeOnlineTenantID: data(values.tenant),
    });
    if (part === "mailbox" && onServer !== undefined) {
      const sends = `<configuration><appSettings><add key="sendAsAddress" value="${onServer}"/></appSettings></configuration>`;
      recording.texts[config] = { state: "present", text: sends };
    }
    recording.cloud = check;
    const target: Target = { ...defaultTarget };
    for (const one of parts) {
      const value = one !== part || want === "wanted" ? own[one] : want === "other" ? others[one] : undefined;
      if (value !== undefined) target[one === "mailbox" ? "serviceEmail" : fields[one as "application"]] = value;
    }

    const handlers = await opened();
    given(await handlers.openRecording({ name: "x.json", text: jsonText(recording) }));
    const state = given(await handlers.setTarget(target));

    const differs = with_ === "with" && (want === "other" || onServer !== undefined);
    expect(state.cloud.lastDiffers).toEqual(differs ? [part] : []);
    expect(statusOf(state, "azure.signIn")).toBe(differs && part !== "mailbox" ? "pending" : "done");
    expect(statusOf(state, "azure.ews")).toBe(differs ? "pending" : "done");
  });

  test("agree on the shipped sample, whose check tells no IDs", async () => {
    const handlers = await opened();
    const state = given(await handlers.openSample({ id: "configured" }));
    expect(statusOf(state, "azure.ews")).toBe("done");
    expect(state.cloud).toMatchObject({ lastDiffers: [], last: { at: "2026-11-21T20:30:00Z" } });
  });
});
