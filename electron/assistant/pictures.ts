import type { ChangeMode } from "../contract/change-mode.ts";
import { pictureSizeLimit } from "../contract/picture.ts";
import { type ExtraPageId, type PageId, wizardTitle } from "../contract/wizard.ts";
import { foundIn } from "../facts/found.ts";
import { extraPages } from "../installer/extra-pages.ts";
import { wizardCaseOf, wizardPages } from "../installer/pages.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { Server } from "../server/server.ts";
import type { UseCases } from "./bind.ts";
import { type ChangeModeParts, changeModeOf, wizardPagesNow } from "./change-mode.ts";
import { keepPicture, picturesFolder, readPicture, removePicture } from "./picture-store.ts";

/** Pictures of the installer's pages. */
export function pictureUseCases(parts: ChangeModeParts) {
  const { session, judged, home, shell, now } = parts;

  async function folder(): Promise<string> {
    const { server } = await session.shown();
    return picturesFolder(home, picturedOrRefused(server));
  }

  const changeMode = async (): Promise<ChangeMode> => changeModeOf(parts, await judged());

  /** Whether one of these pages shows a secret while it is filled in, for what is wanted. */
  async function showSecret(wizardPageIds: readonly (PageId | ExtraPageId)[]): Promise<boolean> {
    const { recording, target } = await judged();
    const wanted = wizardCaseOf(target, foundIn(recording, target));
    return [...wizardPages(wanted), ...extraPages].some(
      ({ id, showsSecret }) => showsSecret && wizardPageIds.includes(id),
    );
  }

  return {
    takePicture: async ({ page }) => {
      const where = "the installer's window";
      const into = await folder();
      const { pictureOf } = shell;
      if (pictureOf === null) {
        throw new InputProblem("not-available", "pictures cannot be taken here", where, "Add one of your own.");
      }
      // Whatever page the picture is meant for: it shows the one the wizard is on, which may be a guess.
      if (await showSecret([page, ...(await wizardPagesNow(parts))])) {
        throw new InputProblem(
          "shows-secret",
          "no picture is taken while the installer is, or may be, on a page on which a secret is typed",
          where,
          "Say on which page the installer is, or add a picture of your own on which the secret is blacked out.",
        );
      }
      const picture = await pictureOf(wizardTitle);
      if (picture === null) {
        throw new InputProblem(
          "no-window",
          "the installer's window is not open",
          where,
          "Bring it to the front first.",
        );
      }
      const told = {
        page,
        at: now().toISOString(),
        mediaType: "image/png",
        masked: false,
        origin: "taken",
      } as const;
      await keepPicture(into, picture.png, told);
      return changeMode();
    },

    addPicture: async ({ page, mediaType, base64, masked }) => {
      const into = await folder();
      if (!masked && (await showSecret([page]))) {
        throw new InputProblem(
          "not-masked",
          "a secret is typed on this page, and nothing of the picture is blacked out",
          "the picture",
          "Black out the secret first.",
        );
      }
      const told = { page, at: now().toISOString(), mediaType, masked, origin: "added" } as const;
      await keepPicture(into, bytesIn(base64), told);
      return changeMode();
    },

    removePicture: async ({ id }) => {
      await removePicture(await folder(), id);
      return changeMode();
    },

    getPicture: async ({ id }) => {
      const { mediaType, base64 } = await readPicture(await folder(), id);
      return { mediaType, base64 };
    },
  } satisfies Partial<UseCases>;
}

function picturedOrRefused(server: Server): Server {
  if (server.local) return server;
  throw new InputProblem(
    "refused",
    "this server's installer does not run here, so that there is nothing to take pictures of",
    server.label,
    "Turn to this server or the practice server.",
  );
}

/** The bytes of a base64 text. @throws InputProblem when it is none, or longer than a picture may be */
function bytesIn(base64: string): Uint8Array {
  const isBase64 = base64.length <= pictureSizeLimit * 1.5 && /^[A-Za-z0-9+/]*=*$/.test(base64);
  if (isBase64) return Buffer.from(base64, "base64");
  throw new InputProblem("no-picture", "it is not a picture, or far too large", "the picture", "Choose another one.");
}
