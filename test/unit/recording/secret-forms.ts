/** What a secret is in these tests: no product writes it, so that finding it again means that it stayed. */
export const tail = "zYx9TAILwVu8";

const names = [
  ...["Password", "smtpPassword", "SERVICE_ACCOUNT_PASSWORD", "pwd", "clientSecret", "client_secret", "Client Secret"],
  ...["AccountKey", "SharedAccessKey", "apiKey", "accessToken", "Passphrase", "machine-key", "privateKey"],
];
const values: readonly (readonly [what: string, text: string, quotedOnly?: true])[] = [
  ["a word", tail],
  ["two words", `two ${tail}`],
  ["an ampersand", `a&${tail}`],
  ["a comma", `a,${tail}`],
  ["a semicolon", `a;${tail}`, true],
];
const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

export interface SecretForm {
  readonly what: string;
  /** The form as it stands in a text that is no XML. */
  readonly text: string;
  /** The form within a service's configuration; null where that could not hold it. */
  readonly xml: string | null;
}

const inConfig = (inner: string): string =>
  `<?xml version="1.0"?>\n<configuration>\n  <appSettings>\n    ${inner}\n  </appSettings>\n</configuration>\n`;

/** Name × separator × quoting × encoding, and what has a form without a name. */
export function secretForms(): readonly SecretForm[] {
  const forms: SecretForm[] = [];
  const add = (what: string, text: string, xml: string | null): void => void forms.push({ what, text, xml });
  for (const name of names) {
    const plainName = name.replaceAll(" ", "");
    for (const [value, text, quotedOnly] of values) {
      const what = `${name}, ${value}`;
      if (!quotedOnly) {
        for (const separator of ["=", ": ", " = ", "=>"]) {
          add(`${what}, ${separator}`, `Server=a; ${name}${separator}${text}`, null);
        }
        const connection = `Server=a;${name}=${text};Database=b`;
        add(
          `${what}, connection string`,
          connection,
          inConfig(`<add name="x" connectionString="${escaped(connection)}"/>`),
        );
      }
      add(`${what}, JSON`, JSON.stringify({ a: 1, [name]: text, b: 2 }), null);
      add(`${what}, JSON in JSON`, JSON.stringify({ m: JSON.stringify({ [name]: text }) }), null);
      add(`${what}, quoted`, `${name}='${text}' b`, inConfig(`<!-- ${name}='${text}' -->`));
      const entities = `${name}=&quot;${escaped(text)}&quot;;Database=b`;
      add(`${what}, entities`, entities, inConfig(`<add name="x" connectionString="${entities}"/>`));
      const attribute = `<mail ${plainName}="${escaped(text)}" host="a"/>`;
      add(`${what}, attribute`, attribute, inConfig(attribute));
      const added = `<add key="${name}" description="x" value="${escaped(text)}"/>`;
      add(`${what}, key`, added, inConfig(added));
      const reversed = `<add value="${escaped(text)}" description="x" key="${name}"/>`;
      add(`${what}, key behind`, reversed, inConfig(reversed));
      const setting = `<setting name="${name}" serializeAs="String"><value>${escaped(text)}</value></setting>`;
      add(`${what}, setting`, setting, inConfig(setting));
      const element = `<${plainName}>${escaped(text)}</${plainName}>`;
      add(`${what}, element`, element, inConfig(element));
      add(`${what}, CDATA`, element, inConfig(`<${plainName}><![CDATA[${text}]]></${plainName}>`));
    }
  }
  const base64 = Buffer.from(`user:${tail}${tail}`).toString("base64");
  for (const header of ["Basic", "Bearer"]) {
    add(
      `${header} header`,
      `Authorization: ${header} ${tail}${tail}`,
      inConfig(`<!-- Authorization: ${header} ${tail}${tail} -->`),
    );
    add(`${header} alone`, `sent ${header} ${tail}${tail}= to`, null);
  }
  add("Basic of a user", `Authorization: Basic ${base64}`, null);
  add("web token", `token is eyJ${tail}.${tail}.${tail} end`, inConfig(`<x a="eyJ${tail}.${tail}.${tail}"/>`));
  add("client secret", `it was ${entraSecret} there`, inConfig(`<x a="${entraSecret}"/>`));
  add("encrypted", `AQAAANCMnd8BFdERjHoAwE/Cl+s${tail}=`, inConfig(`<x>AQAAANCMnd8BFdERjHoAwE/Cl+s${tail}=</x>`));
  add("machineKey", "x", inConfig(`<machineKey validationKey="${tail}" decryptionKey="${tail}" validation="SHA1"/>`));
  return forms.map((form) => (form.what.includes(" of a user") ? { ...form, text: form.text } : form));
}

/** An Entra client secret as it looks; {@link tail} is in it. */
export const entraSecret = `abc8Q~${tail}abcdefghijklmnopqrstuv`;
