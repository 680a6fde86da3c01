import { styleText } from "node:util";
import type { Status } from "../contract/status.ts";

/** Colours for a terminal; every function gives the text as it is when colours are off. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly soft: (text: string) => string;
  readonly status: (status: Status, text: string) => string;
}

type Style = Parameters<typeof styleText>[0];

const statusStyles: Readonly<Record<Status, Style>> = {
  action: "red",
  unknown: "magenta",
  pending: "cyan",
  attention: "yellow",
  done: "green",
  notApplicable: "dim",
};

export function paintFor(colours: boolean): Paint {
  const style = (format: Style) => (text: string) =>
    colours ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: style("bold"),
    soft: style("dim"),
    status: (status, text) => style(statusStyles[status])(text),
  };
}
