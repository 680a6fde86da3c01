/** The style of the HTML report: the window's colours, light and dark, and light alone on paper. */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --page: #f5f5f5; --sheet: #ffffff; --line: #d1d1d1; --text: #242424; --soft: #575757; --band: #f0f0f0; --link: #0f5fb5;
  --action: #b10e1c; --unknown: #575757; --pending: #575757; --attention: #a8400b; --done: #0e700e; --on: #ffffff;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #1f1f1f; --sheet: #292929; --line: #525252; --text: #ffffff; --soft: #c7c7c7; --band: #333333; --link: #62abf5;
    --action: #f1707b; --unknown: #c7c7c7; --pending: #c7c7c7; --attention: #faa06b; --done: #6bc56b; --on: #1f1f1f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 24px; max-width: 1120px; background: var(--page); color: var(--text);
  font: 15px/1.5 "Segoe UI", "Noto Sans", system-ui, sans-serif; overflow-wrap: anywhere;
}
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 8px; }
h2 { font-size: 22px; margin: 0 0 12px; }
h3 { font-size: 18px; margin: 24px 0 8px; }
h4 { font-size: 16px; margin: 16px 0 8px; }
pre { margin: 4px 0 8px; font-size: 12px; line-height: 16px; white-space: pre-wrap; overflow-wrap: anywhere; }
h5 { font-size: 15px; margin: 12px 0 4px; }
p { margin: 4px 0; }
main > section { background: var(--sheet); border: 1px solid var(--line); border-radius: 8px; padding: 20px 24px; margin: 20px 0; }
.made, .note, footer { color: var(--soft); }
.wide { overflow-x: auto; }
.beside { display: grid; gap: 0 32px; grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr)); align-items: start; }
table { width: 100%; border-collapse: collapse; }
caption { text-align: left; color: var(--soft); padding: 4px 0; }
th, td { text-align: left; vertical-align: top; padding: 6px 10px; border-top: 1px solid var(--line); font-weight: normal; }
thead th { background: var(--band); font-weight: 600; min-width: 6em; }
.wide tbody th { min-width: 11em; }
h1, h2, h3, h4, h5 { font-weight: 600; }
.facts th { color: var(--soft); width: 40%; }
.step td:first-child { width: 150px; white-space: nowrap; }
.step th[scope="row"] { width: 26%; font-weight: 600; }
code { font: 13px/1.4 Consolas, "Cascadia Mono", monospace; color: var(--soft); font-weight: normal; }
th > code { display: block; }
.facts code, td > code, th > code:only-child { color: inherit; }
a { color: var(--link); }
.status { white-space: nowrap; font-size: 14px; font-weight: 600; color: var(--unknown); }
.status svg { fill: currentColor; vertical-align: -3px; margin-right: 6px; }
.status .mark { fill: none; stroke: var(--on); stroke-width: 1.8; stroke-linecap: round; }
.status .ring { fill: none; stroke: currentColor; stroke-width: 2; }
.status.action { color: var(--action); }
.status.attention { color: var(--attention); }
.status.done { color: var(--done); }
.next li { margin: 6px 0; }
td p { margin: 4px 0 0; }
td > code { display: block; }
.farm td, .farm th { min-width: 180px; }
.farm .differs { border-left: 3px solid var(--attention); }
.wide:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
figure { margin: 12px 0; }
figure img { max-width: 100%; height: auto; border: 1px solid var(--line); }
figcaption { color: var(--soft); }
@media screen and (max-width: 480px) {
  body { padding: 12px; }
  main > section { padding: 12px; }
}
@media print {
  body { max-width: none; padding: 0; background: #ffffff; font-size: 11px; }
  h1 { font-size: 20px; } h2 { font-size: 16px; } h3 { font-size: 14px; } h4, h5 { font-size: 12px; }
  main > section { border: 0; padding: 0; margin: 12px 0; }
  main > section + section { break-before: page; }
  tr, li, figure { break-inside: avoid; }
  h2, h3, h4, h5 { break-after: avoid; }
  thead { display: table-header-group; }
  .wide { overflow: visible; }
  .status, code { font-size: 10px; }
  .status svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
