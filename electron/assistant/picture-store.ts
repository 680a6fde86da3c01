import { randomUUID } from "node:crypto";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { type PictureSummary, pictureMediaTypes, pictureSizeLimit, pictureSummarySchema } from "../contract/picture.ts";
import { readWhenFree } from "../recording/busy-file.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { replaceFile } from "../server/replace-file.ts";
import type { Server } from "../server/server.ts";
import { notKept } from "./file-store.ts";
import { type PictureMediaType, pictureSize } from "./picture-file.ts";

/** A picture with its content, base64. */
export type KeptPicture = PictureSummary & { readonly base64: string };

/** More than a walk through the installer can need. */
const pictureLimit = 200;

const indexSchema = z.object({
  format: z.literal("mim-mail-pictures"),
  version: z.literal(1),
  // An id is part of a file's name: nothing but what was written here may be one.
  pictures: z.array(pictureSummarySchema.extend({ id: z.uuid() })),
});

/** The folder of the pictures of a server's installer. */
export function picturesFolder(home: string, { keptAs = "live" }: Pick<Server, "keptAs">): string {
  return join(home, "pictures", keptAs);
}

const endings: Readonly<Record<PictureMediaType, string>> = { "image/png": ".png", "image/jpeg": ".jpg" };

function fileOf(folder: string, { id, mediaType }: Pick<PictureSummary, "id" | "mediaType">): string {
  return join(folder, `${id}${endings[mediaType]}`);
}

/** The pictures that are kept, oldest first. An index that is missing or damaged counts as empty. */
export async function readPictures(folder: string): Promise<readonly PictureSummary[]> {
  try {
    return indexSchema.parse(JSON.parse((await readWhenFree(join(folder, "index.json"))).toString("utf8"))).pictures;
  } catch {
    return [];
  }
}

/** Every picture with its content, oldest first; one whose file is gone is left out. */
export async function readPicturesWhole(folder: string): Promise<readonly KeptPicture[]> {
  const kept: KeptPicture[] = [];
  for (const picture of await readPictures(folder)) {
    const bytes = await readWhenFree(fileOf(folder, picture)).catch(() => null);
    if (bytes !== null) kept.push({ ...picture, base64: bytes.toString("base64") });
  }
  return kept;
}

/** What is told of a picture that is to be kept. */
export type NewPicture = Pick<PictureSummary, "page" | "at" | "mediaType" | "masked" | "origin">;

/**
 * Keeps a picture: its file first, then the index, replaced as a whole.
 * @throws InputProblem when it is no picture of that kind, is too large, or cannot be written
 */
export async function keepPicture(folder: string, bytes: Uint8Array, told: NewPicture): Promise<void> {
  const where = "the picture";
  if (bytes.length > pictureSizeLimit) {
    const limit = `${pictureSizeLimit / 1024 / 1024} MB`;
    throw new InputProblem("too-large", `it is larger than ${limit}`, where, "Choose a smaller part of the screen.");
  }
  const size = pictureSize(bytes, told.mediaType);
  if (size === null) {
    const cure = `Choose a picture of one of these kinds: ${pictureMediaTypes.join(", ")}.`;
    throw new InputProblem("no-picture", "it is not a whole PNG or JPEG picture", where, cure);
  }
  const pictures = await readPictures(folder);
  if (pictures.length >= pictureLimit) {
    throw new InputProblem("too-many", `there are ${pictureLimit} pictures already`, where, "Remove one first.");
  }
  const picture: PictureSummary = { ...told, ...size, id: randomUUID() };
  const file = fileOf(folder, picture);
  try {
    await mkdir(folder, { recursive: true });
    await writeNew(file, bytes);
    await writeIndex(folder, [...pictures, picture]);
  } catch (error) {
    await rm(file, { force: true }).catch(() => {});
    throw notKept("the picture", folder, error);
  }
}

/** Removes a picture. @throws InputProblem when there is none of that id, or the index cannot be written */
export async function removePicture(folder: string, id: string): Promise<void> {
  const pictures = await readPictures(folder);
  const picture = found(pictures, id);
  try {
    await writeIndex(
      folder,
      pictures.filter((one) => one.id !== id),
    );
    await rm(fileOf(folder, picture), { force: true });
  } catch (error) {
    throw notKept("the picture", folder, error);
  }
}

/** A picture with its content. @throws InputProblem when there is none of that id, or its file cannot be read */
export async function readPicture(folder: string, id: string): Promise<KeptPicture> {
  const picture = found(await readPictures(folder), id);
  try {
    return { ...picture, base64: (await readWhenFree(fileOf(folder, picture))).toString("base64") };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "not read";
    const message = `the picture cannot be read: ${reason}`;
    throw new InputProblem("picture-missing", message, fileOf(folder, picture), "Remove it and take another.");
  }
}

function found(pictures: readonly PictureSummary[], id: string): PictureSummary {
  const picture = pictures.find((one) => one.id === id);
  if (picture !== undefined) return picture;
  throw new InputProblem("no-picture", "there is no picture of that name", id, "Check again.");
}

async function writeIndex(folder: string, pictures: readonly PictureSummary[]): Promise<void> {
  const index = { format: "mim-mail-pictures", version: 1, pictures };
  await replaceFile(join(folder, "index.json"), `${JSON.stringify(index, null, 2)}\n`);
}

/** A file of a new name: until the index names it, nobody reads it. */
async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } catch (error) {
    await rm(path, { force: true }).catch(() => {});
    throw error;
  } finally {
    await file.close();
  }
}
