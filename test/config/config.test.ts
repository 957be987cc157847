// What a user's configuration means: precedence, one-line lanes, presets, and which mistakes stop what.
import { describe, expect, it } from 'vitest';
import { environmentLayer, resolveLane } from '../../server/config/choose-model.ts';
import { defaults, type Layer, parseConfig } from '../../server/config/config.ts';

const user = (value: unknown): Layer => ({ source: 'the user file', trusted: true, value });
const editor = (value: unknown): Layer => ({ source: "the editor's settings", trusted: true, value });
const workspace = (value: unknown): Layer => ({ source: 'the workspace file', trusted: false, value });
const sound = (...layers: Layer[]) => {
  const { config, problems } = parseConfig(layers);
  expect(problems).toEqual([]);
  return config;
};

describe('defaults', () => {
  it('are those of DESIGN.md §7 and §8', () => {
    expect(defaults.guardrails).toEqual({
      maxChangedLines: 400,
      maxScopeLines: 400,
      maxScopeChars: 60_000,
      maxModuleLines: 150,
      requireParse: true,
      imports: 'ask',
      placeholders: 'reject',
      invisibleCharacters: 'reject',
      secrets: 'reject',
    });
    expect(defaults).toMatchObject({ lanes: {}, delivery: 'auto', format: 'auto', events: false, joinsUndo: false });
    expect(defaults.timers).toEqual({ connectMs: 3000, firstByteMs: 5000, stallMs: 2000 });
    expect(defaults.trace).toBeUndefined();
  });

  it('answer by the rehearsal model', () => {
    expect(resolveLane(defaults, 'fast')).toEqual({
      kind: 'rehearsal',
      lane: 'fast',
      model: 'rehearsal',
      fallback: [],
    });
    expect(resolveLane(defaults, 'deep')).toMatchObject({ kind: 'rehearsal' });
  });
});

describe('layers', () => {
  it('a stronger layer wins member by member', () => {
    const config = sound(
      user({ guardrails: { maxChangedLines: 50, imports: 'never' }, delivery: 'atomic' }),
      editor({ guardrails: { maxChangedLines: 60 } }),
    );
    expect(config.guardrails).toMatchObject({ maxChangedLines: 60, imports: 'never', maxScopeLines: 400 });
    expect(config.delivery).toBe('atomic');
  });

  it('a lane is replaced as a whole', () => {
    const config = sound(
      user({ lanes: { fast: { provider: 'groq', model: 'a', maxOutputTokens: 9 } } }),
      editor({ lanes: { fast: 'ollama/b' } }),
    );
    expect(config.lanes.fast).toEqual({ provider: 'ollama', model: 'b' });
  });

  it('a workspace tightens what all others said, wherever it stands', () => {
    const { config, problems } = parseConfig([
      workspace({
        guardrails: { maxChangedLines: 80, maxScopeLines: 30, maxScopeChars: 90_000, maxModuleLines: 151 },
      }),
      editor({ guardrails: { maxChangedLines: 60, maxScopeLines: 60 } }),
    ]);
    expect(config.guardrails).toMatchObject({ maxChangedLines: 60, maxScopeLines: 30, maxScopeChars: 60_000 });
    expect(problems).toEqual([
      'guardrails.maxChangedLines: a workspace may only tighten this; 60 stays (in the workspace file)',
      'guardrails.maxScopeChars: a workspace may only tighten this; 60000 stays (in the workspace file)',
      'guardrails.maxModuleLines: a workspace may only tighten this; 150 stays (in the workspace file)',
    ]);
  });

  it('the environment wins over files', () => {
    const config = sound(user({ lanes: { fast: 'groq/a' } }), environmentLayer({ QUICKHAND_MODEL: 'openrouter/b/c' }));
    expect(config.lanes.fast).toEqual({ provider: 'openrouter', model: 'b/c' });
  });

  it('nothing, null and an empty Lua table are empty layers', () => {
    expect(sound(user(undefined), editor(null), workspace([]), environmentLayer({}))).toEqual(defaults);
    expect(sound(editor({ lanes: [], guardrails: [] }))).toEqual(defaults);
  });

  it('an action of the same id takes the place of a built-in one', () => {
    const config = sound(user({ actions: [{ id: 'simplify', title: 'Mine', instruction: 'x' }] }));
    expect(config.actions.filter(({ id }) => id === 'simplify')).toEqual([
      { id: 'simplify', title: 'Mine', instruction: 'x' },
    ]);
    expect(config.actions).toHaveLength(defaults.actions.length);
  });
});

