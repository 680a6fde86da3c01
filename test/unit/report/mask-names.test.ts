import { describe, expect, test } from "vitest";
import { judge } from "../../../electron/checklist/judge.ts";
import type { Target } from "../../../electron/contract/target.ts";
import { readRecordingText } from "../../../electron/recording/read-recording.ts";
import type { Recording } from "../../../electron/recording/recording.ts";
import { createMask } from "../../../electron/report/mask-names.ts";
import { samples } from "../../../electron/server/practice/samples.ts";
import { sample } from "./report-case.ts";

const configured = await sample("configured");

function verdicts(recording: Recording, target: Target) {
  const server = { name: "x" } as const;
  const { steps } = judge({ recording, target, today: "2026-11-23", server });
  return steps.flatMap((step) => step.findings.map(({ id, status }) => [id, status]));
}

function masked(recording: Recording, target: Target = configured.target) {
  const mask = createMask({ recordings: [recording], targets: [target] });
  return { recording: mask.recording(recording), target: mask.target(target), notes: mask.notes };
}

const event = (text: string) => ({
  log: "Application",
  provider: "Microsoft.ResourceManagement",
  id: 3,
  at: "2026-11-22T09:10:00Z",
  text,
});

function withEvents(...texts: string[]): Recording {
  return { ...configured.recording, events: { state: "present", items: texts.map(event) } };
}

function eventTexts(recording: Recording): string[] {
  return recording.events?.state === "present" ? recording.events.items.map(({ text }) => text) : [];
}

test.each(["FABRIKAM\\grace.hopper", "grace.hopper"])("who had a change made is hidden: %s", (by) => {
  const { recording } = masked({ ...configured.recording, journal: [{ id: "a", by, at: "2026-11-23T10:00:00Z" }] });
  expect(recording.journal[0]?.by).not.toMatch(/grace|hopper|fabrikam/i);
  expect(recording.journal[0]?.by).toBeTruthy();
});

test("the mail host of a target is hidden, and the verdicts stay", () => {
  const target: Target = {
    ...configured.target,
    mailServer: "smtp",
    authentication: "integrated",
    mailHost: "relay07.fabrikam.net",
  };
  const { recording, target: hidden } = masked(configured.recording, target);
  expect(hidden.mailHost).not.toMatch(/relay07|fabrikam/);
  expect(verdicts(recording, hidden)).toEqual(verdicts(configured.recording, target));
});

