import { Link, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ChevronDown20Regular } from "@fluentui/react-icons/svg/chevron-down";
import { type ReactElement, useEffect, useId, useState } from "react";
import type { InstallerWatch } from "../../electron/contract/change-mode.ts";
import type { PageId, WizardPage } from "../../electron/contract/wizard.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { assistant } from "../store/bridge.ts";
import { countedNumber } from "../store/page-count.ts";
import { pageName } from "../store/page-name.ts";
import { screenName } from "../store/screens.ts";
import { useFoldStyles } from "./fold-style.ts";
import { PageDrawing } from "./wizard/page-drawing.tsx";
import { unknownLook } from "./wizard/page-labels.ts";
import { asksForSomething } from "./wizard/page-marks.ts";
import { pagePlace } from "./wizard/page-place.ts";
import { PagePlaceBadge } from "./wizard/page-place-badge.tsx";
import { Traps } from "./wizard/traps.tsx";

const useStyles = makeStyles({
  pages: { listStyle: "none", margin: "0 -8px", padding: 0 },
  page: { borderTop: `1px solid ${tokens.colorNeutralStroke3}`, ":first-child": { borderTop: "none" } },
  heading: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: 400 },
  head: {
    display: "grid",
    gridTemplateColumns: "24px minmax(0, 1fr) auto 20px",
    alignItems: "start",
    gap: "0 8px",
    width: "100%",
    boxSizing: "border-box",
    padding: "8px",
    border: "none",
    borderRadius: tokens.borderRadiusMedium,
    background: "transparent",
    color: tokens.colorNeutralForeground1,
    font: "inherit",
    lineHeight: "20px",
    textAlign: "left",
    cursor: "pointer",
    ":hover": { backgroundColor: tokens.colorNeutralBackground2 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  number: { color: tokens.colorNeutralForeground2 },
  name: { display: "block", fontWeight: 600 },
  note: { display: "block", color: tokens.colorNeutralForeground2 },
  chevron: { color: tokens.colorNeutralForeground3 },
  turned: { transform: "rotate(180deg)" },
  details: { display: "flex", flexDirection: "column", gap: "12px", padding: "4px 8px 16px 40px" },
  text: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

/** True for a page on which something is chosen, typed or changed; on the others it is only gone through. */
function decides(page: WizardPage): boolean {
  return (
    page.appears !== "never" &&
    (page.id === "certificate" || page.id === "install" || page.controls.some(asksForSomething))
  );
}

/** What to do on a page, in one line; the button goes without saying where there is something else. */
export function pageNote(page: WizardPage): string {
  if (page.appears === "never") return page.when ?? "Not asked for.";
  const all = page.instructions.filter((one) => one !== "Choose Next.");
  return all.length === 0 ? "Choose Next." : all.join(" ");
}

function PageRow({
  page,
  pages,
  watch,
}: {
  readonly page: WizardPage;
  readonly pages: readonly WizardPage[];
  readonly watch: InstallerWatch | null;
}): ReactElement {
  const styles = useStyles();
  const [unfolded, setUnfolded] = useState(false);
  const details = useId();
  const place = pagePlace(page, watch, pages);
  const unknown = unknownLook(page);
  // Without a run, where each page stands says nothing yet.
  const told = watch !== null || place.place === "notAsked";
  return (
    <li className={styles.page} data-page-row={page.id}>
      <h3 className={styles.heading}>
        <button
          type="button"
          className={styles.head}
          aria-expanded={unfolded}
          aria-controls={details}
          onClick={() => setUnfolded(!unfolded)}
        >
          <span className={styles.number}>{countedNumber(page, pages, watch) ?? "–"}</span>
          <span>
            <span className={styles.name}>{pageName(page)}</span>
            <span className={styles.note}>{pageNote(page)}</span>
          </span>
          <span>{told && <PagePlaceBadge place={place} />}</span>
          <ChevronDown20Regular aria-hidden className={mergeClasses(styles.chevron, unfolded && styles.turned)} />
        </button>
      </h3>
      <div id={details} className={unfolded ? styles.details : undefined} hidden={!unfolded}>
        {unfolded && (
          <>
            <PageDrawing page={page} />
            {unknown !== null && <p className={styles.text}>{unknown}</p>}
            {page.appears !== "always" && page.when !== null && <p className={styles.text}>{page.when}</p>}
            <Traps traps={page.traps} />
            {page.step !== null && page.step !== "changeMode" && (
              <p className={styles.text}>
                Its step here:{" "}
                <Link href={`#${page.step}`} inline>
                  {screenName(page.step)}
                </Link>
              </p>
            )}
          </>
        )}
      </div>
    </li>
  );
}

/** The pages on which something is typed for a renewal of the client secret; empty while none waits for Change mode. */
function useRenewalPages(): readonly PageId[] {
  const checklist = useAssistant((store) => store.state?.checklist);
  const [pages, setPages] = useState<readonly PageId[]>([]);
  useEffect(() => {
    if (checklist === undefined) return;
    let wanted = true;
    void assistant()
      .getRenewal(null)
      .then((outcome) => {
        if (wanted) setPages(outcome.ok ? outcome.value.pages : []);
      });
    return () => {
      wanted = false;
    };
  }, [checklist]);
  return pages;
}

/** The installer's pages in their order: first those that decide something, all of them on demand. */
export function PageList({ pages }: { readonly pages: readonly WizardPage[] }): ReactElement {
  const styles = useStyles();
  const fold = useFoldStyles();
  const watch = useAssistant((store) => store.state?.changeMode.watch ?? null);
  const [all, setAll] = useState(false);
  const list = useId();
  const renewal = useRenewalPages();
  const renews = renewal.length > 0;
  const shown = all ? pages : pages.filter(renews ? ({ id }) => renewal.includes(id) : decides);
  return (
    <>
      {renews && (
        <p className={styles.text} data-renewal-pages>
          For the renewal of the client secret something is typed on{" "}
          {renewal.length === 1 ? "this page" : "these pages"} alone. Leave the others as they stand.
        </p>
      )}
      <ol id={list} className={styles.pages}>
        {shown.map((page) => (
          <PageRow key={page.id} page={page} pages={pages} watch={watch} />
        ))}
      </ol>
      <button
        type="button"
        className={fold.button}
        aria-expanded={all}
        aria-controls={list}
        onClick={() => setAll(!all)}
      >
        {all
          ? renews
            ? "Only pages of the renewal"
            : "Only pages that decide something"
          : `All ${pages.length} pages`}
        <ChevronDown20Regular aria-hidden className={mergeClasses(fold.chevron, all && fold.turned)} />
      </button>
    </>
  );
}
