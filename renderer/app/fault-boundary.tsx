import { Component, type ErrorInfo, type ReactNode } from "react";
import { useAssistant } from "../store/assistant-store.ts";

interface FaultState {
  readonly fault: string | null;
  /** How often it was tried to go on. */
  readonly tries: number;
}

/**
 * Shows a fault of the window, or of one screen, in its place, and offers to go on. What was typed is in the store and
 * stays; it is sent at once, so that it outlives the window too. A secret is kept nowhere and has to be typed again. React
 * asks for a class here.
 */
export class FaultBoundary extends Component<
  {
    readonly children: ReactNode;
    /** What is shown in place of what broke. */
    readonly fallback: (message: string, tries: number, goOn: () => void) => ReactNode;
  },
  FaultState
> {
  override state: FaultState = { fault: null, tries: 0 };

  static getDerivedStateFromError(error: unknown): Pick<FaultState, "fault"> {
    return { fault: error instanceof Error ? error.message : String(error) };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(error, info.componentStack);
    useAssistant.getState().editTarget({}, "now");
  }

  readonly goOn = (): void => this.setState(({ tries }) => ({ fault: null, tries: tries + 1 }));

  override render(): ReactNode {
    const { fault, tries } = this.state;
    return fault === null ? this.props.children : this.props.fallback(fault, tries, this.goOn);
  }
}