describe('lanes', () => {
  it('a preset needs one line', () => {
    expect(resolveLane(sound(user({ lanes: { fast: 'cerebras/gpt-oss-120b' } })), 'fast')).toEqual({
      kind: 'model',
      lane: 'fast',
      model: 'gpt-oss-120b',
      fallback: [],
      provider: {
        name: 'cerebras',
        api: 'chat',
        baseUrl: 'https://api.cerebras.ai/v1',
        apiKeyEnv: 'CEREBRAS_API_KEY',
        timers: { connectMs: 3000, firstByteMs: 5000, stallMs: 2000 },
      },
    });
  });

  it('an entry changes single fields of a preset', () => {
    const config = sound(
      user({ lanes: { fast: 'openai/m' }, providers: { openai: { extraBody: { service_tier: 'fast' } } } }),
    );
    expect(resolveLane(config, 'fast')).toMatchObject({
      provider: { api: 'responses', baseUrl: 'https://api.openai.com/v1', extraBody: { service_tier: 'fast' } },
    });
  });

  it.each(['ollama', 'llama.cpp', 'llama.cpp-9931', 'lmstudio', 'vllm'])('%s is asked to count tokens', (name) => {
    expect(resolveLane(sound(user({ lanes: { fast: `${name}/m` } })), 'fast')).toMatchObject({
      provider: { api: 'chat', extraBody: { stream_options: { include_usage: true } } },
    });
  });

  it('what a preset sends beside the core stays out when the entry speaks another API', () => {
    const config = sound(user({ lanes: { fast: 'llama.cpp/m' }, providers: { 'llama.cpp': { api: 'responses' } } }));
    const lane = resolveLane(config, 'fast');
    expect(lane).toMatchObject({ provider: { api: 'responses', baseUrl: 'http://127.0.0.1:8080/v1' } });
    expect(lane).not.toHaveProperty('provider.extraBody');
  });

  it('has timers, a format and fallbacks of its own', () => {
    const config = sound(
      user({
        lanes: {
          deep: {
            provider: 'groq',
            model: 'a',
            format: 'rewrite',
            timers: { firstByteMs: 60000 },
            fallback: ['local'],
          },
          local: 'ollama/b',
        },
        format: 'search-replace',
      }),
    );
    expect(resolveLane(config, 'deep')).toMatchObject({
      format: 'rewrite',
      provider: { timers: { connectMs: 3000, firstByteMs: 60000 } },
      fallback: [{ lane: 'local', model: 'b', format: 'search-replace' }],
    });
  });

  it('trusts [DONE] where its provider does, unless it says otherwise', () => {
    const providers = { groq: { trustDone: true } };
    const lanes = { fast: 'groq/a', deep: { provider: 'groq', model: 'b', trustDone: false }, other: 'cerebras/c' };
    const config = sound(user({ providers, lanes }));
    const trusts = (lane: string) => Object(resolveLane(config, lane)).provider.trustDone;
    expect(['fast', 'deep', 'other'].map(trusts)).toEqual([true, false, undefined]);
  });

  it('the rehearsal model can be asked for by name', () => {
    expect(resolveLane(sound(user({ lanes: { fast: 'groq/a', try: 'rehearsal/any' } })), 'try')).toMatchObject({
      kind: 'rehearsal',
      lane: 'try',
    });
  });

  it.each(['constructor', 'toString', '__proto__', 'fastt'])('an unknown lane %s is said', (name) => {
    expect(resolveLane(defaults, name)).toHaveProperty('problem');
  });

  it('a lane missing beside a configured one is not rehearsed', () => {
    expect(resolveLane(sound(user({ lanes: { fast: 'groq/a' } })), 'deep')).toEqual({
      problem: 'lanes.deep is not configured; add "deep": "provider/model" to "lanes"',
    });
  });
});

