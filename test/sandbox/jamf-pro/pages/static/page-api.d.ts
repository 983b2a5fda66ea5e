export function readApiFacts(): Promise<{ account?: string; version?: string }>;
