import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { Status } from "../../electron/contract/status.ts";

const useStyles = makeStyles({
  word: { flexShrink: 0, fontSize: tokens.fontSizeBase200, lineHeight: "16px", fontWeight: 400 },
  action: { color: tokens.colorStatusDangerForeground1, fontWeight: 600 },
  unknown: { color: tokens.colorNeutralForeground2 },
  pending: { color: tokens.colorNeutralForeground2 },
  attention: { color: tokens.colorStatusWarningForeground1, fontWeight: 600 },
  done: { color: tokens.colorStatusSuccessForeground1 },
  notApplicable: { color: tokens.colorNeutralForeground2 },
});

/** The style of a status' word, coloured as its sign is. */
export function useStatusWordStyle(status: Status): string {
  const styles = useStyles();
  return mergeClasses(styles.word, styles[status]);
}
