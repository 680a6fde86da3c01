import { FluentProvider, MessageBar, MessageBarBody, MessageBarTitle, makeStyles } from "@fluentui/react-components";
import { type ReactElement, useEffect } from "react";
import { Announcer } from "../store/announcer.tsx";
import { useAssistant } from "../store/assistant-store.ts";
import { useTheme } from "../ui/theme.ts";
import { Companion } from "./companion.tsx";

const useStyles = makeStyles({
  window: { display: "flex", flexDirection: "column", height: "100dvh", boxSizing: "border-box" },
  rest: { flexGrow: 1, minHeight: 0 },
  problem: { whiteSpace: "normal" },
});

/** The companion in a window of its own: nothing else is shown there. */
export function CompanionWindow(): ReactElement {
  const styles = useStyles();
  const { name, theme } = useTheme(useAssistant((store) => store.theme));
  const problem = useAssistant((store) => store.problem);
  const page = useAssistant((store) => store.state?.changeMode.watch?.page?.page);
  const request = useAssistant((store) => store.request);
  const adopt = useAssistant((store) => store.adopt);
  useEffect(() => {
    document.documentElement.style.colorScheme = name === "light" ? "light" : "dark";
    document.title = "Companion · MIM Mail Assistant";
  }, [name]);
  // What is typed in the other window reaches this one with the installer's next page.
  useEffect(() => {
    if (page === undefined) return;
    void request((bridge) => bridge.getState(null)).then((state) => state !== null && adopt(state));
  }, [page, request, adopt]);
  return (
    <FluentProvider theme={theme} data-theme={name}>
      <main className={styles.window}>
        {problem !== null && (
          <MessageBar intent="error" layout="multiline" data-problem={problem.code}>
            <MessageBarBody className={styles.problem}>
              <MessageBarTitle>{problem.message}</MessageBarTitle> {problem.cure}
            </MessageBarBody>
          </MessageBar>
        )}
        <div className={styles.rest}>
          <Companion />
        </div>
        <Announcer />
      </main>
    </FluentProvider>
  );
}
