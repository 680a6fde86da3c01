import type { NtExecutable, NtExecutableResource } from "resedit";

export function programWith(
  original: string,
  code: string,
  node: readonly string[],
): Promise<{ readonly program: NtExecutable; readonly resources: NtExecutableResource }>;

export function buildCommandLineProgram(
  output: string,
  options?: { readonly version?: string; readonly node?: readonly string[] },
): Promise<{ readonly moduleIds: readonly string[] }>;
