import { describe, expect, test } from "vitest";
import { readRecordingText } from "../../../electron/recording/read-recording.ts";
import type { Recording } from "../../../electron/recording/recording.ts";
import { readPdf, readsPdfs, unbroken } from "./pdf-reading.ts";
import { contentsOf, everyFormat, reported, sample } from "./report-case.ts";

const configured = await sample("configured");

const secrets = {
  clear: "Xy8Q~clientSecretInClear.0123456789abcd",
  encrypted: "AQAAANCMnd8BFdERjHoAwE/Cl+sBAAAAencryptedSecretBlob",
  token: "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwcyJ9.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg",
  password: "Passw0rd-of-the-database",
};

/** The sample with a secret in every place of a recording where a server may hold one, as a file made by hand. */
function secretive(): Recording {
  const { recording } = configured;
  const service = "HKLM\\SOFTWARE\\Microsoft\\Forefront Identity Manager\\2010\\Service";
  const hive = Object.keys(recording.registry).find((path) => path.startsWith("HKU\\")) ?? "";
  const [config = ""] = Object.keys(recording.texts);
  const found = recording.registry[service];
  const values = found?.state === "present" ? found.values : {};
  const text = (data: string) => ({ type: "REG_SZ" as const, data });
  return {
    ...recording,
    registry: {
      ...recording.registry,
      [service]: {
        state: "present",
        values: {
          ...values,
          EncryptedExchangeOnlineClientSecret: text(secrets.encrypted),
          EncryptedExchangeOnlineAccountPassword: text(secrets.clear),
        },
      },
      [hive]: { state: "present", values: { Unheard: text(secrets.token) } },
    },
    texts: {
      [config]: {
        state: "present",
        text: `<configuration><appSettings><add key="mailPassword" value="${secrets.password}"/><add key="mailServer" value="outlook.office365.com"/></appSettings><connectionStrings><add connectionString="Data Source=SQL01;Password=${secrets.password};"/></connectionStrings></configuration>`,
      },
    },
    events: {
      state: "present",
      items: [
        {
          log: "Application",
          provider: "Microsoft.ResourceManagement",
          id: 12,
          at: "2026-11-23T09:10:00Z",
          text: `cannot connect: Bearer ${secrets.token}; password=${secrets.password}; blob ${secrets.encrypted}`,
        },
      ],
    },
  };
}

describe.each([false, true])("a report of a recording that holds secrets, names masked: %s", (maskNames) => {
  test("tells none of them in any format", async () => {
    const recording = secretive();
    const before = { label: "before", origin: "file", ...configured, recording } as const;
    const document = contentsOf([reported("x.json", { ...configured, recording }, { before })], {
      options: { maskNames, before: true, pictures: true },
    });
    const files = await everyFormat(document);
    if (typeof files.pdf === "string") throw new Error("a PDF is bytes");
    const texts = { ...files, pdf: readsPdfs ? unbroken(readPdf(files.pdf).text) : "" };
    for (const [format, text] of Object.entries(texts)) {
      for (const [name, secret] of Object.entries(secrets)) {
        expect({ format, name, found: unbroken(String(text)).includes(secret) }).toEqual({
          format,
          name,
          found: false,
        });
      }
    }
    expect(String(files.html)).toContain("present, encrypted");
    expect(readRecordingText(String(files.json), "x").computer).toBe(maskNames ? "COMPUTER-1" : "MIM01");
  });
});

test("the recording of this test does hold them", () => {
  const text = JSON.stringify(secretive());
  for (const secret of Object.values(secrets)) expect(text).toContain(secret);
});

test("masked names are in no format", async () => {
  const accepted = [{ finding: "tls.costs" as const, reason: "Told Kim Berg", by: "Kim Berg", until: "2027-01-01" }];
  const target = { ...configured.target, accepted };
  const before = { label: "C:\\Users\\kberg\\before.json", origin: "file", ...configured } as const;
  const document = contentsOf([reported("MIM01-kberg.json", { ...configured, target }, { before })], {
    beside: [{ name: "MIM02.json", ...(await sample("stuck-on-dotnet-2")) }],
    options: { maskNames: true, before: true, pictures: true },
  });
  const files = await everyFormat(document);
  if (typeof files.pdf === "string") throw new Error("a PDF is bytes");
  const texts = { ...files, pdf: readsPdfs ? unbroken(readPdf(files.pdf).text) : "" };
  for (const [format, text] of Object.entries(texts)) {
    expect({
      format,
      found: String(text).match(/contoso(?!\.com\.$)|svcMIM|MIM0[12]|SQL01|kberg|Kim ?Berg|1004336348/gi),
    }).toEqual({ format, found: null });
  }
  expect(String(files.html)).toContain("Names are masked");
  expect(String(files.html)).toContain("COMPUTER-1");
  if (readsPdfs) expect(texts.pdf).toContain("Namesaremasked");
});
