import type { Page } from "playwright-core";
import type { State } from "../../electron/contract/state.ts";

/** A state as a test writes it. */
type Writable<Value> = Value extends readonly (infer Item)[]
  ? Writable<Item>[]
  : Value extends object
    ? { -readonly [Key in keyof Value]: Writable<Value[Key]> }
    : Value;

/**
 * From now on every state that reaches the window is altered on its way, as another server, or a fault of the trusted
 * side, would have it. The window is loaded anew, so that the first state is altered as well.
 * @param change runs in this process
 */
export async function alterState<Given>(
  page: Page,
  change: (state: Writable<State>, given: Given) => void,
  given: Given,
): Promise<void> {
  await page.routeWebSocket(/\/bridge\?/, (socket) => {
    const host = socket.connectToServer();
    host.onMessage((text) => {
      const message = JSON.parse(String(text)) as { outcome?: { value?: unknown } };
      const value = message.outcome?.value;
      if (typeof value === "object" && value !== null) {
        const state = "checklist" in value ? value : "state" in value ? value.state : null;
        if (state !== null) change(state as Writable<State>, given);
      }
      socket.send(JSON.stringify(message));
    });
  });
  await page.reload();
  await page.locator("[data-step]").first().waitFor();
}
