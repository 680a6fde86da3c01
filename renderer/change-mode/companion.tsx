import { Button, Checkbox, makeStyles, mergeClasses, Select, tokens } from "@fluentui/react-components";
import { ChevronLeft20Regular } from "@fluentui/react-icons/svg/chevron-left";
import { ChevronRight20Regular } from "@fluentui/react-icons/svg/chevron-right";
import { Dismiss20Regular } from "@fluentui/react-icons/svg/dismiss";
import { type ReactElement, type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { InstallerWatch } from "../../electron/contract/change-mode.ts";
import type { PageId, WizardPage } from "../../electron/contract/wizard.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { countedNumber, pageOf, pagesCounted } from "../store/page-count.ts";
import { pageName } from "../store/page-name.ts";
import { currentPage, hasSucceeded } from "../store/watch-labels.ts";
import { useChangeMode } from "./change-mode-store.ts";
import { ExtraPageNotes, extrasBeside } from "./extra-page-notes.tsx";
import { Fold } from "./fold.tsx";
import { enteredIn, type PageAnswers, PracticePage, untouched } from "./practice-page.tsx";
import { RunEnd } from "./run-end.tsx";
import { RunNotices } from "./run-notices.tsx";
import { RunProgress } from "./run-progress.tsx";
import { PageDrawing } from "./wizard/page-drawing.tsx";
import { pageEntries } from "./wizard/page-entries.ts";
import { unknownLook } from "./wizard/page-labels.ts";
import { buttonOn } from "./wizard/page-marks.ts";
import { PagePictures } from "./wizard/page-pictures.tsx";
import { pagePlace } from "./wizard/page-place.ts";
import { PagePlaceBadge } from "./wizard/page-place-badge.tsx";
import { Traps } from "./wizard/traps.tsx";
import { useWizard } from "./wizard/use-wizard.ts";
import { ValueList } from "./wizard/value-list.tsx";

const useStyles = makeStyles({
  companion: {
    display: "flex",
    flexDirection: "column",
    height: "100%",
    minHeight: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
  },
  head: {
    display: "flex",
    alignItems: "center",
    gap: "8px",
    minHeight: "40px",
    padding: "4px 8px 4px 16px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  headline: { flexGrow: 1, margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: "20px", fontWeight: 600 },
  scroll: {
    flexGrow: 1,
    minHeight: 0,
    overflowY: "auto",
    display: "flex",
    flexDirection: "column",
    gap: "16px",
    padding: "16px",
    "> *": { flexShrink: 0 },
  },
  foot: {
    display: "flex",
    flexDirection: "column",
    gap: "8px",
    padding: "12px 16px",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: "22px",
    fontWeight: 600,
    outline: "none",
  },
  place: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "4px 8px" },
  quiet: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  small: {
    margin: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
  },
  steps: { margin: 0, paddingLeft: "20px", display: "flex", flexDirection: "column", gap: "4px", lineHeight: "20px" },
  traps: {
    padding: "8px 12px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
    backgroundColor: tokens.colorStatusWarningBackground1,
  },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px" },
  section: { display: "flex", flexDirection: "column", gap: "8px" },
  label: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: "16px", fontWeight: 600 },
  ticks: { listStyle: "none", margin: "4px 0 0 -8px", padding: 0 },
  tick: { display: "flex", alignItems: "center" },
  tickLabel: { color: tokens.colorNeutralForeground1 },
  current: { fontWeight: 600 },
  select: { width: "100%" },
});

/** How long the practice installer's next page is waited for, in milliseconds. */
const longestTurn = 1500;

const numbered = (number: number | null, name: string): string => (number === null ? name : `${number}. ${name}`);

/** The ways to tell the companion where the installer is, when it took a wrong guess. */
function Moves({
  page,
  pages,
  watch,
}: {
  readonly page: WizardPage | undefined;
  readonly pages: readonly WizardPage[];
  readonly watch: InstallerWatch;
}): ReactElement {
  const styles = useStyles();
  const moveTo = useChangeMode((store) => store.moveTo);
  const select = useId();
  const index = page === undefined ? -1 : pages.findIndex(({ id }) => id === page.id);
  const beside = (distance: -1 | 1): PageId | null => pages[index + distance]?.id ?? null;
  const [before, after] = [index < 0 ? null : beside(-1), beside(1)];
  return (
    <div className={styles.section}>
      <label className={styles.label} htmlFor={select}>
        The installer is on another page
      </label>
      <div className={styles.row}>
        <Button
          size="small"
          icon={<ChevronLeft20Regular />}
          disabledFocusable={before === null}
          onClick={() => before !== null && void moveTo(before)}
        >
          Page before
        </Button>
        <Button
          size="small"
          icon={<ChevronRight20Regular />}
          iconPosition="after"
          disabledFocusable={after === null}
          onClick={() => after !== null && void moveTo(after)}
        >
          Page after
        </Button>
      </div>
      <Select
        id={select}
        className={styles.select}
        size="small"
        value={page?.id ?? ""}
        onChange={(_event, data) => {
          const chosen = pages.find(({ id }) => id === data.value);
          if (chosen !== undefined) void moveTo(chosen.id);
        }}
      >
        {page === undefined && <option value="">Not known</option>}
        {pages.map(({ id, title, subtitle }) => (
          <option key={id} value={id}>
            {numbered(countedNumber({ id }, pages, watch), pageName({ title, subtitle }))}
          </option>
        ))}
      </Select>
    </div>
  );
}

