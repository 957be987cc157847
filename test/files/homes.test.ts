// The folders of the user are absolute: a relative one would be one of the repository that the editor was started in.

import { userInfo } from 'node:os';
import { expect, it } from 'vitest';
import { configFolder, homeFolder, stateFolder } from '../../server/files/homes.ts';

const system = userInfo().homedir;

it.each([
  [{ HOME: '/h' }, '/h', '/h/.config', '/h/.local/state'],
  [{ HOME: '/h', XDG_CONFIG_HOME: '/c', XDG_STATE_HOME: '/s' }, '/h', '/c', '/s'],
  [{ HOME: '/h', XDG_CONFIG_HOME: '.', XDG_STATE_HOME: 's' }, '/h', '/h/.config', '/h/.local/state'],
  [{ HOME: '/h', XDG_CONFIG_HOME: '', XDG_STATE_HOME: '' }, '/h', '/h/.config', '/h/.local/state'],
  [{ HOME: '' }, system, `${system}/.config`, `${system}/.local/state`],
  [{ HOME: '.' }, system, `${system}/.config`, `${system}/.local/state`],
  [{ HOME: '~' }, system, `${system}/.config`, `${system}/.local/state`],
  [{}, system, `${system}/.config`, `${system}/.local/state`],
])('%j', (env, home, config, state) => {
  expect([homeFolder(env), configFolder(env), stateFolder(env)]).toEqual([home, config, state]);
});

it('a system that names no absolute one has none', () => {
  expect(homeFolder({ HOME: '.' }, 'relative')).toBeUndefined();
  expect(homeFolder({ HOME: '/h' }, '')).toBe('/h');
});
