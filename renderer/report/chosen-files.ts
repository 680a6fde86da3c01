import { failed, type Outcome } from "../../electron/contract/outcome.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { readChosenFile } from "../store/chosen-file.ts";

/** The most servers that are put side by side; more no screen can show. */
const mostServers = 50;

interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** The texts of the chosen files; the first that cannot be read, or too many of them, is the window's problem. */
async function textsOf(files: readonly File[]): Promise<NamedText[] | null> {
  const { request } = useAssistant.getState();
  if (files.length > mostServers) {
    const refusal: Outcome<never> = failed(
      "too-many",
      `${files.length} files were chosen; ${mostServers} servers can stand side by side.`,
      "Choose fewer files.",
    );
    return request(async () => refusal);
  }
  const texts: NamedText[] = [];
  for (const file of files) {
    const text = await request(() => readChosenFile(file, "file"));
    if (text === null) return null;
    texts.push({ name: file.name, text });
  }
  return texts;
}

/** Compares what stands now with a recording or report that was saved before. */
export async function openBefore(file: File): Promise<void> {
  const store = useAssistant.getState();
  store.dismissProblem();
  const [input] = (await textsOf([file])) ?? [];
  if (input === undefined) return;
  const state = await store.request((bridge) => bridge.openBefore({ ...input }));
  if (state === null) return;
  store.adopt(state);
  store.announce(`Compared with ${file.name}.`);
}

/** Compares with the first look of the session again. */
export async function closeBefore(): Promise<void> {
  const store = useAssistant.getState();
  const state = await store.request((bridge) => bridge.closeBefore(null));
  if (state === null) return;
  store.adopt(state);
  store.announce("Compared with the first look of this session.");
}

/** Puts recordings beside the server on show. */
export async function openFarm(files: readonly File[]): Promise<void> {
  const store = useAssistant.getState();
  store.dismissProblem();
  const texts = await textsOf(files);
  if (texts === null) return;
  const state = await store.request((bridge) => bridge.openFarm({ files: texts.map((file) => ({ ...file })) }));
  if (state === null) return;
  store.adopt(state);
  store.announce(`${state.farm?.servers.length ?? 0} servers side by side.`);
}

/** Offers the servers side by side as a table. */
export async function saveFarm(): Promise<void> {
  const store = useAssistant.getState();
  store.dismissProblem();
  await store.offer((bridge) => bridge.saveFarm(null));
}

/** Takes the servers away that were put side by side. */
export async function closeFarm(): Promise<void> {
  const store = useAssistant.getState();
  const state = await store.request((bridge) => bridge.closeFarm(null));
  if (state !== null) store.adopt(state);
}
