/** What to do where something could not be read, by what the reason tells. The first row that fits decides. */
const advices: readonly { readonly reason: RegExp; readonly advice: readonly string[] }[] = [
  {
    reason: /hive (?:is )?not loaded/i,
    advice: [
      "The account's hive is loaded only while its service runs: start the Forefront Identity Manager Service.",
      "Reading it needs elevation: start the assistant as an administrator and check again.",
    ],
  },
  {
    reason: /language ?mode/i,
    advice: [
      "A policy runs PowerShell in Constrained Language Mode on this server. Let it trust the assistant's scripts, then check again.",
    ],
  },
  {
    reason: /identity references?|could not be translated|no mapping between account|trust relationship/i,
    advice: [
      "Windows could not find the account. Check that it still exists and that a domain controller answers from this server, then check again.",
    ],
  },
  {
    reason:
      /denied|unauthori[sz]ed|needs elevation|\b(?:EACCES|EPERM)\b|0x80070005|verweigert|refus\u00e9|denegado|negado/i,
    advice: ["Start the assistant as an administrator and check again."],
  },
  {
    reason: /larger than/i,
    advice: ["It is larger than what MIM writes. Look at it on the server yourself."],
  },
  {
    reason: /not well-formed/i,
    advice: ["Mend the file on the server, or put back the copy from before it was changed, then check again."],
  },
  {
    reason: /powershell|gave no answer|no answer for|was not asked for|RPC server|WMI|\bCIM\b/i,
    advice: [
      "Check again. If it stays so, see whether a policy or a virus scanner stops Windows PowerShell, and whether the service Windows Management Instrumentation runs.",
    ],
  },
];

/** The advice that fits a reason; null where the reason is none of those known. */
export function adviceForReason(reason: string): readonly string[] | null {
  return advices.find(({ reason: pattern }) => pattern.test(reason))?.advice ?? null;
}
