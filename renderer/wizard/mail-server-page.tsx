import type { ReactElement } from "react";
import {
  type Authentication,
  authenticationCaptions,
  isOffice365,
  type MailServer,
  mailServerCaptions,
} from "../../electron/contract/mail-server.ts";
import { InstallerPage } from "./installer-page.tsx";
import { MarkNote } from "./mark-note.tsx";
import { PageCheck, PageField, Words } from "./page-parts.tsx";

/** What stands in the greyed box under Office 365; for the national clouds no page of Microsoft shows it. */
const office365Host = "outlook.office365.com";

/** Page 7: which mail server, and how MIM signs in to it. `marked` is the choice the screen is about. */
export function MailServerPage({
  mailServer,
  authentication,
  host,
  groupManaged,
  marked,
}: {
  readonly mailServer: MailServer;
  readonly authentication: Authentication;
  readonly host: string | null;
  readonly groupManaged: boolean;
  readonly marked: "mailServer" | "authentication";
}): ReactElement {
  const server = mailServerCaptions[mailServer];
  const asked = mailServer !== "none";
  const signIn = asked ? authenticationCaptions[authentication] : "";
  const hostShown = mailServer === "office365" ? office365Host : isOffice365(mailServer) || !asked ? "" : (host ?? "");
  const description = [
    `Mail Server: ${server}${marked === "mailServer" ? ", marked 1" : ""}.`,
    ...(asked ? [`Authentication: ${signIn}${marked === "authentication" ? ", marked 2" : ""}.`] : []),
    `Use Group Managed Service Account: ${groupManaged ? "checked" : "not checked"}.`,
    "Then Next.",
  ].join(" ");
  const legend =
    marked === "mailServer" ? (
      <MarkNote number={1}>
        Choose <b>{server}</b>
      </MarkNote>
    ) : asked ? (
      <MarkNote number={2}>
        Choose <b>{signIn}</b>
      </MarkNote>
    ) : null;
  return (
    <InstallerPage
      page={7}
      subtitle="Configure mail server connection"
      bodyHeight={172}
      description={description}
      legend={legend}
    >
      <Words y={94} text="Enter the mail server location." />
      <PageField
        y={122}
        caption="Mail Server:"
        value={server}
        kind="choice"
        mark={marked === "mailServer" ? 1 : undefined}
      />
      <PageField y={152} value={hostShown} greyed={isOffice365(mailServer) || !asked} />
      <PageField
        y={190}
        caption="Authentication:"
        value={signIn}
        kind="choice"
        greyed={!asked}
        mark={marked === "authentication" && asked ? 2 : undefined}
      />
      <PageCheck y={218} caption="Use Group Managed Service Account" checked={groupManaged} />
    </InstallerPage>
  );
}
