import type { ReactElement } from "react";

/**
 * Stands in place of the whole window when it broke. It uses nothing of the window, which may be what broke: plain
 * elements only, in the page's own colours.
 */
export function WindowFault({
  message,
  tries,
  onReopen,
}: {
  readonly message: string;
  readonly tries: number;
  readonly onReopen: () => void;
}): ReactElement {
  return (
    <main role="alert" className="fault" data-fault="window">
      <h1>The window has a fault</h1>
      <p>
        Nothing on the server was changed by it. What you entered is kept, except secrets; those are kept nowhere and
        have to be typed again.
      </p>
      <p className="fault-message">{message}</p>
      <p>
        {/* What broke twice would break a third time in the same place. */}
        {tries === 0 ? (
          <button type="button" onClick={onReopen}>
            Reopen the window
          </button>
        ) : (
          <button
            type="button"
            onClick={() => {
              location.hash = "server";
              location.reload();
            }}
          >
            Start the window anew
          </button>
        )}
      </p>
    </main>
  );
}
