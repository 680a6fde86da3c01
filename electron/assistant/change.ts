import { changePlan, entriesOf, type PlanFile, planFor, recoverPlan, undoPlan } from "../changes/plan.ts";
import type { MethodOutput, OfferedFile } from "../contract/methods.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { UseCases } from "./bind.ts";
import { changeable, changeRefusal, offersOf } from "./changeable.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import type { Uses } from "./parts.ts";
import { type ProfileForm, profileFile, profileUndo } from "./profile-file.ts";
import { runChange } from "./run-change.ts";

/** How each form of a profile is saved. */
const savedAs = {
  ps1: { ending: ".ps1", mediaType: "text/plain", encoding: "utf8Bom" },
  reg: { ending: ".reg", mediaType: "text/plain", encoding: "utf16leBom" },
  dsc: { ending: ".dsc.yaml", mediaType: "application/yaml", encoding: "utf8" },
  ansible: { ending: ".playbook.yml", mediaType: "application/yaml", encoding: "utf8" },
} as const satisfies Readonly<Record<ProfileForm, Omit<OfferedFile, "name" | "text"> & { readonly ending: string }>>;

/** Changing the server on show, putting back, and the same as files. */
export function changeUseCases({
  session,
  judged,
  stateOf,
  now,
  version,
  emit,
}: Uses<"session" | "judged" | "stateOf" | "now" | "version" | "emit">) {
  const changes = oneAtATime("a change");

  async function run(plan: PlanFile): Promise<MethodOutput<"applyChanges">> {
    const { server } = await session.shown();
    const able = changeable(server);
    if (able === null) {
      throw new InputProblem(
        "refused",
        changeRefusal(server) ?? "it cannot be changed",
        server.label,
        "Use the practice server to rehearse.",
      );
    }
    return changes.run(server.label, async (signal) => {
      const result = await runChange(able, plan, {
        now,
        progress: (text, fraction) => emit("progress", { task: "change", text, fraction }),
        signal,
      });
      return { result, state: await stateOf(await session.look()) };
    });
  }

  return {
    applyChanges: async ({ ids, offer, copyConfig, restartService }) => {
      const { recording, target, checklist } = await judged();
      const planned =
        offer === undefined
          ? planFor(recording, target.tlsProfile).rows
          : (offersOf(recording, checklist).find(({ finding }) => finding === offer)?.rows ?? []);
      const rows = ids.map((id) => {
        const row = planned.find((one) => one.id === id);
        if (row !== undefined) return row;
        throw new InputProblem(
          "not-planned",
          "a change was asked for that was not shown",
          id,
          "Check again and review the changes.",
        );
      });
      const entries = entriesOf(rows, { copyConfig, restartService });
      if (entries.length === 0) {
        throw new InputProblem("nothing-chosen", "no change was chosen", "TLS", "Choose at least one change.");
      }
      return run(changePlan(entries));
    },
    undoChange: ({ journal, force }) => run(undoPlan({ journal, force })),
    recoverChange: ({ journal, how, force }) => run(recoverPlan({ journal, how, force })),
    cancelChange: () => changes.stop(new Error("cancelled")),
    saveScript: async ({ format }) => {
      const { recording, target } = await judged();
      const profile = target.tlsProfile;
      const name = `mim-mail-tls-${profile}`;
      if (format === "undoReg") {
        const text = profileUndo(profile, recording);
        return { name: `${name}-undo.reg`, mediaType: "text/plain", encoding: "utf16leBom", text };
      }
      const { ending, ...saved } = savedAs[format];
      const text = await profileFile(format, profile, { createdAt: now(), version });
      return { name: `${name}${ending}`, ...saved, text };
    },
  } satisfies Partial<UseCases>;
}
