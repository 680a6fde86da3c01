import { Badge, Button, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { useAssistant } from "../store/assistant-store.ts";
import { StatusIcon } from "../ui/status-icon.tsx";

const useStyles = makeStyles({
  text: { margin: "0 0 8px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  list: { margin: 0, padding: 0, listStyle: "none" },
  row: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "4px 8px",
    minHeight: "36px",
    lineHeight: "20px",
  },
  words: { flexGrow: 1, flexBasis: "180px", minWidth: 0 },
  more: { marginTop: "12px" },
});

/** What of the application's set-up there is with the simulated Microsoft, and what puts the rest right. */
export function Microsoft({ offersIds }: { readonly offersIds: boolean }): ReactElement | null {
  const styles = useStyles();
  const practice = useAssistant((store) => store.state?.practice ?? null);
  const target = useAssistant((store) => store.state?.target);
  const busy = useAssistant((store) => store.work !== null);
  const setFault = useAssistant((store) => store.setFault);
  const editTarget = useAssistant((store) => store.editTarget);
  if (practice === null) return null;
  const { microsoft, madeUp } = practice;
  return (
    <>
      <p className={styles.text}>
        <Badge appearance="outline" color="informative">
          Simulated
        </Badge>{" "}
        It takes any IDs and any client secret. What is missing stands here, and is put right here.
      </p>
      {/* Without its bullets a list is none to some screen readers unless its role is written. */}
      {/* biome-ignore lint/a11y/noRedundantRoles: as above */}
      <ul role="list" className={styles.list}>
        {microsoft.map(({ fault, name, text, missing, cure }) => (
          <li key={fault} className={styles.row} data-microsoft={fault} data-missing={missing}>
            <StatusIcon status={missing ? "action" : "done"} />
            <span className={styles.words}>
              <b>{name}:</b> {text}
            </span>
            {missing && (
              <Button
                size="small"
                disabledFocusable={busy}
                aria-label={`${cure}: ${name}`}
                onClick={() => void setFault(fault, false)}
              >
                {cure}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {offersIds && (target?.applicationId === undefined || target.tenantId === undefined) && (
        <Button className={styles.more} onClick={() => editTarget(madeUp, "now")} data-made-up>
          Enter made-up IDs
        </Button>
      )}
    </>
  );
}
