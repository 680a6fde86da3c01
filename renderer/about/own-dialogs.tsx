import { lazy, type ReactElement, Suspense } from "react";
import { useOpenDialog } from "./open-dialog.ts";

const HelpDialog = lazy(async () => ({ default: (await import("./help-dialog.tsx")).HelpDialog }));
const AboutDialog = lazy(async () => ({ default: (await import("./about-dialog.tsx")).AboutDialog }));

/** The user guide and the program's own dialog, whichever is open. */
export function OwnDialogs(): ReactElement | null {
  const open = useOpenDialog((dialog) => dialog.open);
  if (open !== "help" && open !== "about") return null;
  return <Suspense>{open === "help" ? <HelpDialog /> : <AboutDialog />}</Suspense>;
}
