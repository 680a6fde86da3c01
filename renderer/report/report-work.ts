import { create } from "zustand";
import { type ReportFormat, reportFormats } from "../../electron/contract/report.ts";
import type { ReportChoice } from "../../electron/contract/settings.ts";
import type { ServerSummary } from "../../electron/contract/state.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { isGivenOut } from "../store/handed-out-labels.ts";
import type { HandedOut } from "../store/offered-file.ts";

/** The parts of the report's screen, each with its title. */
export const reportParts = [
  { id: "report", title: "Report" },
  { id: "before", title: "Before and now" },
  { id: "servers", title: "Servers side by side" },
] as const;
export type ReportPart = (typeof reportParts)[number]["id"];

/** One form that was asked for: its file and what became of it, or null when it could not be made. */
export interface SavedForm {
  readonly format: ReportFormat;
  readonly file: { readonly name: string; readonly ended: HandedOut } | null;
}

interface ReportWork {
  readonly part: ReportPart;
  /** The form that is being made; null while none is. */
  readonly saving: ReportFormat | null;
  /** What the last press of the button came to. */
  readonly saved: readonly SavedForm[];
  /** The server that was saved; what was saved of another one is not told of. */
  readonly savedOf: string | null;
  /** The report as HTML, while its preview is open or being made. */
  readonly preview: "none" | "making" | { readonly html: string };
  readonly show: (part: ReportPart) => void;
  /** Makes each chosen form, one after the other; one that fails does not keep the others. */
  readonly save: (choice: ReportChoice) => Promise<void>;
  readonly openPreview: (choice: ReportChoice) => Promise<void>;
  readonly closePreview: () => void;
}

/** True for a form that was made and given out. */
export function isSaved({ file }: SavedForm): boolean {
  return file !== null && isGivenOut(file.ended);
}

/** A server as the report's screen tells it from others. */
export function serverKey({ kind, label, computer }: ServerSummary): string {
  return `${kind} ${label} ${computer}`;
}

/** What the report's screen and its buttons in the footer share. */
export const useReportWork = create<ReportWork>()((set, get) => ({
  part: "report",
  saving: null,
  saved: [],
  savedOf: null,
  preview: "none",
  show: (part) => set({ part }),
  save: async ({ formats, options }) => {
    const { state, dismissProblem, announce } = useAssistant.getState();
    if (get().saving !== null || state === null) return;
    dismissProblem();
    set({ saved: [], savedOf: serverKey(state.server) });
    for (const format of reportFormats.filter((one) => formats.includes(one))) {
      set({ saving: format });
      const file = await useAssistant.getState().saveReport(format, options);
      set((now) => ({ saved: [...now.saved, { format, file }] }));
    }
    set({ saving: null });
    const { saved } = get();
    const made = saved.filter(isSaved).length;
    // Each was told already; one that failed as well, with its reason.
    const what = useAssistant.getState().host === "program" ? "saved" : "handed to the browser";
    if (saved.length > 1) announce(`${made} of ${saved.length} forms ${what}.`);
  },
  openPreview: async ({ options }) => {
    if (get().preview !== "none") return;
    set({ preview: "making" });
    const made = await useAssistant.getState().request((bridge) => bridge.previewReport(options));
    set({ preview: made ?? "none" });
  },
  closePreview: () => set({ preview: "none" }),
}));
