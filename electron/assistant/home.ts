import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The folder where settings, the target and the practice server live between starts: `MIM_MAIL_HOME`,
 * else the user's data folder of the platform.
 */
export function homeFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const chosen = chosenHome(environment);
  if (chosen !== null) return chosen;
  if (platform === "win32") {
    return join(environment["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local"), "MIM Mail Assistant");
  }
  return join(environment["XDG_DATA_HOME"] ?? join(homedir(), ".local", "share"), "mim-mail-assistant");
}

/** The folder the person named in `MIM_MAIL_HOME`; null for none. */
export function chosenHome(environment: Readonly<Record<string, string | undefined>> = process.env): string | null {
  return environment["MIM_MAIL_HOME"] || null;
}
