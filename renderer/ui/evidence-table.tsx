import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { Evidence } from "../../electron/contract/checklist.ts";
import { CopyButton } from "./copy-button.tsx";
import { tableText } from "./table-text.ts";

const useStyles = makeStyles({
  table: { width: "100%", borderCollapse: "collapse", fontSize: tokens.fontSizeBase200, lineHeight: "16px" },
  head: {
    padding: "4px 12px 4px 0",
    textAlign: "left",
    fontWeight: 600,
    color: tokens.colorNeutralForeground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  cell: {
    padding: "6px 12px 6px 0",
    verticalAlign: "top",
    overflowWrap: "anywhere",
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  address: { fontFamily: tokens.fontFamilyMonospace, width: "60%" },
  copy: { padding: 0, width: "32px", verticalAlign: "top", borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
});

/** A value with the form it has in the registry. */
const shown = ({ value, raw }: Evidence): string =>
  raw === undefined || value.includes(raw) ? value : `${value} (${raw})`;

/** What was read to reach a verdict: where, and what stood there. */
export function EvidenceTable({ evidence }: { readonly evidence: readonly Evidence[] }): ReactElement {
  const styles = useStyles();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th className={styles.head} scope="col">
            Read from
          </th>
          <th className={styles.head} scope="col">
            Value
          </th>
          <td className={styles.head}>
            <CopyButton
              text={tableText(
                ["Read from", "Value"],
                evidence.map((one) => [one.address, shown(one)]),
              )}
              what="the whole table"
            />
          </td>
        </tr>
      </thead>
      <tbody>
        {evidence.map(({ address, value, raw }) => (
          <tr key={`${address} ${value}`}>
            <td className={`${styles.cell} ${styles.address}`}>{address}</td>
            <td className={styles.cell}>{shown({ address, value, raw })}</td>
            <td className={styles.copy}>
              {/* Only a path is of use elsewhere; other names are words of this product. */}
              {address.includes("\\") && <CopyButton text={address} what={`address ${address}`} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
