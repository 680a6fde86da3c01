/** A version of TLS as .NET Framework calls it (`Tls12`), in the standard's words. */
export function tlsVersionInWords(name: string): string {
  const [, major, minor] = /^Tls(\d)?(\d)?$/.exec(name) ?? [];
  if (name === "Tls") return "TLS 1.0";
  return major === undefined ? name : `TLS ${major}.${minor ?? "0"}`;
}
