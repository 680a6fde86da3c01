import {
  Menu,
  MenuButton,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  mergeClasses,
  tokens,
} from "@fluentui/react-components";
import { lazy, type ReactElement, Suspense, useRef, useState } from "react";
import type { ServerKind } from "../../electron/contract/state.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { useElement } from "../ui/element.ts";
import { FileInput } from "../ui/file-input.tsx";

const StartOverDialog = lazy(async () => ({ default: (await import("./start-over-dialog.tsx")).StartOverDialog }));

const names: Readonly<Record<ServerKind, (label: string) => string>> = {
  live: () => "This server",
  practice: () => "Practice server",
  recorded: (label) => `Recording: ${label}`,
  remote: () => "Another server",
};

const useStyles = makeStyles({
  badge: {
    flexShrink: 0,
    maxWidth: "280px",
    minWidth: 0,
    border: `1px solid ${tokens.colorTransparentStroke}`,
    fontWeight: 600,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    ":hover": { backgroundColor: tokens.colorBrandBackground2Hover, color: tokens.colorBrandForeground2Hover },
    ":hover:active": {
      backgroundColor: tokens.colorBrandBackground2Pressed,
      color: tokens.colorBrandForeground2Pressed,
    },
  },
  recorded: {
    backgroundColor: tokens.colorStatusWarningBackground1,
    color: tokens.colorStatusWarningForeground1,
    ":hover": { backgroundColor: tokens.colorStatusWarningBackground2, color: tokens.colorStatusWarningForeground1 },
    ":hover:active": {
      backgroundColor: tokens.colorStatusWarningBackground2,
      color: tokens.colorStatusWarningForeground1,
    },
  },
  label: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
});

/** The kind of server on show, and the way to another one. */
export function ServerMenu(): ReactElement {
  const styles = useStyles();
  const server = useAssistant((store) => store.state?.server);
  const available = useAssistant((store) => store.state?.available);
  const busy = useAssistant((store) => store.work !== null);
  const chooseServer = useAssistant((store) => store.chooseServer);
  const openSample = useAssistant((store) => store.openSample);
  const openRecording = useAssistant((store) => store.openRecording);
  const showStart = useAssistant((store) => store.showStart);
  const saveRecording = useAssistant((store) => store.saveRecording);
  const [startingOver, setStartingOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const { element: button, hold } = useElement<HTMLButtonElement>();
  const name = server === undefined ? "Server" : names[server.kind](server.label);
  const close = (): void => {
    setStartingOver(false);
    setTimeout(() => button.current?.focus());
  };
  return (
    <>
      <Menu positioning="below-start">
        <MenuTrigger disableButtonEnhancement>
          <MenuButton
            ref={hold}
            size="small"
            className={mergeClasses(styles.badge, server?.local === false && styles.recorded)}
            title={`${name}. Choose another server`}
            data-server={server?.kind}
          >
            <span className={styles.label}>{name}</span>
          </MenuButton>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuGroup>
              <MenuGroupHeader>Server</MenuGroupHeader>
              {available?.live === true && (
                <MenuItem disabled={busy} onClick={() => void chooseServer("live")}>
                  This server
                </MenuItem>
              )}
              <MenuItem disabled={busy} onClick={() => void chooseServer("practice")}>
                Practice server
              </MenuItem>
              <MenuItem disabled={busy} onClick={() => setStartingOver(true)}>
                Start practice over…
              </MenuItem>
            </MenuGroup>
            <MenuDivider />
            <MenuGroup>
              <MenuGroupHeader>Recordings</MenuGroupHeader>
              {available?.samples.map((sample) => (
                <MenuItem
                  key={sample.id}
                  disabled={busy}
                  title={sample.description}
                  onClick={() => void openSample(sample.id)}
                >
                  {sample.title}
                </MenuItem>
              ))}
              <MenuItem disabled={busy} onClick={() => input.current?.click()}>
                Open a recording…
              </MenuItem>
              <MenuItem disabled={busy || server === undefined} onClick={() => void saveRecording()}>
                Save what was seen as a recording
              </MenuItem>
            </MenuGroup>
            <MenuDivider />
            <MenuItem disabled={busy} onClick={showStart}>
              Start page
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      <FileInput input={input} name="recording" onChoose={(file) => void openRecording(file)} />
      {startingOver && (
        <Suspense>
          <StartOverDialog onClose={close} />
        </Suspense>
      )}
    </>
  );
}
