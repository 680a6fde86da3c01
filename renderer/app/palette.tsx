import { Dialog, DialogSurface, Input, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Search20Regular } from "@fluentui/react-icons/svg/search";
import { type KeyboardEvent, type ReactElement, useId, useState } from "react";
import type { FindingId } from "../../electron/contract/checklist.ts";
import { statusWords } from "../../electron/contract/status.ts";
import { useOpenDialog } from "../about/open-dialog.ts";
import { listedJournal } from "../changes/journal-labels.ts";
import { useReviewable } from "../changes/reviewable.ts";
import { restartOffer } from "../steps/verify/restart-offer.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { screenIds, screenTitle } from "../store/screens.ts";
import { counted } from "../ui/phrases.ts";
import { SpokenOnly } from "../ui/spoken-only.tsx";
import { entriesFor, type PaletteEntry } from "./palette-entries.ts";
import { themeNames } from "./theme-names.ts";

const useStyles = makeStyles({
  surface: {
    // Under the header, where the eye is; what is found grows downwards.
    marginTop: "64px",
    maxWidth: "min(640px, calc(100vw - 24px))",
    padding: "12px",
  },
  input: { width: "100%" },
  list: {
    marginTop: "8px",
    maxHeight: "min(440px, calc(100dvh - 220px))",
    overflowY: "auto",
  },
  entry: {
    display: "flex",
    alignItems: "center",
    gap: "12px",
    minHeight: "36px",
    boxSizing: "border-box",
    padding: "4px 12px",
    borderRadius: tokens.borderRadiusMedium,
    lineHeight: "20px",
    cursor: "pointer",
    ":hover": { backgroundColor: tokens.colorSubtleBackgroundHover },
  },
  chosen: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    "@media (forced-colors: active)": { outline: "2px solid Highlight", outlineOffset: "-2px" },
  },
  label: { flexGrow: 1, minWidth: 0, overflowWrap: "anywhere" },
  kind: { flexShrink: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  none: { margin: "12px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

/** Goes to the row of a finding once its screen is on show, and gives it the focus. */
function showFinding(id: FindingId): void {
  setTimeout(() => {
    const row = document.querySelector(`main [data-finding="${id}"]`);
    row?.scrollIntoView({ block: "center" });
    row?.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  });
}

/** All that can be gone to or done from here. */
function useEntries(): readonly PaletteEntry[] {
  const store = useAssistant();
  const show = useOpenDialog((dialog) => dialog.show);
  const reviewable = useReviewable();
  const { state } = store;
  const screens = [...screenIds, "activity" as const, "smtpPlan" as const].map(
    (id): PaletteEntry => ({
      id: `screen ${id}`,
      label: screenTitle(id),
      kind: "Go to",
      atFirst: true,
      run: () => store.go(id),
    }),
  );
  const command = (label: string, run: () => void, when = true): PaletteEntry[] =>
    when ? [{ id: `command ${label}`, label, kind: "Command", atFirst: true, run }] : [];
  const findings = (state?.checklist.steps ?? []).flatMap((step) =>
    step.findings
      .filter(({ status }) => status !== "notApplicable")
      .map(
        ({ id, title, status }): PaletteEntry => ({
          id: `finding ${id}`,
          label: title,
          kind: `${screenTitle(step.id)} · ${statusWords[status]}`,
          atFirst: false,
          run: () => {
            store.go(step.id);
            showFinding(id);
          },
        }),
      ),
  );
  const restart = state === null ? null : restartOffer(state);
  const journals = state === null || state.changes.refusal !== null ? [] : state.changes.journals;
  const last = journals.find((journal) => listedJournal(journal, journals).offer === "putBack");
  return [
    ...screens,
    ...command("Check again", () => void store.look()),
    ...command(`Review ${counted(reviewable, "value")}`, () => store.ask({ what: "apply" }), reviewable > 0),
    ...command(
      "Undo the last change…",
      () => last && store.ask({ what: "putBack", journal: last }),
      last !== undefined,
    ),
    ...command(
      "Restart the MIM Service…",
      () => store.ask({ what: "restart" }),
      restart !== null && restart.refusal === null,
    ),
    ...command("Save as script", () => void store.saveScript("ps1"), state !== null),
    ...command("Save what was seen as a recording", () => void store.saveRecording(), state !== null),
    ...command("Save the target", () => void store.saveTarget(), state !== null),
    ...command("Practice server", () => void store.chooseServer("practice")),
    ...command("This server", () => void store.chooseServer("live"), state?.available.live === true),
    ...command("Start page", () => store.showStart()),
    ...command("User guide", () => show("help")),
    ...command("About", () => show("about")),
    ...Object.entries(themeNames).flatMap(([theme, name]) =>
      command(`Colours: ${name}`, () => store.chooseTheme(theme as keyof typeof themeNames)),
    ),
    ...findings,
  ];
}

/** Steps, findings and commands by their names, with the keyboard alone: type, Up and Down, Enter. */
export function Palette(): ReactElement {
  const styles = useStyles();
  const close = useOpenDialog((dialog) => dialog.close);
  const leave = useOpenDialog((dialog) => dialog.leave);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const shown = entriesFor(useEntries(), typed);
  const chosen = shown[Math.min(at, shown.length - 1)];
  const optionId = (entry: PaletteEntry): string => `${list}-${shown.indexOf(entry)}`;
  const run = (entry: PaletteEntry): void => {
    leave();
    // After this dialog is gone: what comes takes the focus.
    setTimeout(entry.run);
  };
  const turn = (to: number): void => {
    setAt(to);
    document.getElementById(`${list}-${to}`)?.scrollIntoView({ block: "nearest" });
  };
  const pressed = (event: KeyboardEvent): void => {
    const last = shown.length - 1;
    const now = Math.min(at, last);
    if (event.key === "ArrowDown") turn(now === last ? 0 : now + 1);
    else if (event.key === "ArrowUp") turn(now <= 0 ? last : now - 1);
    else if (event.key === "Enter" && chosen !== undefined) run(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && close()}>
      <DialogSurface className={styles.surface} aria-label="Find a step, finding or command" data-palette>
        <Input
          className={styles.input}
          size="large"
          contentBefore={<Search20Regular aria-hidden />}
          placeholder="A step, a finding or a command"
          aria-label="Find"
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={chosen === undefined ? undefined : optionId(chosen)}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(_event, data) => {
            setTyped(data.value);
            setAt(0);
          }}
          onKeyDown={pressed}
        />
        <div id={list} role="listbox" aria-label="Found" className={styles.list}>
          {shown.map((entry) => (
            // The keys are the input's: the list is gone through from there, and its entries never have the focus.
            // biome-ignore lint/a11y/useKeyWithClickEvents: as above
            // biome-ignore lint/a11y/useFocusableInteractive: as above
            <div
              key={entry.id}
              id={optionId(entry)}
              role="option"
              aria-selected={entry === chosen}
              className={mergeClasses(styles.entry, entry === chosen && styles.chosen)}
              data-entry={entry.id}
              onClick={() => run(entry)}
            >
              <span className={styles.label}>{entry.label}</span>
              <span className={styles.kind}>{entry.kind}</span>
            </div>
          ))}
        </div>
        {shown.length === 0 && <p className={styles.none}>Nothing has these words.</p>}
        <div role="status">
          <SpokenOnly>{counted(shown.length, "result")}</SpokenOnly>
        </div>
      </DialogSurface>
    </Dialog>
  );
}
