/** What is wanted, cut to the table's measure: "On: 1, 0". The whole of it is in the row's details. */
export function shortWanted(expected: string): string {
  const effect = /^(On|Off)\b/.exec(expected)?.[1];
  const figures = [...expected.matchAll(/\b[A-Z]\w+ (\d+)\b/g)].map((match) => match[1]).join(", ");
  if (figures === "") return expected.split(";")[0] ?? expected;
  return effect === undefined ? figures : `${effect}: ${figures}`;
}
