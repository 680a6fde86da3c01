import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { PageId } from "../../../electron/contract/wizard.ts";
import { pageOf } from "../../store/page-count.ts";
import { FoldingPanel } from "../../ui/folding-panel.tsx";
import { Panel } from "../../ui/panel.tsx";
import { MarkNote } from "./mark-note.tsx";
import { pageEntries } from "./page-entries.ts";
import { PageFigure } from "./page-figure.tsx";
import { pageMarks } from "./page-marks.ts";
import { PagePictures } from "./page-pictures.tsx";
import { pagePlace } from "./page-place.ts";
import { PagePlaceBadge } from "./page-place-badge.tsx";
import { Traps } from "./traps.tsx";
import { useWizard } from "./use-wizard.ts";
import { ValueList } from "./value-list.tsx";

const useStyles = makeStyles({
  parts: { display: "flex", flexDirection: "column", gap: "16px", minWidth: 0 },
  when: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
});

/**
 * A page of the installer in its step: the drawing, the values to type, what goes wrong for others, where the installer
 * stands, and the pictures of the page. `mark` is the caption of the one control the step is about; beside it only what
 * is typed is marked. Without it all that is to be done is.
 */
export function StepPage({ id, mark }: { readonly id: PageId; readonly mark?: string }): ReactElement | null {
  const styles = useStyles();
  const { pages, watch } = useWizard();
  const page = pages.find((one) => one.id === id);
  if (page === undefined) return null;
  const entries = pageEntries(page);
  const marked = page.controls.findIndex((control) => "caption" in control && control.caption === mark);
  const number = mark === undefined ? null : (pageMarks(page, mark).controls[marked] ?? null);
  const about = entries.find((entry) => entry.mark === number && number !== null);
  // A step about one choice has the rest of the page on the step beside it.
  const listed = mark === undefined ? entries : entries.filter((entry) => entry.kind === "typed");
  return (
    <div className={styles.parts} data-step-page={id}>
      <PageFigure
        page={page}
        place={pageOf(page, pages, watch).replace(/^./, (letter) => letter.toLowerCase())}
        mark={mark}
        badge={<PagePlaceBadge place={pagePlace(page, watch, pages)} />}
        legend={
          about?.value && number !== null ? (
            <MarkNote number={number}>
              Choose <b>{about.value}</b>
            </MarkNote>
          ) : null
        }
      />
      {page.appears !== "always" && page.when !== null && <p className={styles.when}>{page.when}</p>}
      {listed.length > 0 && (
        <Panel title="To type on that page">
          <ValueList entries={listed} />
        </Panel>
      )}
      {page.traps.length > 0 && (
        <FoldingPanel title="Easily got wrong here">
          <Traps traps={page.traps} />
        </FoldingPanel>
      )}
      <PagePictures page={page} />
    </div>
  );
}
