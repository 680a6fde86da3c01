import type { Target } from "../contract/target.ts";
import { wizardCaseOf, wizardPages } from "../installer/pages.ts";
import type { ReportPicture } from "../report/report-document.ts";
import type { Server } from "../server/server.ts";
import { picturesFolder, readPicturesWhole } from "./picture-store.ts";

/** As many characters of base64 as the pictures of one report may have together: a file of 24 MB. */
const sizeLimit = 32 * 1024 * 1024;

/** The pictures kept of a server's installer as a report shows them, and how many had no room. */
export interface ReportedPictures {
  readonly pictures: readonly ReportPicture[];
  readonly leftOut: number;
}

/** Reads the pictures of a server; one that is only looked at has none. */
export async function reportedPictures(home: string, server: Server, target: Target): Promise<ReportedPictures> {
  if (!server.local) return { pictures: [], leftOut: 0 };
  const titles = new Map(wizardPages(wizardCaseOf(target)).map(({ id, title }) => [id, title]));
  const pictures: ReportPicture[] = [];
  let size = 0;
  let leftOut = 0;
  for (const { page, ...picture } of await readPicturesWhole(picturesFolder(home, server))) {
    size += picture.base64.length;
    if (size <= sizeLimit) pictures.push({ ...picture, title: titles.get(page) ?? page });
    else leftOut += 1;
  }
  return { pictures, leftOut };
}
