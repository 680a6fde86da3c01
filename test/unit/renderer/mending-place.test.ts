import { describe, expect, test } from "vitest";
import type { State } from "../../../electron/contract/state.ts";
import { defaultTarget, type Target } from "../../../electron/contract/target.ts";
import { mendingPlace } from "../../../renderer/cloud/mending-place.ts";

const ids = {
  applicationId: "6e0c9a1f-2f4b-4c43-9d53-5b7f0a8e21c4",
  tenantId: "0b2d7e63-91c5-4f0e-8a37-c4d1f6a95e18",
};

function seen(
  target: Partial<Target>,
  onServer: Partial<State["found"]> = {},
  kind: State["server"]["kind"] = "practice",
): Pick<State, "server" | "target" | "found"> {
  return {
    server: {
      kind,
      local: kind !== "recorded",
      label: "",
      computer: "",
      windows: null,
      build: null,
      lookedAt: "2026-11-23T10:00:00Z",
    },
    target: { ...defaultTarget, ...target },
    found: {
      ...{ mailServer: null, mailHost: null, authentication: null, applicationId: null, tenantId: null },
      ...{ serviceAccount: null, serviceEmail: null, groupManaged: false, changeCommand: null, tls: [] },
      ...onServer,
    },
  };
}

describe("why the cloud cannot be asked is mended", () => {
  test("at the first ID that is missing or no GUID", () => {
    expect(mendingPlace(seen({}))?.field).toBe("applicationId");
    expect(mendingPlace(seen({ ...ids, tenantId: "contoso.com" }))).toMatchObject({
      screen: "azureIds",
      field: "tenantId",
      label: "Enter the Tenant ID",
    });
    expect(mendingPlace(seen({ ...ids, tenantId: "00000000-0000-0000-0000-000000000000" }))?.field).toBe("tenantId");
  });

  test("at the address, when the IDs are the server's or the target's", () => {
    expect(mendingPlace(seen({ serviceEmail: "MIM Service" }, ids))?.screen).toBe("serviceAccount");
    expect(mendingPlace(seen({ ...ids, serviceEmail: "MIM Service" }))?.field).toBe("serviceEmail");
  });

  test("at the authentication type, when an application is not wanted", () => {
    expect(mendingPlace(seen({ ...ids, authentication: "basic" }))?.screen).toBe("authentication");
  });

  test("nowhere on a recording, nor for a mail server that is not in the cloud", () => {
    expect(mendingPlace(seen({}, {}, "recorded"))).toBeNull();
    expect(mendingPlace(seen({ mailServer: "smtp", authentication: "integrated" }))).toBeNull();
    expect(mendingPlace(seen(ids))).toBeNull();
  });
});
