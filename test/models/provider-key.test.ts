// A provider's key: from the environment, else from the user's command.
import { describe, expect, it } from 'vitest';
import { findApiKey } from '../../server/models/provider-key.ts';

describe('a key', () => {
  const provider = { name: 'mine', apiKeyEnv: 'MY_KEY' };
  const node = (script: string) => ({ name: 'mine', apiKeyCommand: [process.execPath, '-e', script] });

  it('comes from the environment, or is not needed', async () => {
    expect(await findApiKey(provider, { MY_KEY: ' k1\n' })).toBe('k1');
    expect(await findApiKey({ name: 'local' }, {})).toBeUndefined();
    await expect(findApiKey(provider, {})).rejects.toThrow('mine: no key; set MY_KEY in the environment of the editor');
  });

  it('comes from a command where the environment has none', async () => {
    const both = { ...provider, ...node('console.log("k2")') };
    expect(await findApiKey(both, { MY_KEY: '' })).toBe('k2');
    expect(await findApiKey(both, { MY_KEY: 'k1' })).toBe('k1');
  });

  it.each([
    ['process.stderr.write("hunter2"); process.exit(3)', 'exit status 3'],
    ['', 'did not print one key'],
    ['console.log("hunter2 hunter2")', 'did not print one key'],
  ])('a command that fails is named, and nothing that it says: %s', async (script, reason) => {
    const error = await findApiKey(node(script), {}).catch((thrown: Error) => thrown.message);
    expect(error).toContain(reason);
    expect(error).not.toContain('hunter2');
  });

  it('is got without a shell', async () => {
    await expect(findApiKey({ name: 'mine', apiKeyCommand: ['echo hunter2; true'] }, {})).rejects.toThrow('ENOENT');
    expect(await findApiKey({ name: 'mine', apiKeyCommand: ['echo', '$(id)'] }, {})).toBe('$(id)');
  });
});
