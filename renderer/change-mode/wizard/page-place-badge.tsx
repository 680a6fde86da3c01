import { Badge } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { PagePlace } from "./page-place.ts";

const colours = {
  notAsked: "informative",
  before: "informative",
  next: "brand",
  now: "brand",
  behind: "success",
  notShown: "informative",
} as const;

/** Where a page stands in the run, in words. */
export function PagePlaceBadge({ place }: { readonly place: PagePlace }): ReactElement {
  return (
    <Badge
      appearance={place.place === "now" ? "filled" : "tint"}
      shape="rounded"
      color={colours[place.place]}
      data-place={place.place}
    >
      {place.words}
    </Badge>
  );
}
