import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { Copy20Regular } from "@fluentui/react-icons/svg/copy";
import { type ReactElement, useState } from "react";
import { useAssistant } from "../store/assistant-store.ts";
import { copyText } from "../ui/clipboard.ts";

const useStyles = makeStyles({
  frame: { display: "flex", flexDirection: "column", alignItems: "start", gap: "8px" },
  text: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  copied: {
    boxSizing: "border-box",
    width: "100%",
    maxHeight: "200px",
    overflow: "auto",
    margin: 0,
    padding: "8px 12px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "1px" },
  },
});

const outcomes = {
  copied: "Copied. This is what stands on the clipboard:",
  notCopied: "It could not be copied. Select the text and press Ctrl+C:",
  refused: "It could not be made. The message at the top of the window says why.",
} as const;

/** Copies what helps whoever looks into a fault, and shows what that was. */
export function Diagnostics(): ReactElement {
  const styles = useStyles();
  const request = useAssistant((store) => store.request);
  const [outcome, setOutcome] = useState<keyof typeof outcomes | null>(null);
  const [text, setText] = useState("");
  const copy = async (): Promise<void> => {
    const made = await request((bridge) => bridge.getDiagnostics(null));
    setText(made?.text ?? "");
    setOutcome(made === null ? "refused" : (await copyText(made.text)) ? "copied" : "notCopied");
  };
  return (
    <div className={styles.frame}>
      <p className={styles.text}>
        For whoever looks into a fault: versions, which findings are open, and the codes of the problems since the
        start. No secrets, and no name, address or value of your server.
      </p>
      <Button icon={<Copy20Regular />} onClick={() => void copy()}>
        Copy diagnostics
      </Button>
      {/* The window's own live region is silent behind a dialog. */}
      <p className={styles.text} role="status" hidden={outcome === null}>
        {outcome === null ? "" : outcomes[outcome]}
      </p>
      {text !== "" && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled with the keys
        <pre className={styles.copied} data-diagnostics tabIndex={0}>
          {text}
        </pre>
      )}
    </div>
  );
}
