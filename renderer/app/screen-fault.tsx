import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
} from "@fluentui/react-components";
import type { ReactElement } from "react";

const useStyles = makeStyles({
  text: { display: "block", whiteSpace: "normal", overflowWrap: "anywhere" },
});

/** Stands in place of a screen that broke; the list of steps and the way on and back still work. */
export function ScreenFault({
  message,
  onReopen,
}: {
  readonly message: string;
  readonly onReopen: () => void;
}): ReactElement {
  const styles = useStyles();
  return (
    <MessageBar intent="error" layout="multiline" data-fault="screen">
      <MessageBarBody>
        <MessageBarTitle>This screen has a fault.</MessageBarTitle>{" "}
        <span className={styles.text}>
          Nothing on the server was changed by it. What you entered is kept, except secrets. The other steps work;
          About, in the menu at the top right, copies what helps to find the fault.
        </span>
        <span className={styles.text}>{message}</span>
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={onReopen}>Reopen the screen</Button>
      </MessageBarActions>
    </MessageBar>
  );
}
