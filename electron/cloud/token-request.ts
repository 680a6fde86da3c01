/**
 * What the sign-in takes of Microsoft's library, by itself: loaded at the first sign-in, and kept by the build in a file
 * that no other command reads.
 */
export { ConfidentialClientApplication, LogLevel } from "@azure/msal-node";
