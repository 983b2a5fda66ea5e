import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** What the adapters send, against the vendors' own descriptions of their APIs. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '../..'),
  test: { name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 60_000, unstubGlobals: true },
});
