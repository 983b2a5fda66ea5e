import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** In real browsers: names, roles, layout and frames are what is tested. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '../..'),
  test: { name: 'guide', include: ['test/guide/**/*.spec.ts'], testTimeout: 120_000, hookTimeout: 60_000, maxWorkers: 2 },
});
