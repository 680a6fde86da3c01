import { FluentProvider, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { lazy, type ReactElement, Suspense, useEffect } from "react";
import { useOpenDialog } from "../about/open-dialog.ts";
import { OwnDialogs } from "../about/own-dialogs.tsx";
import { useChangeMode } from "../change-mode/change-mode-store.ts";
import { isCompanionWindow } from "../change-mode/companion-address.ts";
import { Announcer } from "../store/announcer.tsx";
import { useAssistant } from "../store/assistant-store.ts";
import { useTheme } from "../ui/theme.ts";
import { Banners } from "./banners.tsx";
import { Footer } from "./footer.tsx";
import { Header } from "./header.tsx";
import { useKeys } from "./keys.ts";
import { QuietMessage } from "./quiet-message.tsx";
import { ScreenFrame } from "./screen-frame.tsx";
import { StepList } from "./step-list.tsx";

const ChangeDialog = lazy(async () => ({ default: (await import("../changes/change-dialog.tsx")).ChangeDialog }));
const Palette = lazy(async () => ({ default: (await import("./palette.tsx")).Palette }));
const StartPage = lazy(async () => ({ default: (await import("./start-page.tsx")).StartPage }));
const CompanionWindow = lazy(async () => ({
  default: (await import("../change-mode/companion-window.tsx")).CompanionWindow,
}));
const CompanionPanel = lazy(async () => ({
  default: (await import("../change-mode/companion-panel.tsx")).CompanionPanel,
}));

const useStyles = makeStyles({
  window: {
    display: "grid",
    gridTemplateColumns: "272px minmax(0, 1fr)",
    gridTemplateRows: "auto minmax(0, 1fr)",
    gridTemplateAreas: '"header header" "steps content"',
    height: "100dvh",
    boxSizing: "border-box",
    backgroundColor: "var(--canvas)",
    color: tokens.colorNeutralForeground1,
    // At 200 % the list keeps its signs only; what they stand for is in their names and tips.
    "@media (max-width: 860px)": { gridTemplateColumns: "60px minmax(0, 1fr)" },
    // A very low window scrolls as one page, so that header and footer do not eat the room to read.
    "@media (max-height: 480px)": { height: "auto", minHeight: "100dvh" },
  },
  // In a narrow window the companion lies over the step instead.
  beside: {
    "@media (min-width: 1200px)": {
      gridTemplateColumns: "272px minmax(0, 1fr) 380px",
      gridTemplateAreas: '"header header header" "steps content companion"',
    },
  },
  skip: {
    position: "absolute",
    top: "8px",
    left: "8px",
    zIndex: 10,
    padding: "8px 16px",
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    ":not(:focus)": { transform: "translateY(-200%)" },
  },
  content: { gridArea: "content", display: "flex", flexDirection: "column", minWidth: 0, minHeight: 0 },
  // Where the window scrolls as one page, the way on stays in sight.
  bottom: { flexShrink: 0, "@media (max-height: 480px)": { position: "sticky", bottom: 0, zIndex: 1 } },
});

/** The window, or the companion where this is the companion's own window. */
export function AssistantWindow(): ReactElement {
  return isCompanionWindow ? (
    <Suspense>
      <CompanionWindow />
    </Suspense>
  ) : (
    <MainWindow />
  );
}

/** Header, the list of steps, the step, and the way on; at the side the companion, where it has no window of its own. */
function MainWindow(): ReactElement {
  const styles = useStyles();
  const { name, theme } = useTheme(useAssistant((store) => store.theme));
  const asked = useAssistant((store) => store.asked);
  const companion = useChangeMode((store) => store.panel);
  const starting = useAssistant((store) => store.starting);
  const finding = useOpenDialog((dialog) => dialog.open === "palette");
  useKeys();
  useEffect(() => {
    document.documentElement.style.colorScheme = name === "light" ? "light" : "dark";
  }, [name]);
  return (
    // The layout has an element of its own: menus and tips are drawn in elements that take over the provider's classes.
    <FluentProvider theme={theme} data-theme={name}>
      {starting ? (
        <>
          <Suspense>
            <StartPage />
          </Suspense>
          <Announcer />
          <OwnDialogs />
        </>
      ) : (
        <div className={mergeClasses(styles.window, companion && styles.beside)}>
          {/* Not an address: the hash is the screen's name. */}
          <button
            type="button"
            className={styles.skip}
            onClick={() => document.getElementById("screen-title")?.focus()}
          >
            Skip to the step
          </button>
          <Header />
          <StepList />
          <div className={styles.content}>
            <Banners />
            <ScreenFrame />
            <div className={styles.bottom}>
              <QuietMessage />
              <Footer />
            </div>
          </div>
          {companion && (
            <Suspense>
              <CompanionPanel />
            </Suspense>
          )}
          <Announcer />
          <OwnDialogs />
          {finding && (
            <Suspense>
              <Palette />
            </Suspense>
          )}
          {asked !== null && (
            <Suspense>
              <ChangeDialog asked={asked} />
            </Suspense>
          )}
        </div>
      )}
    </FluentProvider>
  );
}
