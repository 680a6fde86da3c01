import pdfmake from "pdfmake";
import fonts from "pdfmake/build/vfs_fonts.js";
import type { TDocumentDefinitions } from "pdfmake/interfaces";

/** The package's own store of files in memory; its types leave it out. */
interface FontStore {
  readonly virtualfs: { readonly writeFileSync: (name: string, content: Uint8Array) => void };
}

for (const [name, content] of Object.entries(fonts)) {
  (pdfmake as unknown as FontStore).virtualfs.writeFileSync(name, Buffer.from(content, "base64"));
}
pdfmake.setFonts({
  Roboto: {
    normal: "Roboto-Regular.ttf",
    bold: "Roboto-Medium.ttf",
    italics: "Roboto-Italic.ttf",
    bolditalics: "Roboto-MediumItalic.ttf",
  },
});
// A report is made of what it is given: nothing is fetched and no file is read, whatever a definition may name.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(() => false);

/**
 * A PDF from its definition. The one file that knows pdfmake: it is loaded when a PDF is asked for and not before,
 * because its code and fonts are two megabytes.
 */
export async function printPdf(definition: TDocumentDefinitions): Promise<Uint8Array> {
  return pdfmake.createPdf(definition).getBuffer();
}
