// An error that nobody caught: what runs ends, what has landed stays, the server serves on, and the log has a line that quotes no code.

import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { TestClient } from '../client/client.ts';
import { Puppet } from '../client/puppet.ts';
import { firstAfter, firstDone, sampleText } from './samples.ts';

const throwing = fileURLToPath(new URL('throwing.mjs', import.meta.url));

test('the process goes on', async () => {
  const model = await Puppet.start();
  const env = { NODE_OPTIONS: `--import=${throwing}` };
  const client = await TestClient.start({ asProgram: true, env, initializationOptions: model.settings });
  try {
    const document = client.open(sampleText);
    const edit = await client.edit(document, 'list[0]');
    const call = await model.next();
    call.say(firstAfter.slice(0, 20));
    client.wire.process.kill('SIGUSR2');
    expect(await edit.end()).toMatchObject({ outcome: 'failed', reason: 'an internal error; see the log' });
    expect(await call.untilHungUp()).toBe(true);
    await client.takeMessage(/internal error/);
    const next = await client.edit(document, 'list[0]');
    (await model.next()).answer(firstAfter);
    expect(await next.end()).toMatchObject({ outcome: 'completed' });
    expect(document.text).toBe(firstDone);
    // One line for each: where it broke, and nothing of what it choked on.
    expect(client.wire.stderr).not.toContain('secret');
    await client.close({ stderr: /^(quickhand: a bug that nobody caught, please report it: \w*Error at .+\n){2}$/ });
  } finally {
    await client.dispose();
    await model.close();
  }
});
