import type { ReactElement } from "react";
import { InstallerPage } from "./installer-page.tsx";
import { PageField } from "./page-parts.tsx";

/** Page 8: the application that MIM signs in as. The secret is never drawn: it is typed there and nowhere else. */
export function MailboxPage({
  applicationId,
  tenantId,
}: {
  readonly applicationId: string | null;
  readonly tenantId: string | null;
}): ReactElement {
  const description = [
    `1, Application ID: ${applicationId ?? "not entered yet"}.`,
    `2, Tenant ID: ${tenantId ?? "not entered yet"}.`,
    "3, Client Secret: type the secret’s value there.",
    "Next asks Microsoft for a token from this server.",
  ].join(" ");
  return (
    <InstallerPage page={8} subtitle="Configure Office 365 mailbox" bodyHeight={150} description={description}>
      <PageField y={104} caption="Application ID:" value={applicationId ?? ""} mark={1} />
      <PageField y={146} caption="Tenant ID:" value={tenantId ?? ""} mark={2} />
      <PageField y={188} caption="Client Secret:" value="" mark={3} />
    </InstallerPage>
  );
}
