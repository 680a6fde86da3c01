import { failed, type Outcome, succeeded } from "../../../electron/contract/outcome.ts";
import { type PictureContent, pictureSizeLimit } from "../../../electron/contract/picture.ts";
import { keptSize, type MaskBox } from "./mask-boxes.ts";

/** The largest file that is taken in before it is scaled down, in bytes. */
const fileLimit = 40 * 1024 * 1024;

/** The most pixels a picture may have: a wall of screens, and not what makes a browser run out of memory. */
const pixelLimit = 80_000_000;

/** The picture types a browser reads; SVG is none of them, it can hold more than a picture. */
const readable = /^image\/(png|jpeg|gif|webp|bmp)$/;

/** The pixels of a picture the person chose or pasted. Nothing of the file beyond its pixels goes on. */
export async function readPicture(file: Blob): Promise<Outcome<ImageBitmap>> {
  if (!readable.test(file.type)) {
    return failed("not-a-picture", "This file is no picture that can be read.", "Choose a PNG or JPEG file.");
  }
  if (file.size > fileLimit) {
    return failed("too-large", "The picture is larger than 40 MB.", "Cut it to the installer’s window first.");
  }
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return failed("not-a-picture", "This picture is damaged or cannot be read.", "Take it again, as PNG or JPEG.");
  }
  if (picture.width * picture.height > pixelLimit) {
    picture.close();
    return failed("too-large", "The picture has too many pixels.", "Cut it to the installer’s window first.");
  }
  return succeeded(picture);
}

/**
 * A picture as it is kept: scaled down where it is too large, the boxes black in its pixels. What was under them is not
 * in it any more. Null when the browser cannot make it, or not small enough.
 */
export async function keptPicture(
  picture: CanvasImageSource,
  size: { readonly width: number; readonly height: number },
  boxes: readonly MaskBox[],
): Promise<PictureContent | null> {
  const { width, height } = keptSize(size);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { alpha: false });
  if (context === null) return null;
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, width, height);
  context.fillStyle = "#000000";
  for (const box of boxes) context.fillRect(box.x, box.y, box.width, box.height);
  for (const mediaType of ["image/png", "image/jpeg"] as const) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, mediaType, 0.9));
    if (blob !== null && blob.type === mediaType && blob.size <= pictureSizeLimit) {
      return { mediaType, base64: await base64Of(blob) };
    }
  }
  return null;
}

/** A blob's bytes as base64, without a detour over an address. */
async function base64Of(blob: Blob): Promise<string> {
  const address = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.addEventListener("error", () => reject(reader.error ?? new Error("the picture cannot be read")));
    reader.readAsDataURL(blob);
  });
  return address.slice(address.indexOf(",") + 1);
}

/** A kept picture's pixels again. */
export async function pixelsOf({ mediaType, base64 }: PictureContent): Promise<Outcome<ImageBitmap>> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return readPicture(new Blob([bytes], { type: mediaType }));
}

/** The first picture on a clipboard or among dropped files; null when there is none. */
export function pictureIn(data: DataTransfer | null): File | null {
  return [...(data?.files ?? [])].find((file) => readable.test(file.type)) ?? null;
}
