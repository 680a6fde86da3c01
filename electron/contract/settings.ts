import * as z from "zod";

/** `system` follows Windows, its high-contrast setting included. */
export const themeSchema = z.enum(["system", "light", "dark", "highContrast"]);
export type ThemeChoice = z.infer<typeof themeSchema>;

/** What the window remembers between starts. */
export const settingsSchema = z.object({ theme: themeSchema.default("system") });
export type Settings = z.infer<typeof settingsSchema>;
