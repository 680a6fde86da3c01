import { Button, Tooltip } from "@fluentui/react-components";
import { Checkmark20Regular } from "@fluentui/react-icons/svg/checkmark";
import { Copy20Regular } from "@fluentui/react-icons/svg/copy";
import { type ReactElement, useContext, useEffect, useState } from "react";
import { AnnounceContext } from "./announce.ts";
import { copyText } from "./clipboard.ts";

/** Copies a text. `what` names it in the button's label: "Copy application ID". */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }): ReactElement {
  const announce = useContext(AnnounceContext);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    const done = await copyText(text);
    setCopied(done);
    announce(done ? `Copied: ${what}.` : `Could not copy ${what}. Select the text and press Ctrl+C.`);
  };
  const label = `Copy ${what}`;
  return (
    <Tooltip content={copied ? "Copied" : label} relationship="description">
      <Button
        appearance="subtle"
        size="small"
        icon={copied ? <Checkmark20Regular /> : <Copy20Regular />}
        aria-label={label}
        onClick={() => void copy()}
      />
    </Tooltip>
  );
}
