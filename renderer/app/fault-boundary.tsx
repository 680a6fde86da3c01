import { Component, type ErrorInfo, type ReactNode } from "react";

interface FaultState {
  readonly fault: string | null;
}

/**
 * Shows a fault of the window itself in place of an empty page. What was sent is kept on the trusted side, so starting the
 * window anew loses nothing but the letters typed last. React asks for a class here.
 */
export class FaultBoundary extends Component<{ readonly children: ReactNode }, FaultState> {
  override state: FaultState = { fault: null };

  static getDerivedStateFromError(error: unknown): FaultState {
    return { fault: error instanceof Error ? error.message : String(error) };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    if (this.state.fault === null) return this.props.children;
    return (
      <main role="alert" style={{ padding: 28, fontFamily: "sans-serif" }}>
        <h1>The window has a fault</h1>
        <p>{this.state.fault}</p>
        <p>Nothing on the server was changed by it. Start the window anew; what you entered is kept.</p>
        <button type="button" onClick={() => location.reload()}>
          Start the window anew
        </button>
      </main>
    );
  }
}
