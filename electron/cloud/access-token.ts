import * as z from "zod";

/** What an access token says of itself, so far as it is asked. */
export interface TokenClaims {
  readonly roles: readonly string[];
}

const claimsSchema = z.object({
  roles: z.array(z.string().max(200)).max(1000).optional().catch(undefined),
});

/**
 * The claims of an access token, decoded here and never verified: the token is Exchange Online's to judge, this only
 * tells an administrator what was put into it. Null for a token that is no JSON web token, or is encrypted.
 */
export function claimsOf(token: string): TokenClaims | null {
  const parts = token.split(".");
  if (parts.length !== 3) return null;
  try {
    const parsed = claimsSchema.safeParse(JSON.parse(Buffer.from(parts[1] ?? "", "base64url").toString("utf8")));
    return parsed.success ? { roles: parsed.data.roles ?? [] } : null;
  } catch {
    return null;
  }
}
