import { type RefCallback, type RefObject, useCallback, useRef } from "react";

/**
 * An element of the page to be focused later. The callback form is what Fluent's components take in strict TypeScript
 * with React 19; their own type of `ref` resolves to none there.
 */
export function useElement<Kind extends HTMLElement>(): {
  readonly element: RefObject<Kind | null>;
  readonly hold: RefCallback<Kind>;
} {
  const element = useRef<Kind | null>(null);
  const hold = useCallback((held: Kind | null) => {
    element.current = held;
  }, []);
  return { element, hold };
}
