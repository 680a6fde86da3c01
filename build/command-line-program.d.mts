export function buildCommandLineProgram(
  output: string,
  options?: { readonly version?: string; readonly node?: readonly string[] },
): Promise<{ readonly moduleIds: readonly string[] }>;
