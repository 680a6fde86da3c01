import { Button, Field, Input, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { type ReactElement, useState } from "react";
import type { Farm } from "../../electron/contract/comparison.ts";
import { useAssistant } from "../store/assistant-store.ts";

const useStyles = makeStyles({
  bar: { display: "flex", flexWrap: "wrap", alignItems: "end", gap: "8px 12px", margin: "0 0 12px" },
  field: { flexGrow: 1, flexBasis: "260px", maxWidth: "480px" },
  failed: { margin: "0 0 12px", paddingLeft: "20px", lineHeight: "20px" },
  cure: { color: tokens.colorNeutralForeground2 },
});

/** The names in what was typed: with commas, semicolons or blanks between. */
function namesIn(typed: string): string[] {
  return typed.split(/[\s,;]+/).filter((name) => name !== "");
}

/** Looks at other servers through PowerShell remoting and puts them beside the one on show. */
export function AddServers({ failed }: { readonly failed: Farm["failed"] }): ReactElement {
  const styles = useStyles();
  const [typed, setTyped] = useState("");
  const [looking, setLooking] = useState(false);
  const busy = useAssistant((store) => store.work !== null);
  const names = namesIn(typed);
  const add = async (): Promise<void> => {
    const store = useAssistant.getState();
    store.dismissProblem();
    setLooking(true);
    const state = await store.request((bridge) => bridge.addServers({ names }));
    setLooking(false);
    if (state === null) return;
    store.adopt(state);
    setTyped("");
    const missing = state.farm?.failed.length ?? 0;
    const beside = state.farm?.servers.length ?? 0;
    store.announce(`${beside} servers side by side${missing === 0 ? "." : `; ${missing} could not be looked at.`}`);
  };
  const cancel = (): void => {
    void useAssistant.getState().request((bridge) => bridge.cancelAddServers(null));
  };
  return (
    <>
      <form
        className={styles.bar}
        onSubmit={(event) => {
          event.preventDefault();
          if (names.length > 0 && !looking && !busy) void add();
        }}
      >
        <Field
          className={styles.field}
          label="Add servers by name"
          hint="Looked at through PowerShell remoting, as you; only looked at, nothing is changed there."
        >
          <Input
            value={typed}
            placeholder="MIM02, mim03.contoso.com"
            onChange={(_event, data) => setTyped(data.value)}
          />
        </Field>
        {looking ? (
          <>
            <Spinner size="tiny" label="Looking…" />
            <Button onClick={cancel}>Cancel</Button>
          </>
        ) : (
          <Button type="submit" disabledFocusable={busy || names.length === 0}>
            {names.length > 1 ? "Add servers" : "Add a server"}
          </Button>
        )}
      </form>
      {failed.length > 0 && (
        <ul className={styles.failed} aria-label="Servers that could not be looked at">
          {failed.map(({ name, message, cure }) => (
            <li key={name}>
              <bdi>{name}</bdi> could not be looked at: {message}. <span className={styles.cure}>{cure}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
