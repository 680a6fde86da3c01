import { createContext } from "react";

/** Tells a screen reader something that was not asked for; the window gives the way. */
export const AnnounceContext = createContext<(text: string) => void>(() => undefined);
