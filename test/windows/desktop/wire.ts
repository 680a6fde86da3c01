/** What goes over the loopback socket between the desktop under test and the test, a JSON text a line. */

/** What the desktop shows, tells and asks. */
export type ToTest =
  | {
      readonly kind: "opens";
      readonly window: number;
      readonly address: string;
      readonly preload: string | null;
      readonly title: string;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    }
  | { readonly kind: "loads"; readonly window: number; readonly address: string }
  | { readonly kind: "shows" | "closes"; readonly window: number }
  | { readonly kind: "tells"; readonly window: number; readonly channel: string; readonly values: readonly unknown[] }
  | { readonly kind: "asks"; readonly id: number; readonly question: unknown }
  | { readonly kind: "answered"; readonly id: number; readonly value: unknown; readonly error: string | null }
  | { readonly kind: "browses"; readonly address: string }
  | { readonly kind: "fails"; readonly title: string; readonly content: string }
  | { readonly kind: "second"; readonly argv: readonly string[]; readonly data: unknown }
  | { readonly kind: "exits"; readonly code: number };

/** What the test asks of the desktop, each with a number that its answer has. */
export type ToDesktop =
  | { readonly kind: "answers"; readonly id: number; readonly value: unknown }
  | {
      readonly kind: "calls";
      readonly window: number;
      readonly channel: string;
      readonly input: unknown;
      readonly frame: { readonly isMain: boolean; readonly url: string; readonly origin: string };
    }
  | { readonly kind: "fetches"; readonly url: string }
  | { readonly kind: "links"; readonly window: number; readonly url: string }
  | { readonly kind: "downloads"; readonly address: string; readonly path: string | null }
  | { readonly kind: "closes"; readonly window: number }
  | { readonly kind: "second"; readonly data: unknown };
