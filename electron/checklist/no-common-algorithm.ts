import type { Seen } from "../recording/seen.ts";

export function algorithmAdvice(_seen: Seen): string[] {
  return [];
}
