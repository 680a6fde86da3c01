import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Alert20Regular } from "@fluentui/react-icons/svg/alert";
import { ArrowClockwise20Regular } from "@fluentui/react-icons/svg/arrow-clockwise";
import { ArrowUndo20Regular } from "@fluentui/react-icons/svg/arrow-undo";
import { Box20Regular } from "@fluentui/react-icons/svg/box";
import { ClipboardCheckmark20Regular } from "@fluentui/react-icons/svg/clipboard-checkmark";
import { Cloud20Regular } from "@fluentui/react-icons/svg/cloud";
import { Edit20Regular } from "@fluentui/react-icons/svg/edit";
import { Eye20Regular } from "@fluentui/react-icons/svg/eye";
import { Mail20Regular } from "@fluentui/react-icons/svg/mail";
import { MailArrowUp20Regular } from "@fluentui/react-icons/svg/mail-arrow-up";
import { Power20Regular } from "@fluentui/react-icons/svg/power";
import type { ReactElement } from "react";
import type { TimelineEntry } from "../../electron/contract/verify.ts";

const icons = {
  windowsStart: Power20Regular,
  serviceStart: ArrowClockwise20Regular,
  change: Edit20Regular,
  undo: ArrowUndo20Regular,
  installer: Box20Regular,
  cloudCheck: Cloud20Regular,
  event: Alert20Regular,
  mail: Mail20Regular,
  look: Eye20Regular,
  relayCheck: MailArrowUp20Regular,
  confirmation: ClipboardCheckmark20Regular,
} as const;

const useStyles = makeStyles({
  sign: {
    display: "grid",
    placeItems: "center",
    boxSizing: "border-box",
    width: "32px",
    height: "32px",
    borderRadius: tokens.borderRadiusCircular,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground2,
  },
  action: {
    border: `1px solid ${tokens.colorStatusDangerBorder1}`,
    backgroundColor: tokens.colorStatusDangerBackground1,
    color: tokens.colorStatusDangerForeground1,
  },
  attention: {
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
    backgroundColor: tokens.colorStatusWarningBackground1,
    color: tokens.colorStatusWarningForeground1,
  },
  done: {
    border: `1px solid ${tokens.colorStatusSuccessBorder1}`,
    backgroundColor: tokens.colorStatusSuccessBackground1,
    color: tokens.colorStatusSuccessForeground1,
  },
});

/** What an entry is of, as a sign on the line of time. Its word stands beside it. */
export function TimelineIcon({ kind, status }: Pick<TimelineEntry, "kind" | "status">): ReactElement {
  const styles = useStyles();
  const Icon = icons[kind];
  const tone = status === "action" || status === "attention" || status === "done" ? styles[status] : undefined;
  return (
    <span className={mergeClasses(styles.sign, tone)}>
      <Icon aria-hidden />
    </span>
  );
}
