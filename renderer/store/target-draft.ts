import { confirmationFields, type Target } from "../../electron/contract/target.ts";

/** What was typed and not yet answered for: fields of the target, `undefined` for one that was emptied. */
export type TargetDraft = { readonly [Field in keyof Target]?: Target[Field] | undefined };

/** The target with a draft laid over it; emptied fields are left out. */
export function withDraft(target: Target, draft: TargetDraft): Target {
  const merged: Record<string, unknown> = { ...target, ...draft };
  for (const [field, value] of Object.entries(merged)) {
    if (value === undefined) delete merged[field];
  }
  return merged as Target;
}

/** The draft without what was sent; a field typed again since then stays. */
export function withoutSent(draft: TargetDraft, sent: TargetDraft): TargetDraft {
  const rest: Record<string, unknown> = { ...draft };
  for (const [field, value] of Object.entries(sent)) {
    if (field in rest && rest[field] === value) delete rest[field];
  }
  return rest as TargetDraft;
}

/** The draft without what was confirmed: that was said of one server, and another is on show. */
export function withoutConfirmations(draft: TargetDraft): TargetDraft {
  return withoutSent(draft, Object.fromEntries(confirmationFields.map((field) => [field, draft[field]])));
}

/** True when nothing waits to be sent. */
export function isEmpty(draft: TargetDraft): boolean {
  return Object.keys(draft).length === 0;
}

/** True for a target in which nothing was entered or confirmed yet: someone who is here for the first time. */
export function nothingEntered(target: Target): boolean {
  return Object.keys(target).every((field) => ["mailServer", "authentication", "tlsProfile"].includes(field));
}