function PageParts({
  page,
  pages,
  watch,
  children,
}: {
  readonly page: WizardPage;
  readonly pages: readonly WizardPage[];
  readonly watch: InstallerWatch;
  /** The page's own controls, where they are gone through here. */
  readonly children: ReactNode;
}): ReactElement {
  const styles = useStyles();
  const extraPages = useAssistant((store) => store.state?.wizard.extraPages) ?? [];
  // What is chosen is among the instructions; what is typed is here to be copied, or is said to be a secret.
  const entries = pageEntries(page).filter(({ kind }) => kind === "typed" || kind === "secret");
  const unknown = unknownLook(page);
  return (
    <>
      <div className={styles.section}>
        <div className={styles.place}>
          <span className={styles.quiet}>{pageOf(page, pages, watch)}</span>
          <PagePlaceBadge place={pagePlace(page, watch, pages)} />
        </div>
        <h3 className={styles.title}>{pageName(page)}</h3>
        {watch.page?.known === "order" && (
          <p className={styles.small}>Told by the order of the pages. If the installer shows another, say so below.</p>
        )}
      </div>
      <div>
        <PageDrawing page={page} />
        {unknown !== null && <p className={styles.small}>{unknown}</p>}
      </div>
      {children}
      <ul className={styles.steps}>
        {page.instructions.map((instruction) => (
          <li key={instruction}>{instruction}</li>
        ))}
      </ul>
      {entries.length > 0 && <ValueList entries={entries} narrow />}
      {page.traps.length > 0 && (
        <div className={styles.traps}>
          <Traps traps={page.traps} />
        </div>
      )}
      {page.when !== null && <p className={styles.small}>{page.when}</p>}
      <ExtraPageNotes
        extras={extrasBeside(page, watch.page, pages, extraPages)}
        shown={watch.page?.extra !== undefined}
      />
    </>
  );
}

/** Where to look for the installer's window, as long as it may not have been seen. */
function WhereItIs({ watch }: { readonly watch: InstallerWatch }): ReactElement | null {
  const styles = useStyles();
  if (watch.practice || (watch.page?.page ?? 1) > 1) return null;
  return (
    <p className={styles.quiet} data-where-it-is>
      The installer’s window may be behind others: choose it in the taskbar.
    </p>
  );
}

/** The practice installer has no window of its own: its buttons are here. */
function PracticeButtons({
  watch,
  page,
  answers,
  onAnswer,
}: {
  readonly watch: InstallerWatch;
  readonly page: WizardPage | undefined;
  readonly answers: PageAnswers;
  readonly onAnswer: (answers: PageAnswers) => void;
}): ReactElement {
  const styles = useStyles();
  const press = useChangeMode((store) => store.press);
  const label = useId();
  const shown = `${watch.phase} ${watch.page?.page} ${watch.signInErrors.length}`;
  const [pressedOn, setPressedOn] = useState<string | null>(null);
  // The next page takes a moment to come up: a second press must not reach it unseen.
  useEffect(() => {
    if (pressedOn === null) return;
    const timer = setTimeout(() => setPressedOn(null), longestTurn);
    return () => clearTimeout(timer);
  }, [pressedOn]);
  const ready = page !== undefined && pressedOn !== shown;
  return (
    <section className={styles.foot} aria-labelledby={label} data-practice-installer>
      <p id={label} className={styles.label}>
        Practice installer
      </p>
      <div className={styles.row}>
        <Button
          appearance="primary"
          disabledFocusable={!ready}
          data-press="next"
          onClick={() => {
            setPressedOn(shown);
            void press("next", page === undefined ? [] : enteredIn(page, answers)).then((pressed) => {
              if (!pressed) setPressedOn(null);
              // A secret stays no longer than it is needed.
              else onAnswer({ ...answers, secret: "", emailPassword: "" });
            });
          }}
        >
          {page === undefined ? "Next" : buttonOn(page)}
        </Button>
        <Button disabledFocusable={!ready} data-press="cancel" onClick={() => void press("cancel")}>
          Cancel
        </Button>
        <span className={styles.small}>In place of the installer’s own window</span>
      </div>
    </section>
  );
}

