import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkCircle20Filled } from "@fluentui/react-icons/svg/checkmark-circle";
import { Circle20Regular } from "@fluentui/react-icons/svg/circle";
import { CircleHalfFill20Regular } from "@fluentui/react-icons/svg/circle-half-fill";
import { DismissSquare20Filled } from "@fluentui/react-icons/svg/dismiss-square";
import { QuestionCircle20Filled } from "@fluentui/react-icons/svg/question-circle";
import { SubtractCircle20Regular } from "@fluentui/react-icons/svg/subtract-circle";
import { Warning20Filled } from "@fluentui/react-icons/svg/warning";
import type { ReactElement } from "react";
import type { Sign } from "./sign.ts";

const icons = {
  action: DismissSquare20Filled,
  unknown: QuestionCircle20Filled,
  ready: CircleHalfFill20Regular,
  pending: Circle20Regular,
  attention: Warning20Filled,
  done: CheckmarkCircle20Filled,
  notApplicable: SubtractCircle20Regular,
} as const;

const useStyles = makeStyles({
  icon: { flexShrink: 0, display: "block" },
  action: { color: tokens.colorStatusDangerForeground1 },
  unknown: { color: tokens.colorNeutralForeground3 },
  // Filled from the left, as far as a person can bring it.
  ready: { color: tokens.colorBrandForeground1, transform: "rotate(90deg)" },
  pending: { color: tokens.colorNeutralForeground3 },
  attention: { color: tokens.colorStatusWarningForeground1 },
  done: { color: tokens.colorStatusSuccessForeground1 },
  notApplicable: { color: tokens.colorNeutralForeground3 },
});

/** The sign of a status: shape and colour differ. Always beside its word, so it is hidden from screen readers. */
export function StatusIcon({ status }: { readonly status: Sign }): ReactElement {
  const styles = useStyles();
  const Icon = icons[status];
  return <Icon aria-hidden className={mergeClasses(styles.icon, styles[status])} />;
}
