import {
  Menu,
  MenuButton,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from "@fluentui/react-components";
import { MoreHorizontal20Regular } from "@fluentui/react-icons/svg/more-horizontal";
import { lazy, type ReactElement, Suspense, useRef, useState } from "react";
import { themes } from "../../electron/contract/settings.ts";
import { useOpenDialog } from "../about/open-dialog.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { useElement } from "../ui/element.ts";
import { FileInput } from "../ui/file-input.tsx";
import { themeNames } from "./theme-names.ts";

const KeysDialog = lazy(async () => ({ default: (await import("./keys-dialog.tsx")).KeysDialog }));

/** What is wanted as a file, the window's colours, the user guide, its keys, and what the program is. */
export function MoreMenu(): ReactElement {
  const theme = useAssistant((store) => store.theme);
  const ready = useAssistant((store) => store.state !== null);
  const busy = useAssistant((store) => store.work !== null);
  const chooseTheme = useAssistant((store) => store.chooseTheme);
  const openTarget = useAssistant((store) => store.openTarget);
  const saveTarget = useAssistant((store) => store.saveTarget);
  const show = useOpenDialog((dialog) => dialog.show);
  const [showingKeys, setShowingKeys] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const { element: button, hold } = useElement<HTMLButtonElement>();
  const close = (): void => {
    setShowingKeys(false);
    setTimeout(() => button.current?.focus());
  };
  return (
    <>
      <Menu
        positioning="below-end"
        checkedValues={{ theme: [theme] }}
        onCheckedValueChange={(_event, data) => {
          const choice = themes.find((one) => one === data.checkedItems[0]);
          if (choice !== undefined) chooseTheme(choice);
        }}
      >
        <MenuTrigger disableButtonEnhancement>
          <MenuButton
            ref={hold}
            appearance="subtle"
            icon={<MoreHorizontal20Regular />}
            menuIcon={null}
            aria-label="More"
            title="Target file, colours, user guide, keys, about"
            data-more
          />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuGroup>
              <MenuGroupHeader>Target: what is wanted</MenuGroupHeader>
              <MenuItem disabled={busy} onClick={() => input.current?.click()}>
                Open a target…
              </MenuItem>
              <MenuItem disabled={busy || !ready} onClick={() => void saveTarget()}>
                Save the target
              </MenuItem>
            </MenuGroup>
            <MenuDivider />
            <MenuGroup>
              <MenuGroupHeader>Colours</MenuGroupHeader>
              {themes.map((choice) => (
                <MenuItemRadio key={choice} name="theme" value={choice}>
                  {themeNames[choice]}
                </MenuItemRadio>
              ))}
            </MenuGroup>
            <MenuDivider />
            <MenuItem secondaryContent="F1" onClick={() => show("help")}>
              User guide
            </MenuItem>
            <MenuItem onClick={() => setShowingKeys(true)}>Keys…</MenuItem>
            <MenuItem onClick={() => show("about")}>About…</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      <FileInput input={input} name="target" onChoose={(file) => void openTarget(file)} />
      {showingKeys && (
        <Suspense>
          <KeysDialog onClose={close} />
        </Suspense>
      )}
    </>
  );
}
