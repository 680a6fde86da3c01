import {
  Button,
  DialogActions,
  DialogContent,
  MessageBar,
  MessageBarBody,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import type { ReactElement } from "react";
import { endWords } from "../store/change-labels.ts";
import type { ChangeEnd, ChangeRequest } from "../store/change-request.ts";
import { PhaseBody } from "./phase-body.tsx";
import { PhaseTitle } from "./phase-title.tsx";

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: "12px", padding: "8px 0 4px" },
  text: { display: "block", whiteSpace: "normal", overflowWrap: "anywhere" },
  table: { width: "100%", tableLayout: "fixed", borderCollapse: "collapse", lineHeight: "20px" },
  cell: {
    padding: "6px 12px 6px 0",
    textAlign: "left",
    verticalAlign: "top",
    fontWeight: 400,
    overflowWrap: "anywhere",
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  head: { fontSize: tokens.fontSizeBase200, fontWeight: 600, color: tokens.colorNeutralForeground2 },
  stands: { width: "28%" },
  button: { whiteSpace: "nowrap" },
  address: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
});

/** What a forced second try is called. */
const allTheSame = {
  putBack: "Put back all the same",
  rollback: "Put back all the same",
  again: "Make again all the same",
  finish: "Finish all the same",
} as const;

/** How a change ended. Where someone else has changed values since, it can be done over them. */
export function ChangeEnded({
  request,
  end,
  onForce,
  onClose,
}: {
  readonly request: ChangeRequest;
  readonly end: ChangeEnd;
  readonly onForce: (request: ChangeRequest) => void;
  readonly onClose: () => void;
}): ReactElement {
  const styles = useStyles();
  const { intent, title, lines, details } = endWords(request, end);
  const modifiedOutside = "result" in end ? end.result.modifiedOutside : [];
  return (
    <PhaseBody phase={"result" in end ? end.result.outcome : "unanswered"}>
      <PhaseTitle follows>{title}</PhaseTitle>
      <DialogContent className={styles.content} tabIndex={0}>
        <MessageBar intent={intent} layout="multiline">
          <MessageBarBody>
            {/* The first line names the values that the table lists. */}
            {[...(modifiedOutside.length > 0 ? lines.slice(1) : lines), ...details].map((line) => (
              <span key={line} className={styles.text}>
                {line}
              </span>
            ))}
          </MessageBarBody>
        </MessageBar>
        {modifiedOutside.length > 0 && (
          <table className={styles.table} aria-label="Changed by someone else">
            <thead>
              <tr>
                <th scope="col" className={`${styles.cell} ${styles.head}`}>
                  Value
                </th>
                <th scope="col" className={`${styles.cell} ${styles.head} ${styles.stands}`}>
                  Stands now
                </th>
              </tr>
            </thead>
            <tbody>
              {modifiedOutside.map(({ address, stands }) => (
                <tr key={address}>
                  <th scope="row" className={`${styles.cell} ${styles.address}`}>
                    {address}
                  </th>
                  <td className={styles.cell}>{stands}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </DialogContent>
      <DialogActions>
        <Button appearance="primary" className={styles.button} onClick={onClose}>
          {modifiedOutside.length > 0 ? "Leave it as it is" : "Close"}
        </Button>
        {modifiedOutside.length > 0 && request.what !== "apply" && (
          <Button className={styles.button} onClick={() => onForce({ ...request, force: true })}>
            {allTheSame[request.what]}
          </Button>
        )}
      </DialogActions>
    </PhaseBody>
  );
}
