// The suite against a real model server; it fetches one on its first run (70 MB unpacked, kept in the user's cache).
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/llama/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 300_000,
  },
});
