import { momentWords } from "../contract/date.ts";
import { type Status, statusWords } from "../contract/status.ts";
import { shownText } from "./shown-text.ts";

/** A text of a server or a person as HTML text: hidden characters written out, cut with a note, nothing of it markup. */
export function text(value: string): string {
  return escaped(shownText(value));
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escaped(value: string): string {
  return value.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

export function code(value: string): string {
  return `<code>${text(value)}</code>`;
}

/** A moment as the report's reader sees it, and in full for programs. */
export function moment(at: string): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return text(at);
  return `<time datetime="${time.toISOString()}">${escaped(momentWords(at))}</time>`;
}

/** One drawing a status: they differ in shape as well as in colour. */
const icons: Readonly<Record<Status, string>> = {
  action: '<rect x="1" y="1" width="14" height="14" rx="3"/><path class="mark" d="M5 5l6 6M11 5l-6 6"/>',
  unknown:
    '<circle cx="8" cy="8" r="7"/><path class="mark" d="M5.8 6.2a2.2 2.2 0 1 1 3 2.1c-.6.3-.8.7-.8 1.4M8 11.6v.4"/>',
  pending: '<circle class="ring" cx="8" cy="8" r="6"/>',
  attention: '<path d="M8 1l7 14H1z"/><path class="mark" d="M8 6v4.4M8 12.6v.4"/>',
  done: '<circle cx="8" cy="8" r="7"/><path class="mark" d="M4.8 8.2l2.2 2.3 4.2-4.6"/>',
  notApplicable: '<path class="ring" d="M3 8h10"/>',
};

/** A status as a drawing and its word. */
export function badge(status: Status): string {
  return `<span class="status ${status}"><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">${icons[status]}</svg>${statusWords[status]}</span>`;
}

/** A cell, HTML already: `heads` for one that heads its row, `marked` for one that differs from others. */
export interface Cell {
  readonly html: string;
  readonly heads?: true;
  readonly marked?: true;
}

/** A table with a caption and a head; what is in its cells is HTML already. */
export function table(options: {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly (string | Cell)[])[];
  readonly name?: string;
}): string {
  const heads = options.heads.map((head) => `<th scope="col">${text(head)}</th>`).join("");
  const rows = options.rows.map((cells) => `<tr>${cells.map(tableCell).join("")}</tr>`);
  const name = options.name === undefined ? "" : ` class="${options.name}"`;
  // Reachable by keyboard, because it may have to be scrolled sideways.
  return `<div class="wide" tabindex="0" role="group" aria-label="${text(options.caption)}"><table${name}><caption>${text(options.caption)}</caption>
<thead><tr>${heads}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div>`;
}

function tableCell(cell: string | Cell): string {
  if (typeof cell === "string") return `<td>${cell}</td>`;
  const mark = cell.marked ? ' class="differs"' : "";
  return cell.heads ? `<th scope="row"${mark}>${cell.html}</th>` : `<td${mark}>${cell.html}</td>`;
}

/** A table of two columns without a head: what a thing is, and what it says. */
export function factTable(caption: string, facts: readonly (readonly [string, string])[]): string {
  const rows = facts.map(([label, value]) => `<tr><th scope="row">${text(label)}</th><td>${value}</td></tr>`);
  return `<table class="facts"><caption>${text(caption)}</caption><tbody>${rows.join("\n")}</tbody></table>`;
}
