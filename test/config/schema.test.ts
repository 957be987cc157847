// schema.json is the one truth: it says only what the validator understands, its types are those of the code, and the README has every key.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Action,
  type Check,
  type Config,
  defaults,
  type Lane,
  type ProviderConfig,
  parseConfig,
  schema,
  type Timers,
} from '../../server/config/config.ts';
import { presets } from '../../server/config/presets.ts';
import { createValidator, type Schema } from '../../server/config/validate.ts';

const understood =
  '$ref type properties additionalProperties propertyNames required items enum pattern patternErrorMessage minimum maximum minLength maxLength minItems maxItems default definitions x-whole';
const annotations = '$schema title description allowComments allowTrailingCommas';
const keywords = new Set(`${understood} ${annotations}`.split(' '));

/** Every schema inside `at`, with the path to it. */
function* walk(at: Schema, path = '#'): Generator<[string, Schema]> {
  yield [path, at];
  const maps = { properties: at.properties, definitions: at.definitions };
  for (const [group, members] of Object.entries(maps)) {
    for (const [name, member] of Object.entries(members ?? {})) yield* walk(member, `${path}/${group}/${name}`);
  }
  for (const one of [at.items, at.propertyNames, at.additionalProperties]) {
    if (typeof one === 'object') yield* walk(one, `${path}/*`);
  }
}
const all = [...walk(schema)];
const definition = (name: string): Schema => schema.definitions![name]!;

describe('the schema', () => {
  it('says nothing that the validator would not see', () => {
    const unknown = all.flatMap(([path, at]) =>
      Object.keys(at)
        .filter((key) => !keywords.has(key))
        .map((key) => `${path} ${key}`),
    );
    expect(unknown).toEqual([]);
  });

  it('describes everything a user can set', () => {
    const silent = all.filter(([path, at]) => /\/properties\/[^/]+$/.test(path) && !('description' in at) && !at.$ref);
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  it('refers only to what there is, with patterns that can be read', () => {
    for (const [, { $ref, pattern }] of all) {
      if ($ref) expect(definition($ref.replace('#/definitions/', ''))).toBeDefined();
      if (pattern) new RegExp(pattern, 'u');
    }
  });

  it('has defaults that it would accept', () => {
    const { unusable: _, lanes: __, providers: ___, actions: ____, ...members } = defaults;
    const problems: string[] = [];
    expect(createValidator(schema)(members, (path, message) => problems.push(`${path}: ${message}`))).toEqual(members);
    expect(problems).toEqual([]);
  });
});

/** One value with every key there is; the compiler holds it to the types, the test to the schema. */
const timers: Required<Timers> = { connectMs: 1, firstByteMs: 2, stallMs: 3 };
const lane: Required<Lane> = {
  provider: 'groq',
  model: 'a/b',
  format: 'rewrite',
  maxOutputTokens: 9,
  maxScopeLines: 9,
  fallback: ['fast'],
  timers,
  trustDone: true,
};
const provider: Required<Omit<ProviderConfig, 'name' | 'timers'>> = {
  api: 'responses',
  transport: 'sse',
  baseUrl: 'https://example.com/v1',
  apiKeyEnv: 'A_KEY',
  apiKeyCommand: ['pass', 'key'],
  headers: { 'X-A': 'b' },
  extraBody: { a: { b: [1, null] } },
  steer: true,
  warmUp: false,
  trustDone: true,
};
const action: Required<Omit<Action, 'fromWorkspace' | 'isFix' | 'suits'>> = {
  id: 'a',
  title: 'A',
  instruction: 'do it',
  languages: ['c'],
  scope: 'class',
  lane: 'deep',
};
const check: Required<Check> = { languages: ['c'], command: 'make', args: ['x'], cwd: '/', timeoutMs: 5 };
const everything: Required<Omit<Config, 'unusable'>> = {
  lanes: { deep: lane },
  providers: { mine: provider as unknown as ProviderConfig },
  actions: [action],
  guardrails: {
    maxChangedLines: 1,
    maxScopeLines: 2,
    maxScopeChars: 3,
    maxModuleLines: 4,
    requireParse: false,
    imports: 'never',
    placeholders: 'allow',
    invisibleCharacters: 'allow',
    secrets: 'allow',
  },
  delivery: 'atomic',
  format: 'rewrite',
  verify: [check],
  ignore: ['*.x'],
  timers,
  trace: '/tmp/trace',
  events: true,
  joinsUndo: true,
};
const keysOf = (at: Schema): string[] =>
  Object.keys(at.properties!)
    .filter((key) => key !== '$schema')
    .sort();

describe('the types', () => {
  it.each<[string, object, Schema]>([
    ['a configuration', everything, schema],
    ['a lane', lane, definition('lane')],
    ['a provider', provider, definition('provider')],
    ['an action', action, definition('action')],
    ['a check', check, definition('check')],
    ['timers', timers, definition('timers')],
    ['guardrails', everything.guardrails, schema.properties!.guardrails!],
  ])('%s has the keys of the schema', (_, value, at) => {
    expect(Object.keys(value).sort()).toEqual(keysOf(at));
  });

  it('take over every key, unchanged', () => {
    const { config, problems } = parseConfig([{ source: 'x', trusted: true, value: everything }]);
    expect(problems).toEqual([]);
    const { lanes, providers, actions, ignore, ...rest } = everything;
    expect(config).toMatchObject(rest);
    expect(config.lanes).toEqual(lanes);
    expect(config.providers).toEqual({
      ...Object.fromEntries(presets.map((one) => [one.name, one])),
      mine: { ...provider, name: 'mine' },
    });
    expect(config.actions).toEqual([...defaults.actions, action]);
    expect(config.ignore).toEqual([...defaults.ignore, ...ignore]);
  });
});

it('the README has every key and every preset', () => {
  const readme = readFileSync(new URL('../../server/config/README.md', import.meta.url), 'utf8');
  const named = [schema, ...Object.values(schema.definitions!), schema.properties!.guardrails!].flatMap((at) =>
    at.properties ? keysOf(at) : [],
  );
  const missing = [...named, ...presets.map(({ name }) => name)].filter((name) => !readme.includes(`\`${name}\``));
  expect(missing).toEqual([]);
});

describe('any JSON at all', () => {
  const names = [
    ...new Set(all.flatMap(([, at]) => Object.keys(at.properties ?? {}))),
    '__proto__',
    'constructor',
    'fast',
    'openai',
  ];
  const key = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...names) }, fc.string());
  const { value: anything } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 'groq/a', 'http://x', '', 'rewrite', 'ask'),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 6 }),
    ),
  }));

  it('gives a complete configuration, and what is wrong in words', () => {
    fc.assert(
      fc.property(anything, anything, (user, workspace) => {
        const layers = [
          { source: 'u', trusted: true, value: user },
          { source: 'w', trusted: false, value: workspace },
        ];
        const { config, problems } = parseConfig(layers);
        expect(Object.keys(config)).toEqual(expect.arrayContaining(Object.keys(defaults)));
        for (const name of Object.keys(defaults.guardrails)) expect(config.guardrails).toHaveProperty(name);
        for (const { api, baseUrl } of Object.values(config.providers))
          expect([typeof api, typeof baseUrl]).toEqual(['string', 'string']);
        for (const problem of problems) expect(problem).not.toMatch(/undefined|\[object|TypeError/);
        expect(({} as Record<string, unknown>).trace).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});
