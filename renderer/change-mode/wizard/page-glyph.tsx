import type { ReactElement } from "react";
import type { PageId } from "../../../electron/contract/wizard.ts";
import { paint } from "./paint.ts";

const warning = "M20 5 37 35H3ZM20 16v9M20 29v2";
const globe = "M20 5a15 15 0 1 0 .1 0ZM5 20h30M20 5c-9 9-9 21 0 30c9-9 9-21 0-30";

/** A sign for what the page is about, in a square of 40 units. Ours, not the installer's: it stands in the hatched area. */
const signs: Readonly<Partial<Record<PageId, string>>> = {
  welcome: "M5 9h30v22H5ZM5 15h30M20 18v8m-4-4 4 4 4-4",
  azureCloud: "M12 31a8 8 0 0 1-1-15a10 10 0 0 1 19-1a8 8 0 0 1 0 16Z",
  customSetup: "M6 6h8v8H6ZM18 17h8v8h-8ZM18 29h8v8h-8ZM10 14v19h8M10 21h8",
  databaseBackup: warning,
  certificate: "M5 7h30v20H5ZM10 13h14M10 18h9M28 20a5 5 0 1 0 .1 0ZM25 29v8l3-2 3 2v-8",
  accountSecurity: warning,
  synchronization: "M8 18a12 12 0 0 1 22-5v-6m0 6h-6M32 22a12 12 0 0 1-22 5v6m0-6h6",
  serviceAddress: globe,
  sharePoint: globe,
  sharePointTimer: warning,
  registrationPortal: globe,
  firewall: "M5 8h30v24H5ZM5 16h30M5 24h30M15 8v8M25 8v8M10 16v8M20 16v8M30 16v8M15 24v8M25 24v8",
  install: "M20 5v20m-8-8 8 8 8-8M6 34h28",
};

/** The sign of a page whose look no source shows. */
export function PageGlyph({
  id,
  x,
  y,
}: {
  readonly id: PageId;
  readonly x: number;
  readonly y: number;
}): ReactElement | null {
  const sign = signs[id];
  return sign === undefined ? null : (
    <path
      d={sign}
      transform={`translate(${x} ${y})`}
      fill="none"
      stroke={paint.grey}
      strokeWidth={2}
      strokeLinejoin="round"
      strokeLinecap="round"
    />
  );
}
