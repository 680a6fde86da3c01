import { Badge } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { statusWords } from "../../electron/contract/status.ts";
import type { Sign } from "./sign.ts";

const colours = {
  action: "danger",
  unknown: "informative",
  ready: "brand",
  pending: "informative",
  attention: "warning",
  done: "success",
  notApplicable: "informative",
} as const;

/** The word of a status on its tint, or a shorter text that says more ("7 to change"). */
export function StatusBadge({ status, text }: { readonly status: Sign; readonly text?: string }): ReactElement {
  return (
    <Badge appearance="tint" shape="rounded" size="large" color={colours[status]}>
      {text ?? (status === "ready" ? "Ready for Change mode" : statusWords[status])}
    </Badge>
  );
}
