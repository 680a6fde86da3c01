// `node build/icons.mjs`: draws the icon's sizes from its sources with Chromium and packs them for Windows. What it
// writes is kept in the repository, so that building the program needs no browser.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromiumArguments, ensureChromium } from "./chromium.mjs";
import { ensureInstalled, top } from "./install.mjs";

const folder = join(top, "assets", "icons");

/** The drawing of each size in pixels; Windows shows 16 to 24 in title bars and lists, 32 to 256 elsewhere. */
const sizes = {
  "mim-mail-small.svg": [16, 20, 24],
  "mim-mail.svg": [32, 40, 48, 64, 128, 256],
};

ensureInstalled();
const executablePath = ensureChromium();
if (executablePath === null) {
  process.stderr.write("icons: Chromium is missing; install it or set MIM_MAIL_CHROMIUM.\n");
  process.exit(2);
}
const { chromium } = await import("playwright-core");
const { default: pngToIco } = await import("png-to-ico");
const browser = await chromium.launch({ executablePath, args: chromiumArguments });
try {
  const drawn = [];
  for (const [source, widths] of Object.entries(sizes)) {
    const drawing = readFileSync(join(folder, source)).toString("base64");
    for (const width of widths) {
      const page = await browser.newPage({ viewport: { width, height: width } });
      const style = `display:block;width:${width}px;height:${width}px`;
      await page.setContent(
        `<body style="margin:0;background:transparent"><img style="${style}" src="data:image/svg+xml;base64,${drawing}"></body>`,
      );
      await page.evaluate("document.images[0].decode()");
      const picture = await page.screenshot({ omitBackground: true });
      await page.close();
      writeFileSync(join(folder, `mim-mail-${width}.png`), picture);
      drawn.push(picture);
    }
  }
  writeFileSync(join(folder, "mim-mail.ico"), await pngToIco(drawn));
} finally {
  await browser.close();
}
process.stdout.write(`${Object.values(sizes).flat().length} sizes drawn\n`);
