/** Builds that matter. Source: MIM version release history, looked at on 2026-11-23. */

/** The first build that offers Application Context Authentication. */
export const firstBuild = "4.6.421.0";
/** The first build that writes the token errors to the event log. */
export const firstBuildWithTokenEvents = "4.6.607.0";
/** Replaced by 4.6.531.0 soon after it came out. */
export const supersededBuild = "4.6.530.0";
/**
 * The last build of Service Pack 2; what is newer is Service Pack 3 (KB5085154, April 2026), whose own number no source
 * gives.
 */
export const lastBuildOfServicePack2 = "4.6.673.0";
