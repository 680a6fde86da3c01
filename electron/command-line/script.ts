import { type ProfileForm, profileFile, profileUndo } from "../assistant/profile-file.ts";
import { encodeScript } from "../changes/powershell-script.ts";
import { encodeRegFile } from "../changes/reg-file.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { shownText } from "../report/shown-text.ts";
import type { Define } from "./define.ts";
import type { Context } from "./io.ts";
import { type Output, writeOutputs } from "./output-file.ts";
import { openNamed, type ProfiledServer, type ProfileOptions, profiled, profileOption } from "./planned-server.ts";
import { serverOption } from "./server-option.ts";

interface ScriptOptions extends ProfileOptions {
  readonly out: string;
  readonly force?: true;
}

/** `script`: the changes of a profile as a file to run on a server, that does what `apply` does. */
export const defineScript: Define = (command, context) => {
  command
    .requiredOption("--out <file>", "the file to write: .ps1, .reg, .dsc.yaml or .playbook.yml")
    .addOption(profileOption())
    .addOption(serverOption())
    .option("--force", "write over files that exist")
    .addHelpText(
      "after",
      `
A .ps1 is for Windows PowerShell 4.0 or later on any server: it changes only what differs, knows -WhatIf, and writes its own undo
script before the first change. A .reg comes with a second file, <name>-undo.reg, that puts back the values of the
server looked at (--server): it is for that server alone, and keys that were created stay, empty. A .dsc.yaml is a
configuration document for Microsoft DSC 3.0 or later, a .playbook.yml a playbook for Ansible's collection
ansible.windows; neither keeps an undo.

Examples:
  mim-mail script --out tls.ps1
  mim-mail script --out tls.ps1 --profile minimum
  mim-mail script --out MIM01.reg --server MIM01.json
  mim-mail script --out tls.dsc.yaml
  mim-mail script --out tls.playbook.yml --profile minimum`,
    )
    .action(async (options: ScriptOptions) => {
      const write = formatOf(options.out);
      const server = await profiled(await openNamed(options, context), options.profile, context);
      const outputs = await write(options.out, server, context);
      await writeOutputs(outputs, options.force === true);
      for (const { path } of outputs) context.io.stdout(`Wrote ${shownText(path)}\n`);
    });
};

type Write = (path: string, server: ProfiledServer, context: Context) => Promise<Output[]>;

const one =
  (form: ProfileForm, encode: (text: string) => Output["content"]): Write =>
  async (path, { profile }, { io, version }) => [
    { path, content: encode(await profileFile(form, profile, { createdAt: io.now(), version })) },
  ];

const regPair: Write = async (path, { profile, named }, { io, version }) => {
  const reg = await profileFile("reg", profile, { createdAt: io.now(), version });
  const undo = profileUndo(profile, await named.server.look());
  return [
    { path, content: encodeRegFile(reg) },
    { path: path.replace(/\.reg$/i, "-undo$&"), content: encodeRegFile(undo) },
  ];
};

const asUtf8 = (text: string): string => text;

/** What each ending of a file's name asks for. */
const formats: readonly { readonly ending: RegExp; readonly write: Write }[] = [
  { ending: /[^/\\]\.ps1$/i, write: one("ps1", encodeScript) },
  { ending: /[^/\\]\.reg$/i, write: regPair },
  { ending: /[^/\\]\.dsc\.ya?ml$/i, write: one("dsc", asUtf8) },
  { ending: /[^/\\]\.playbook\.ya?ml$/i, write: one("ansible", asUtf8) },
];

function formatOf(path: string): Write {
  const format = formats.find(({ ending }) => ending.test(path));
  if (format !== undefined) return format.write;
  throw new InputProblem(
    "no-format",
    "the file must end in .ps1, .reg, .dsc.yaml or .playbook.yml",
    path,
    "Name the file accordingly.",
  );
}
