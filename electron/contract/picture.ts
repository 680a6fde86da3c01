import * as z from "zod";
import { momentSchema } from "./date.ts";
import { pageIdSchema } from "./wizard.ts";

/** The picture kinds that are taken. */
export const pictureMediaTypes = ["image/png", "image/jpeg"] as const;

/** The largest picture that is kept, in bytes. */
export const pictureSizeLimit = 5 * 1024 * 1024;

/** A picture of a page of the installer, without its content. */
export const pictureSummarySchema = z.object({
  id: z.string(),
  page: pageIdSchema,
  at: momentSchema,
  mediaType: z.enum(pictureMediaTypes),
  width: z.number().int(),
  height: z.number().int(),
  /** True when parts of it were blacked out before it was kept. */
  masked: z.boolean(),
  /** `taken` by this program, `added` by the person. */
  origin: z.enum(["taken", "added"]),
});
export type PictureSummary = z.infer<typeof pictureSummarySchema>;

/** A picture's content, base64. */
export const pictureContentSchema = z.object({ mediaType: z.enum(pictureMediaTypes), base64: z.string() });
export type PictureContent = z.infer<typeof pictureContentSchema>;
