import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkCircle20Filled } from "@fluentui/react-icons/svg/checkmark-circle";
import { Circle20Regular } from "@fluentui/react-icons/svg/circle";
import { DismissSquare20Filled } from "@fluentui/react-icons/svg/dismiss-square";
import { QuestionCircle20Filled } from "@fluentui/react-icons/svg/question-circle";
import { SubtractCircle20Regular } from "@fluentui/react-icons/svg/subtract-circle";
import { Warning20Filled } from "@fluentui/react-icons/svg/warning";
import type { ReactElement } from "react";
import type { Status } from "../../electron/contract/status.ts";

const icons = {
  action: DismissSquare20Filled,
  unknown: QuestionCircle20Filled,
  pending: Circle20Regular,
  attention: Warning20Filled,
  done: CheckmarkCircle20Filled,
  notApplicable: SubtractCircle20Regular,
} as const;

const useStyles = makeStyles({
  icon: { flexShrink: 0, display: "block" },
  action: { color: tokens.colorStatusDangerForeground1 },
  unknown: { color: tokens.colorNeutralForeground3 },
  pending: { color: tokens.colorNeutralForeground3 },
  attention: { color: tokens.colorStatusWarningForeground1 },
  done: { color: tokens.colorStatusSuccessForeground1 },
  notApplicable: { color: tokens.colorNeutralForeground3 },
});

/** The sign of a status: shape and colour differ. Always beside its word, so it is hidden from screen readers. */
export function StatusIcon({ status }: { readonly status: Status }): ReactElement {
  const styles = useStyles();
  const Icon = icons[status];
  return <Icon aria-hidden className={mergeClasses(styles.icon, styles[status])} />;
}
