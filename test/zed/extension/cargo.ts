// Cargo on the Zed extension, and what it keeps between runs: outside of the checkout.

import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './process.ts';

/** What Zed compiles extensions for. */
export const buildTarget = 'wasm32-wasip2';

/** Of this suite, in the user's cache. */
export const cache = join(homedir(), '.cache/quickhand/zed');

const crate = fileURLToPath(new URL('../../../clients/zed', import.meta.url));
const targetDir = process.env.CARGO_TARGET_DIR ?? join(cache, 'target');

/** The compiled extension, once `cargo build` was run for Zed's target. */
export const component = join(targetDir, buildTarget, 'release/quickhand_zed.wasm');

/** On the extension. Resolves with everything that it said; rejects with it if it failed. */
export function cargo(...args: readonly string[]): Promise<string> {
  const env = { ...process.env, CARGO_TARGET_DIR: targetDir, CARGO_TERM_COLOR: 'never' };
  return run('cargo', args, { cwd: crate, env });
}

/** Adds the target to the toolchain, as Zed does when it compiles an extension; where that can't be done, the reason. */
export function noTarget(): string | undefined {
  const { status, stderr, error } = spawnSync('rustup', ['target', 'add', buildTarget], {
    cwd: crate,
    encoding: 'utf8',
  });
  return status === 0 ? undefined : (error?.message ?? stderr);
}
