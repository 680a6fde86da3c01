import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, extname, join, posix } from "node:path";
import { Marked } from "marked";
import { top } from "./install.mjs";

const guide = join(top, "docs", "user-guide.md");

/** A guide of headings alone, so that the program is whole before its guide is written. */
function emptyGuide(/** @type {Readonly<Record<string, string>>} */ stepTitles) {
  const sections = Object.values(stepTitles).map((title) => `## ${title}\n\nThe step's own page says what to do.\n`);
  return `# User guide\n\n${sections.join("\n")}`;
}

/** @param {string} text */
function escaped(text) {
  const marks = /** @type {const} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" });
  return text.replace(/[&<>"]/g, (mark) => marks[/** @type {keyof typeof marks} */ (mark)]);
}

/**
 * The place of a heading as GitHub names it, so that the guide's own links work there and here.
 * @param {string} heading
 */
export function anchorOf(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");
}

/** Paper white or night, by what Windows is set to; black on white with a page break before each step when printed. */
const style = `
:root { color-scheme: light dark; --ink: #242424; --soft: #616161; --line: #d1d1d1; --ground: #ffffff; --field: #f5f5f5; --link: #0f548c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e6e6; --soft: #adadad; --line: #525252; --ground: #1f1f1f; --field: #292929; --link: #62abf5; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 14px/20px "Segoe UI", "Segoe UI Web", system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 32px 24px 96px; }
h1 { font-size: 28px; line-height: 36px; font-weight: 600; margin: 0 0 16px; }
h2 { font-size: 20px; line-height: 28px; font-weight: 600; margin: 40px 0 12px; padding-top: 16px; border-top: 1px solid var(--line); scroll-margin-top: 16px; }
h3 { font-size: 16px; line-height: 22px; font-weight: 600; margin: 24px 0 8px; }
p, ul, ol, table, pre { margin: 0 0 12px; }
li { margin: 4px 0; }
a { color: var(--link); }
a:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
nav { background: var(--field); padding: 16px 20px; border-radius: 4px; }
nav ol { columns: 2; margin: 0; padding-left: 20px; }
nav li { margin: 0; padding: 2px 0; break-inside: avoid; }
code { font: 13px/18px Consolas, "Cascadia Mono", monospace; background: var(--field); padding: 1px 4px; border-radius: 2px; overflow-wrap: anywhere; }
pre { background: var(--field); padding: 12px; border-radius: 4px; overflow-x: auto; }
pre code { padding: 0; overflow-wrap: normal; }
img { display: block; max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: 4px; margin: 12px 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; }
@media (max-width: 640px) { nav ol { columns: 1; } }
@media (forced-colors: active) { nav, code, pre { border: 1px solid CanvasText; } }
@media print {
  :root { --ink: #000; --soft: #333; --line: #999; --ground: #fff; --field: #fff; --link: #000; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  h1, h2, h3 { break-after: avoid; }
  img, pre, tr { break-inside: avoid; }
  a[href^="https:"]::after { content: " (" attr(href) ")"; color: var(--soft); }
}`;

/**
 * The user guide as a page, and the pictures it shows.
 * @param {string} markdown
 * @param {Readonly<Record<string, string>>} stepTitles a step's section is found by its title; its place is the step's id
 * @returns {{ html: string, pictures: readonly string[] }} pictures relative to the guide's folder
 */
export function helpPage(markdown, stepTitles) {
  const idOf = new Map(Object.entries(stepTitles).map(([id, title]) => [title, id]));
  /** @type {Set<string>} */
  const pictures = new Set();
  /** @type {{ place: string, title: string }[]} */
  const contents = [];
  /** Places as the guide's own links name them, by the place they have here. */
  const places = new Map(Object.entries(stepTitles).map(([id, title]) => [anchorOf(title), id]));

  const marked = new Marked({ gfm: true });
  marked.use({
    renderer: {
      // Text is text: what looks like HTML in the guide is shown, not drawn.
      html: ({ text }) => escaped(text),
      heading({ tokens, depth, text }) {
        const place = idOf.get(text) ?? anchorOf(text);
        if (depth === 2) contents.push({ place, title: text });
        return `<h${depth} id="${escaped(place)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        if (href.startsWith("#"))
          return `<a href="#${escaped(places.get(href.slice(1)) ?? href.slice(1))}">${text}</a>`;
        // Pages of the repository are not in the program; the host opens other links in the person's browser.
        if (!href.startsWith("https://")) return text;
        return `<a href="${escaped(href)}" target="_blank" rel="noopener noreferrer">${text}</a>`;
      },
      image({ href, text }) {
        if (!/^[\w./-]+$/.test(href) || href.startsWith("/") || href.includes("..")) {
          throw new Error(`the user guide shows a picture from elsewhere: ${href}`);
        }
        pictures.add(href);
        return `<img src="help/${escaped(href)}" alt="${escaped(text)}">`;
      },
    },
  });
  const body = /** @type {string} */ (marked.parse(markdown, { async: false }));
  const list = contents.map(({ place, title }) => `<li><a href="#${escaped(place)}">${escaped(title)}</a></li>`);
  // The contents stand after what the guide begins with.
  const [start = "", ...rest] = body.split(/(?=<h2 )/);
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>MIM Mail Assistant: user guide</title>
<style>${style}
</style>
</head>
<body>
<main>
${start}<nav aria-label="Contents"><ol>${list.join("")}</ol></nav>
${rest.join("")}</main>
</body>
</html>
`;
  return { html, pictures: [...pictures] };
}

/**
 * Writes the user guide as help.html, with its pictures in help/.
 * @param {string} folder of the built window
 * @param {Readonly<Record<string, string>>} stepTitles
 */
export function writeHelp(folder, stepTitles) {
  const { html, pictures } = helpPage(
    existsSync(guide) ? readFileSync(guide, "utf8") : emptyGuide(stepTitles),
    stepTitles,
  );
  writeFileSync(join(folder, "help.html"), html);
  for (const picture of pictures) {
    if (![".png", ".svg"].includes(extname(picture))) throw new Error(`${picture} is no picture the window can show`);
    const target = join(folder, "help", posix.normalize(picture));
    mkdirSync(dirname(target), { recursive: true });
    // A picture that is made anew is not there for a moment; a test holds the guide to its pictures.
    if (!existsSync(join(dirname(guide), picture))) continue;
    copyFileSync(join(dirname(guide), picture), target);
  }
}
