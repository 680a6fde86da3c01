import { writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { smtpPlanSchema } from "../../../electron/contract/smtp-plan.ts";
import { captured } from "./captured.ts";
import { ownFolder } from "./folder.ts";

const folder = ownFolder();

async function smtpPlan(target: object, ...more: string[]) {
  const path = folder.at("target.json");
  await writeFile(path, JSON.stringify({ serviceEmail: "mim@contoso.com", ...target }));
  return captured(["smtp-plan", "--server", "practice", "--target", path, ...more], folder.at("home"));
}

const answers = { approvals: "no", ownRelay: "no", identity: "address" };

describe("smtp-plan", () => {
  test("asks what is not answered, with the answers it takes, and ends with 1", async () => {
    const { code, stdout, stderr } = await smtpPlan({ smtpPlan: { answers: { approvals: "no" } } });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toContain("From EWS to SMTP: 1 of 5 questions answered\n");
    expect(stdout).toContain('  > ownRelay: "yes"  Yes\n');
    expect(stdout).not.toContain('  > approvals: "yes"');
    expect(stdout).toContain("  2027-04-01  Exchange Web Services end");
  });

  test("names the way, why, its steps with their commands, the records, and what to tell people", async () => {
    const { code, stdout } = await smtpPlan({ smtpPlan: { answers, done: { connector: "2026-11-20" } } });
    expect(code).toBe(1);
    expect(stdout).toContain("Connector that knows the public address");
    expect(stdout).toContain("contoso-com.mail.protection.outlook.com");
    expect(stdout).toContain("[x] 2. Make the connector (2026-11-20)\n");
    expect(stdout).toContain("[ ] 1. See that the sender's domain is accepted\n");
    expect(stdout).toContain("         Get-AcceptedDomain | Format-Table");
    expect(stdout).toContain("    Resolve-DnsName -Type TXT -Name 'contoso.com'\n");
    expect(stdout).toMatch(/Open the MIM Portal and approve there/);
  });

  test("prints JSON as the contract has it, and refuses an answer that is none with its place", async () => {
    const { stdout } = await smtpPlan({ smtpPlan: { answers } }, "--json");
    expect(smtpPlanSchema.parse(JSON.parse(stdout)).way?.id).toBe("connectorAddress");
    const refused = await smtpPlan({ smtpPlan: { answers: { approvals: "perhaps" } } });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("smtpPlan.answers.approvals");
  });
});
