export function findPowershell(): string | null;
export function ensurePowershell(): boolean;
