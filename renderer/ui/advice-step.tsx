import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { advicePieces } from "./advice-pieces.ts";
import { CodeLine } from "./code-line.tsx";

const useStyles = makeStyles({
  name: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: "anywhere" },
});

/** One step of an advice. */
export function AdviceStep({ advice }: { readonly advice: string }): ReactElement {
  const styles = useStyles();
  return (
    <>
      {advicePieces(advice).map((piece, index) => {
        const key = `${index} ${piece.text}`;
        if (piece.kind === "command") return <CodeLine key={key} text={piece.text} what="command" />;
        if (piece.kind === "words") return <span key={key}>{piece.text}</span>;
        return (
          <code key={key} className={styles.name}>
            {piece.text}
          </code>
        );
      })}
    </>
  );
}
