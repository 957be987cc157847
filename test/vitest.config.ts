// The hermetic suite: everything but real editors, real model servers and what cargo compiles.
import { defineConfig } from 'vitest/config';
import manifest from '../package.json' with { type: 'json' };

export default defineConfig({
  // As the build has it.
  define: { __VERSION__: JSON.stringify(manifest.version) },
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    exclude: ['test/editors/**', 'test/llama/**', 'test/zed/extension/**', '**/node_modules/**'],
    // Only bounds a test that hangs: none may depend on how fast the machine is.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Most of the time is spent waiting for processes; on two cores the default would be one worker.
    maxWorkers: 3,
    // What the files import is loaded once for each worker and not for each file, which took a sixth of the time. No module keeps anything that another file could meet.
    isolate: false,
  },
});
