import { Badge } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { type Status, statusWords } from "../../electron/contract/status.ts";

const colours = {
  action: "danger",
  unknown: "informative",
  pending: "informative",
  attention: "warning",
  done: "success",
  notApplicable: "informative",
} as const;

/** The word of a status on its tint, or a shorter text that says more ("7 to change"). */
export function StatusBadge({ status, text }: { readonly status: Status; readonly text?: string }): ReactElement {
  return (
    <Badge appearance="tint" shape="rounded" size="large" color={colours[status]}>
      {text ?? statusWords[status]}
    </Badge>
  );
}
