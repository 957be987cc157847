// Real editors, one file at a time: they are heavy, and a test that shares two cores with four editors measures the cores.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/editors/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    // A cold cache: an editor is downloaded and unpacked first.
    hookTimeout: 600_000,
  },
});