/** The way on from a run that succeeded: where the companion has a window of its own, the other one turns to the step. */
function ToVerify(): ReactElement {
  const go = useAssistant((store) => store.go);
  const screen = useAssistant((store) => store.screen);
  const showCompanion = useChangeMode((store) => store.showCompanion);
  const panel = useChangeMode((store) => store.panel);
  return (
    <div>
      <Button
        appearance="primary"
        onClick={() => {
          void showCompanion(false, panel ? undefined : "verify");
          if (panel && screen !== "verify") go("verify");
        }}
        data-to-verify
      >
        Go to Verify
      </Button>
    </div>
  );
}

function Ticks({
  pages,
  watch,
}: {
  readonly pages: readonly WizardPage[];
  readonly watch: InstallerWatch;
}): ReactElement {
  const styles = useStyles();
  const tick = useChangeMode((store) => store.tick);
  const behind = pages.filter(({ number }) => watch.ticked.includes(number)).length;
  const asked = pagesCounted(pages, watch).length;
  return (
    <Fold label={`${behind} of ${asked} pages completed`}>
      <ul className={styles.ticks}>
        {pages.map((page) => {
          const current = watch.page?.page === page.number;
          return (
            <li key={page.id} className={styles.tick} aria-current={current ? "step" : undefined}>
              <Checkbox
                checked={watch.ticked.includes(page.number)}
                label={
                  <span className={mergeClasses(styles.tickLabel, current && styles.current)}>
                    {numbered(countedNumber(page, pages, watch), pageName(page))}
                    {page.appears === "never" && <span className={styles.small}> (not asked for)</span>}
                  </span>
                }
                onChange={(_event, data) => void tick(page.id, data.checked === true)}
              />
            </li>
          );
        })}
      </ul>
    </Fold>
  );
}

/** Goes beside the installer: its page drawn, what to do there, and how far it is. */
export function Companion({ onClose }: { readonly onClose?: () => void }): ReactElement {
  const styles = useStyles();
  const { pages, watch } = useWizard();
  const scroll = useRef<HTMLDivElement>(null);
  const page = currentPage(watch, pages);
  const at = `${watch?.phase} ${page?.id}`;
  const found = useAssistant((store) => store.state?.found);
  const [given, setGiven] = useState<{ readonly page: PageId; readonly answers: PageAnswers } | null>(null);
  const answers =
    page === undefined ? {} : given?.page === page.id ? given.answers : found ? untouched(page, found) : {};
  const onAnswer = (next: PageAnswers): void => {
    if (page !== undefined) setGiven({ page: page.id, answers: next });
  };
  const shown = useRef(at);
  useEffect(() => {
    // A new page begins at its head; the focus stays where the person works.
    if (shown.current !== at) scroll.current?.scrollTo(0, 0);
    shown.current = at;
  }, [at]);

  let body: ReactNode;
  if (watch === null) {
    body = <p className={styles.quiet}>The installer is not open. Start it on the step Change mode.</p>;
  } else if (watch.phase === "pages" || (watch.phase === "begun" && page !== undefined)) {
    // A log that names no page yet leaves it to the person to say where the wizard is.
    body = (
      <>
        <RunNotices watch={watch} />
        <WhereItIs watch={watch} />
        {page === undefined ? (
          <p className={styles.quiet}>Which page the installer is on is not known yet. Say it below.</p>
        ) : (
          <PageParts page={page} pages={pages} watch={watch}>
            {watch.practice && <PracticePage key={page.id} page={page} answers={answers} onAnswer={onAnswer} />}
          </PageParts>
        )}
        <Moves page={page} pages={pages} watch={watch} />
        {page !== undefined && (
          <div className={styles.section}>
            <p className={styles.label}>Picture of this page, for the report</p>
            <PagePictures key={page.id} page={page} compact />
          </div>
        )}
      </>
    );
  } else if (watch.phase === "ended") {
    body = <RunEnd watch={watch} />;
  } else {
    body = (
      <>
        <RunProgress watch={watch} pages={pages} />
        <RunNotices watch={watch} />
        {watch.phase === "installing" && (
          <p className={styles.quiet}>
            {watch.practice
              ? "The practice server is being changed."
              : "Leave the installer’s window alone until it says that it has ended."}
          </p>
        )}
        {watch.phase === "begun" && (
          <>
            <WhereItIs watch={watch} />
            <Moves page={page} pages={pages} watch={watch} />
          </>
        )}
      </>
    );
  }
  return (
    <div className={styles.companion} data-companion={watch?.phase ?? "none"}>
      <div className={styles.head}>
        <h2 className={styles.headline}>Companion</h2>
        {onClose !== undefined && (
          <Button
            appearance="subtle"
            size="small"
            icon={<Dismiss20Regular />}
            aria-label="Close the companion"
            onClick={onClose}
          />
        )}
      </div>
      <div ref={scroll} className={styles.scroll}>
        {body}
        {watch?.phase === "ended" && hasSucceeded(watch) && <ToVerify />}
        {watch !== null && <Ticks pages={pages} watch={watch} />}
      </div>
      {watch?.phase === "pages" && watch.practice && (
        <PracticeButtons watch={watch} page={page} answers={answers} onAnswer={onAnswer} />
      )}
    </div>
  );
}
