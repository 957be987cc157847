// The Zed extension itself, by cargo, which fetches crates on its first run. Zed's tasks and its manifest are in the hermetic suite.

import { defineConfig } from 'vitest/config';
import { buildTarget, noTarget } from './extension/cargo.ts';

const why = noTarget();
if (why !== undefined)
  console.error(`NOT TESTED: the WebAssembly component, because there is no ${buildTarget} to compile for.\n${why}`);

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/zed/extension/*.test.ts'],
    exclude: why === undefined ? [] : ['**/component.test.ts'],
    // One after the other: cargo would wait for itself.
    fileParallelism: false,
    // A cold cache: some sixty crates are compiled first, twice.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
