import { makeStyles, ProgressBar, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { InstallerWatch } from "../../electron/contract/change-mode.ts";
import type { WizardPage } from "../../electron/contract/wizard.ts";
import { watchTitle } from "../store/watch-labels.ts";
import { counted } from "../ui/phrases.ts";

const useStyles = makeStyles({
  parts: { display: "flex", flexDirection: "column", gap: "8px" },
  title: { margin: 0, fontWeight: 600, lineHeight: "20px" },
  // Two lines high, so that nothing jumps when an action's name is longer.
  action: {
    margin: 0,
    minHeight: "20px",
    lineHeight: "20px",
    color: tokens.colorNeutralForeground2,
    overflowWrap: "anywhere",
  },
});

/** How far the installer is, and what it does now. */
export function RunProgress({
  watch,
  pages,
}: {
  readonly watch: InstallerWatch;
  readonly pages: readonly WizardPage[];
}): ReactElement {
  const styles = useStyles();
  const title = watchTitle(watch, pages);
  const fraction =
    watch.phase === "pages"
      ? (watch.page?.page ?? 0) / Math.max(1, pages.length)
      : watch.phase === "installing"
        ? watch.fraction
        : null;
  const action =
    watch.action ??
    (watch.phase === "pages"
      ? "Nothing is changed before the last page."
      : watch.phase === "installing"
        ? "Beginning"
        : "");
  return (
    <div className={styles.parts} data-run-phase={watch.phase}>
      <p className={styles.title}>{title}</p>
      <ProgressBar aria-label={title} thickness="large" {...(fraction === null ? {} : { value: fraction })} />
      <p className={styles.action}>
        {action}
        {watch.phase === "installing" && watch.actionsEnded > 0 && ` (${counted(watch.actionsEnded, "action")} done)`}
      </p>
    </div>
  );
}
