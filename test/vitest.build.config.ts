import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Checks of `.output`, so they run after the build. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  test: { name: 'build', include: ['test/build/**/*.test.ts'], testTimeout: 120_000 },
});