describe("a masked recording", () => {
  test.each(samples.map(({ id }) => id))("gives the verdicts of %s and opens as a recording", async (id) => {
    const { recording, target } = await sample(id);
    const mask = createMask({ recordings: [recording], targets: [target] });
    const hidden = mask.recording(recording);
    expect(hidden).not.toEqual(recording);
    expect(verdicts(hidden, mask.target(target))).toEqual(verdicts(recording, target));
    expect(readRecordingText(JSON.stringify(hidden), "masked")).toEqual(hidden);
  });

  test.each([
    ["a group Managed Service Account", "CONTOSO\\gmsaMIM$"],
    ["an account as a principal", "svcMIM@contoso.com"],
    ["an account named as the service", "CONTOSO\\FIMService"],
    ["a domain named as the product's maker", "MICROSOFT\\svcMIM"],
    ["a domain of two letters", "AD\\svcMIM"],
    ["an account of this computer", ".\\svcMIM"],
    ["an account of Windows", "NT AUTHORITY\\NetworkService"],
    ["LocalSystem", "LocalSystem"],
  ])("gives the verdicts it gave with %s", (_what, account) => {
    const text = JSON.stringify(configured.recording).replaceAll(
      "CONTOSO\\\\svcMIMService",
      account.replaceAll("\\", "\\\\"),
    );
    const recording = readRecordingText(text, "changed");
    const target = { ...configured.target, serviceAccount: account };
    const hidden = masked(recording, target);
    expect(verdicts(hidden.recording, hidden.target)).toEqual(verdicts(recording, target));
    if (/svcMIM|gmsaMIM/.test(account)) expect(JSON.stringify(hidden)).not.toMatch(/svcMIM(?!S)|gmsaMIM/i);
  });

  test.each(["MIM", "Service", "Microsoft", "SERVER", "Windows", "FIMService", "Exchange", "2010"])(
    "gives the verdicts it gave on a computer called %s, which is not in it as its name",
    (computer) => {
      const recording = { ...configured.recording, computer };
      const hidden = masked(recording);
      expect(verdicts(hidden.recording, hidden.target)).toEqual(verdicts(recording, configured.target));
      expect(hidden.recording.computer).toBe("COMPUTER-1");
      expect(hidden.notes.join(" ").includes("common word")).toBe(computer !== "2010");
    },
  );

  test("holds none of the names it held, in keys, values, files, texts, accounts and SIDs", () => {
    const all = JSON.stringify(masked(configured.recording));
    expect(JSON.stringify(configured)).toMatch(/contoso/i);
    expect(all).not.toMatch(/contoso|svcMIM|MIM01|SQL01|mimservice@|S-1-5-21-1004336348/i);
    expect(all).toContain("DOMAIN-1\\\\account-1");
    expect(all).toContain("@domain-1.example");
    expect(all).toMatch(/HKU\\\\S-1-5-21-0-0-1-1001\\\\SOFTWARE/);
    expect(all).toContain("outlook.office365.com");
  });

  test("gives one name one mask wherever it stands", () => {
    const [one = "", other = "", third = ""] = eventTexts(
      masked(
        withEvents(
          "CONTOSO\\svcMIMService failed on MIM01 for mimservice@contoso.com",
          "MIM01.contoso.com: contoso\\SVCMIMSERVICE, mimservice@CONTOSO.com, mim01$",
          "CONTOSO\\kberg and kberg2@contoso.com; CN=Kim Berg,OU=Staff,DC=contoso,DC=com",
        ),
      ).recording,
    );
    expect(one).toBe("DOMAIN-1\\account-1 failed on COMPUTER-1 for mailbox-1@domain-1.example");
    expect(other).toBe("COMPUTER-1.domain-1.example: DOMAIN-1\\account-1, mailbox-1@domain-1.example, COMPUTER-1$");
    expect(third).toMatch(
      /^DOMAIN-1\\account-\d and mailbox-2@domain-1\.example; CN=person 1,OU=Staff,DC=DOMAIN-1,DC=com$/,
    );
  });

  test("masks who accepted a finding, also in the reason, and profile folders", () => {
    const target = {
      ...configured.target,
      accepted: [
        {
          finding: "tls.costs" as const,
          reason: "Agreed with Kim Berg (KIM BERG)",
          by: "Kim Berg",
          until: "2027-01-01",
        },
      ],
    };
    const recording = {
      ...configured.recording,
      installerRuns: [{ exitCode: 0, log: "C:\\Users\\kberg\\AppData\\x.log" }],
    };
    const hidden = masked(recording, target);
    expect(hidden.target.accepted?.[0]).toMatchObject({ by: "person 1", reason: "Agreed with person 1 (person 1)" });
    expect(hidden.recording.installerRuns[0]?.log).toMatch(/^C:\\Users\\account-\d\\AppData\\x\.log$/);
  });

  test("leaves what is the same for everyone", () => {
    const text =
      "NT AUTHORITY\\SYSTEM, S-1-5-18, https://outlook.office365.com/EWS, HKLM\\SOFTWARE\\Microsoft, C:\\Users\\Public\\x";
    expect(eventTexts(masked(withEvents(text)).recording)).toEqual([text]);
  });

  test("masks every name of a farm of thousands, also where it stands alone", () => {
    const accounts = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [`CONTOSO\\svc-farm-${index}`, { state: "absent" as const }]),
    );
    const line = Array.from({ length: 5000 }, (_, index) => `svc-farm-${index} failed.`).join(" ");
    const recording = { ...withEvents(line), accounts: { ...configured.recording.accounts, ...accounts } };
    expect(eventTexts(masked(recording).recording).join(" ")).not.toMatch(/svc-farm/);
  });

  test("takes the longest of names that begin alike, whole words only, in any spelling", () => {
    const recording = {
      ...withEvents("sql prod, SQL.prod.old: sql.prodx, xsql.prod; _sql, \u0130smail"),
      accounts: Object.fromEntries(
        ["sql.prod", "sql.prod.old", "_sql", "\u0130smail"].map((name) => [
          `D0M\\${name}`,
          { state: "absent" as const },
        ]),
      ),
    };
    const [text = ""] = eventTexts(masked(recording).recording);
    expect(text).toMatch(/^sql prod, account-\d: sql\.prodx, xsql\.prod; account-\d, account-\d$/);
  });

  test.each(["00Z", "T10", "23T10", "6a1f4b52", "4e5f"])(
    "takes no part of a moment or an ID for the name %s",
    (name) => {
      const id = "6a1f4b52-0c3d-4e5f-8a9b-0c1d2e3f4a5b";
      const moment = "2026-11-23T10:00:00Z";
      const target: Target = { ...configured.target, applicationId: id, mailConfirmed: "2026-11-23" };
      const event = `${moment} 2026-11-23T10-00-00Z-001 ${id} on ${name}`;
      const recording = { ...withEvents(event), computer: name, recordedAt: moment };
      const hidden = masked(recording, target);
      expect(hidden.recording.recordedAt).toBe(moment);
      expect(hidden.target).toMatchObject({ applicationId: id, mailConfirmed: "2026-11-23" });
      expect(eventTexts(hidden.recording)).toEqual([`${moment} 2026-11-23T10-00-00Z-001 ${id} on COMPUTER-1`]);
    },
  );

  const formatWords = [
    ...["smtp", "exchange", "office365", "none", "basic", "integrated", "applicationContext", "guide", "minimum"],
    ...["running", "present", "absent", "unreadable", "apply", "applied", "done", "action", "error", "true", "null"],
  ];
  test.each(formatWords)("leaves the words of the formats to a host, an account and a domain named %s", (name) => {
    const target: Target = {
      ...configured.target,
      mailServer: "smtp",
      authentication: "basic",
      tlsProfile: "minimum",
      mailHost: name,
      serviceAccount: `${name}\\${name}`,
      tlsCostsConfirmed: "2026-11-23",
    };
    const recording: Recording = {
      ...withEvents("nothing"),
      accounts: { [`${name}\\${name}`]: { state: "absent" } },
      journal: [{ id: "a", kind: "apply", state: "applied", at: "2026-11-23T10:00:00Z" }],
    };
    const hidden = masked(recording, target);
    const { mailServer, authentication, tlsProfile, tlsCostsConfirmed } = hidden.target;
    expect({ mailServer, authentication, tlsProfile, tlsCostsConfirmed }).toEqual({
      mailServer: "smtp",
      authentication: "basic",
      tlsProfile: "minimum",
      tlsCostsConfirmed: "2026-11-23",
    });
    expect(readRecordingText(JSON.stringify(hidden.recording), "masked")).toEqual(hidden.recording);
    expect(hidden.recording.journal).toEqual(recording.journal);
    expect(hidden.recording.services).toEqual(recording.services);
    expect(verdicts(hidden.recording, hidden.target)).toEqual(verdicts(recording, target));
  });

  test("takes a line of a megabyte and thousands of names in a moment", () => {
    const lines = Array.from({ length: 3000 }, (_, index) => `CONTOSO\\user${index} user${index}@fabrikam${index}.com`);
    const hostile = ["a.".repeat(500_000), "x".repeat(1_000_000), "a@".repeat(400_000), "\\Users\\".repeat(100_000)];
    const texts = eventTexts(masked(withEvents(...lines, ...hostile)).recording);
    expect(texts.slice(0, 3000).join(" ")).not.toMatch(/user\d|fabrikam|contoso/i);
  });
});
