import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { FollowedPage } from "../../electron/contract/change-mode.ts";
import type { ExtraPage, WizardPage } from "../../electron/contract/wizard.ts";

const useStyles = makeStyles({
  note: { display: "flex", flexDirection: "column", gap: "4px" },
  title: { margin: 0, lineHeight: "20px", fontWeight: 600 },
  when: {
    margin: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
  },
  steps: { margin: 0, paddingLeft: "20px", lineHeight: "20px" },
});

/**
 * The pages of other features that the installer shows, or may show, between this page and the next. The last page has
 * those before it as well: the order of the pages alone cannot tell them apart.
 */
export function extrasBeside(
  page: Pick<WizardPage, "id">,
  followed: FollowedPage | null,
  pages: readonly Pick<WizardPage, "id">[],
  extras: readonly ExtraPage[],
): readonly ExtraPage[] {
  if (followed?.extra !== undefined) return extras.filter(({ id }) => id === followed.extra);
  const index = pages.findIndex(({ id }) => id === page.id);
  const near = [page.id, ...(followed?.known === "order" ? [pages[index - 1]?.id] : [])];
  return extras.filter(({ after }) => near.includes(after));
}

/** What to do on pages of other features. */
export function ExtraPageNotes({
  extras,
  shown,
}: {
  readonly extras: readonly ExtraPage[];
  /** True when the installer shows this very page. */
  readonly shown: boolean;
}): ReactElement | null {
  const styles = useStyles();
  if (extras.length === 0) return null;
  return (
    <section className={styles.note} data-extra-pages={extras.map(({ id }) => id).join(" ")}>
      <p className={styles.title}>{shown ? "The installer shows" : "Another page may come"}</p>
      {extras.map(({ id, title, when, instructions }) => (
        <div key={id} className={styles.note}>
          <p className={styles.when}>
            {title}. {when}
          </p>
          <ul className={styles.steps}>
            {instructions.map((instruction) => (
              <li key={instruction}>{instruction}</li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
