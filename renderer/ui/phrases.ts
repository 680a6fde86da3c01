/** A number with its noun: "1 value", "16 values". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** What the trusted side gives as a reason, as a sentence of its own. */
export function sentence(reason: string): string {
  const text = reason.trim().replace(/^./, (first) => first.toUpperCase());
  return /[.?:]$/.test(text) ? text : `${text}.`;
}