describe('checks', () => {
  const tsc = { languages: ['typescript'], command: 'npx', args: ['tsc', '--noEmit'], cwd: '/src' };

  it('a stronger layer replaces the whole list', () => {
    expect(sound(user({ verify: [{ command: 'make' }] }), editor({ verify: [tsc] })).verify).toEqual([tsc]);
    expect(defaults.verify).toEqual([]);
  });

  it('a check with a mistake is dropped as a whole', () => {
    const { config, problems } = parseConfig([user({ verify: [{ ...tsc, args: 'tsc' }, { command: 'make' }, {}] })]);
    expect(config.verify).toEqual([{ command: 'make' }]);
    expect(problems).toEqual([
      'verify[0].args: expected a list, got a string (in the user file)',
      'verify[2]: "command" is missing (in the user file)',
    ]);
  });

  it('a placeholder that nothing is filled in for is pointed out, and the check stays', () => {
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: templates of the server's
    const typo = { command: 'lint', args: ['--strict', '{file}', '${fileName}'], cwd: '{packageDir}/src' };
    const early = { command: '${workspaceFolder}/lint', args: ['${file}'] };
    const script = { command: 'sh', args: ['-c', 'x=${HOME}; awk "{print}" ${1} {a,b}', '${file}', '${packageDir}'] };
    const { config, problems } = parseConfig([user({ verify: [{}, typo, early, script] })]);
    expect(config.verify).toEqual([typo, early, script]);
    const choice = 'there are ${file}, ${packageDir}, ${workspaceFolder}';
    expect(problems.filter((problem) => !problem.startsWith('verify[0]'))).toEqual([
      `verify[1].args[1]: nothing is filled in for "{file}"; ${choice} (in the user file)`,
      `verify[1].args[2]: nothing is filled in for "\${fileName}"; ${choice} (in the user file)`,
      `verify[1].cwd: nothing is filled in for "{packageDir}"; ${choice} (in the user file)`,
      `verify[2].command: "\${workspaceFolder}" is not filled in here, only in "args" and "cwd" (in the user file)`,
    ]);
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: templates of the server's
  });

  it('a workspace may not set any', () => {
    const { config, problems } = parseConfig([user({ verify: [tsc] }), workspace({ verify: [{ command: 'rm' }] })]);
    expect(config.verify).toEqual([tsc]);
    expect(problems).toEqual(['verify: a workspace may not set this (in the workspace file)']);
  });
});

describe('a mistake never sends code elsewhere', () => {
  const problemOf = (layers: Layer[], lane = 'fast') => {
    const { config } = parseConfig(layers);
    const resolved = resolveLane(config, lane);
    expect(resolved).toHaveProperty('problem');
    return (resolved as { problem: string }).problem;
  };

  it('a wrong lane hides the weaker layer of the same name', () => {
    expect(problemOf([user({ lanes: { fast: 'groq/a' } }), editor({ lanes: { fast: 'ollama' } })])).toBe(
      'lanes.fast: expected "provider/model" (in the editor\'s settings)',
    );
  });

  it('a wrong address does not leave the address of the preset', () => {
    expect(
      problemOf([user({ lanes: { fast: 'openai/a' }, providers: { openai: { baseUrl: 'localhost:1' } } })]),
    ).toMatch(/^providers\.openai\.baseUrl: expected an address/);
  });

  it('a file that cannot be read does not end in the rehearsal model', () => {
    const unreadable = { ...user(undefined), unreadable: 'config.json:1:2: expected a value' };
    expect(problemOf([unreadable])).toBe('config.json:1:2: expected a value');
    const { config } = parseConfig([unreadable, environmentLayer({ QUICKHAND_MODEL: 'groq/a' })]);
    expect(resolveLane(config, 'fast')).toMatchObject({ kind: 'model', model: 'a' });
  });

  it('a stronger layer that is right puts it right', () => {
    const { config, problems } = parseConfig([user({ lanes: { fast: 3 } }), editor({ lanes: { fast: 'groq/a' } })]);
    expect(problems).toEqual(['lanes.fast: expected a string or an object, got a number (in the user file)']);
    expect(resolveLane(config, 'fast')).toMatchObject({ model: 'a' });
  });

  it('a key never travels in clear', () => {
    const provider = (baseUrl: string) => ({ api: 'chat', baseUrl, apiKeyEnv: 'K' });
    const layer = (baseUrl: string) => user({ lanes: { fast: 'x/m' }, providers: { x: provider(baseUrl) } });
    expect(problemOf([layer('http://10.0.0.5:8000/v1')])).toBe(
      'providers.x.baseUrl: the key would be sent in clear text to 10.0.0.5; use https:// (in the user file)',
    );
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) sound(layer(`http://${host}:8000/v1`));
    expect(problemOf([layer('http://127.0.0.1.example.com/v1')])).toMatch(/in clear/);
  });
});
