import type { pictureMediaTypes } from "../contract/picture.ts";

export type PictureMediaType = (typeof pictureMediaTypes)[number];

/** How large a picture is, in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Larger in either direction is no picture of a window. */
const largestSide = 16_384;

/**
 * The size of a PNG or JPEG picture, from its header; null for bytes that are no such picture, are cut off, or say a
 * size that no window has. Its pixels are not decoded.
 */
export function pictureSize(bytes: Uint8Array, mediaType: PictureMediaType): PictureSize | null {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = mediaType === "image/png" ? pngSize(data) : jpegSize(data);
  if (size === null) return null;
  return [size.width, size.height].every((side) => side > 0 && side <= largestSide) ? size : null;
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const pngHeader = 33;
/** The last chunk with its length and checksum. */
const pngEnd = Buffer.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);

/** Source: https://www.w3.org/TR/png-3/#11IHDR */
function pngSize(data: Buffer): PictureSize | null {
  if (data.length < pngHeader + pngEnd.length || !data.subarray(0, 8).equals(pngSignature)) return null;
  if (data.readUInt32BE(8) !== 13 || data.toString("latin1", 12, 16) !== "IHDR") return null;
  if (!data.subarray(-pngEnd.length).equals(pngEnd)) return null;
  return { width: data.readUInt32BE(16), height: data.readUInt32BE(20) };
}

/** The markers of a frame's header; C4, C8 and CC lie among them and are something else. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Source: https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B */
function jpegSize(data: Buffer): PictureSize | null {
  if (data.length < 4 || data[0] !== 0xff || data[1] !== 0xd8) return null;
  if (data.lastIndexOf(Buffer.from([0xff, 0xd9])) < 0) return null;
  for (let at = 2; at + 9 < data.length; ) {
    if (data[at] !== 0xff) return null;
    const marker = data[at + 1] ?? 0;
    // Markers may be filled up with further FF bytes.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isFrame(marker)) return { height: data.readUInt16BE(at + 5), width: data.readUInt16BE(at + 7) };
    const length = data.readUInt16BE(at + 2);
    // The scan comes after the frame's header, so a picture without one before it is none.
    if (marker === 0xda || marker === 0xd9 || length < 2) return null;
    at += 2 + length;
  }
  return null;
}
