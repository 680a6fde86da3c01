import type { ReactElement } from "react";
import { InstallerPage } from "./installer-page.tsx";
import { PageField } from "./page-parts.tsx";

/** The captions of this page are longer than others. */
const left = 228;

/** Page 10: the account MIM Service runs as, and the address its mail comes from. */
export function ServiceAccountPage({
  name,
  domain,
  email,
  groupManaged,
  emailPasswordGreyed,
}: {
  readonly name: string;
  readonly domain: string;
  readonly email: string;
  readonly groupManaged: boolean;
  readonly emailPasswordGreyed: boolean;
}): ReactElement {
  const description = [
    `1, Service Account Name: ${name === "" ? "not known" : name}.`,
    groupManaged
      ? "Service Account Password: greyed, a group Managed Service Account has none to type."
      : "2, Service Account Password: type it there.",
    `Service Account Domain: ${domain === "" ? "not known" : domain}.`,
    `3, Service Email Account: ${email === "" ? "not entered yet" : email}.`,
    `Service Email Account Password: ${emailPasswordGreyed ? "greyed" : "leave it"}, it stays empty.`,
  ].join(" ");
  return (
    <InstallerPage page={10} subtitle="Configure the MIM service account" bodyHeight={212} description={description}>
      <PageField left={left} y={98} caption="Service Account Name:" value={name} mark={1} />
      <PageField
        left={left}
        y={138}
        caption="Password:"
        value=""
        greyed={groupManaged}
        mark={groupManaged ? undefined : 2}
      />
      <PageField left={left} y={174} caption="Domain:" value={domain} />
      <PageField left={left} y={214} caption="Service Email Account:" value={email} mark={3} />
      <PageField left={left} y={254} caption="Service Email Account Password:" value="" greyed={emailPasswordGreyed} />
    </InstallerPage>
  );
}
