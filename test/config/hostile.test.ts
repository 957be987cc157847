// Configuration that nobody wrote in good faith: what is said of it stays short, and what it costs stays in proportion to its size.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Layer, parseConfig } from '../../server/config/config.ts';
import { readJson } from '../../server/config/json.ts';
import { loadWorkspaceFile } from '../../server/config/load.ts';

const workspace = (value: unknown): Layer => ({ source: 'the workspace file', trusted: false, value });
const user = (value: unknown): Layer => ({ source: 'the user file', trusted: true, value });
const named = <T>(count: number, name: (i: number) => string, value: T): Record<string, T> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [name(i), value]));

/** Where a cost that grows with the square makes it long: what was there before blocked for a minute at 60,000. */
const many = 30_000;

describe('many faults', () => {
  it('thousands of unknown keys: the first five, and how many more', () => {
    const { problems } = parseConfig([workspace(named(5000, (i) => `key${i}`, 1))]);
    expect(problems).toEqual([
      ...[0, 1, 2, 3, 4].map((i) => `key${i}: unknown key (in the workspace file)`),
      'and 4,995 more problems (in the workspace file)',
    ]);
  });

  it('six: one more', () => {
    expect(parseConfig([user(named(6, (i) => `key${i}`, 1))]).problems.at(-1)).toBe(
      'and 1 more problem (in the user file)',
    );
  });

  it('of several workspace folders together; those of other sources are said beside them', () => {
    const folders = Array.from({ length: 20 }, () => workspace(named(3, (i) => `key${i}`, 1)));
    const { problems } = parseConfig([user({ trase: 'x' }), ...folders]);
    expect(problems).toHaveLength(7);
    expect(problems[0]).toBe('trase: unknown key; did you mean "trace"? (in the user file)');
    expect(problems.at(-1)).toBe('and 55 more problems (in the workspace file)');
  });

  const shapes: [string, (count: number) => Layer][] = [
    ['unknown keys', (count) => workspace(named(count, (i) => `key${i}`, 1))],
    ['unknown keys near to a known one', (count) => workspace(named(count, (i) => `igno${i}`, 1))],
    ['keys that a workspace may not set', (count) => workspace({ lanes: named(count, (i) => `lane${i}`, 'a/b') })],
    ['lanes of no provider', (count) => user({ lanes: named(count, (i) => `lane${i}`, 'nobody/m') })],
    ['lanes of a wrong type', (count) => user({ lanes: named(count, (i) => `lane${i}`, 1) })],
    ['providers that say nothing', (count) => user({ providers: named(count, (i) => `provider${i}`, {}) })],
    ['providers of a wrong type', (count) => user({ providers: named(count, (i) => `p.${i}`, 1) })],
    ['keys of one lane', (count) => user({ lanes: { fast: { ...named(count, (i) => `k${i}`, 1), model: 1 } } })],
    ['headers', (count) => user({ providers: { own: { headers: named(count, (i) => `X-${i}`, 'a\nb') } } })],
    ['actions', (count) => workspace({ actions: Array.from({ length: count }, (_, i) => ({ id: `a${i}` })) })],
    ['patterns', (count) => workspace({ ignore: Array.from({ length: count }, (_, i) => `!${i}`) })],
    ['languages', (count) => user({ verify: [{ command: 'x', languages: Array.from({ length: count }, () => 1) }] })],
    [
      'placeholders',
      (count) => user({ verify: [{ command: 'x', args: Array.from({ length: count }, () => '{file}') }] }),
    ],
  ];
  it.each(shapes)('%s', (_name, make) => {
    const { problems } = parseConfig([make(many)]);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(12);
    expect(Math.max(...problems.map(({ length }) => length))).toBeLessThan(1000);
  });

  it('a file of them is read as well', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'config-'));
    const text = JSON.stringify(named(60_000, (i) => `k${i}`, 1));
    await writeFile(join(folder, '.quickhand.json'), text);
    expect(text.length).toBeLessThan(1_000_000);
    const { problems } = parseConfig([await loadWorkspaceFile(folder)]);
    await rm(folder, { recursive: true });
    expect(problems.at(-1)).toBe('and 59,995 more problems (in the workspace file)');
  });
});

describe('odd shapes', () => {
  it('what is long is not repeated', () => {
    const long = 'x'.repeat(10_000_000);
    const layers = [
      user({
        [long]: 1,
        lanes: { fast: `${long}/m`, deep: { provider: long, model: long }, [long]: 'a/b' },
        providers: { own: { api: long, baseUrl: `https://${long}`, apiKeyEnv: long, transport: long } },
        delivery: long,
        trace: 5,
      }),
      workspace({ [long]: long, actions: [{ id: long, title: long, instruction: long }], ignore: [long] }),
    ];
    const { problems } = parseConfig(layers);
    expect(problems.length).toBeGreaterThan(5);
    expect(Math.max(...problems.map(({ length }) => length))).toBeLessThan(1000);
  });

  const deep = (depth: number): unknown => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
  it('depth: what is kept has a bound', () => {
    const own = { api: 'chat', baseUrl: 'https://example.com', extraBody: { ok: { a: [1] }, deep: deep(100_000) } };
    const { config, problems } = parseConfig([user({ providers: { own } })]);
    expect(problems.join()).toMatch(/^providers\.own\.extraBody\.deep\.a.*: nested more than 100 deep/);
    expect(JSON.stringify(config.providers.own?.extraBody ?? {}).length).toBeLessThan(1000);
    expect(parseConfig([workspace(deep(100_000))]).problems).toEqual(['a: unknown key (in the workspace file)']);
  });

  it('depth that does not even end', () => {
    for (const open of ['[', '{"a":', '[{"a":']) {
      expect(readJson(open.repeat(100_000))).toMatchObject({ ok: false, message: 'nested more than 1000 deep' });
    }
    const closed = (depth: number) => readJson(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    expect(closed(1000)).toMatchObject({ ok: true });
    expect(closed(1001)).toMatchObject({ ok: false, message: 'nested more than 1000 deep', line: 1, column: 1001 });
    expect(closed(100_000)).toMatchObject({ ok: false, message: 'nested more than 1000 deep' });
    expect(readJson(`[${'[],'.repeat(5000)}`)).toMatchObject({
      ok: false,
      message: expect.stringMatching(/too early/),
    });
  });

  it('brackets in no order at all neither crash nor take long', () => {
    const brackets = fc.string({
      unit: fc.constantFrom('[', ']', '{', '}', ',', '"a":', '/*', '//', '1'),
      maxLength: 50,
    });
    fc.assert(
      fc.property(brackets, (unit) => {
        expect(readJson(unit.repeat(20_000).slice(0, 1_000_000))).toHaveProperty('ok');
      }),
      { numRuns: 20 },
    );
  });

  it('keys that mean something to JavaScript change nothing', () => {
    const text = `{"__proto__": {"trace": "/x"}, "guardrails": {"__proto__": {"maxChangedLines": 1}}, "constructor": {"prototype": {"x": 1}}}`;
    expect(readJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
    const read = readJson(text) as { value: unknown };
    const { config } = parseConfig([user(read.value), workspace(read.value)]);
    expect(config.trace).toBeUndefined();
    expect(config.guardrails.maxChangedLines).toBe(400);
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  it('of a key that is there twice the last counts, as everywhere', () => {
    const read = readJson('{"delivery": "stream", "delivery": "atomic"}') as { value: unknown };
    const { config } = parseConfig([user(read.value)]);
    expect(config.delivery).toBe('atomic');
  });
});

describe('what is never sent', () => {
  it('a list that is too long to be taken hides everything', () => {
    for (const layer of [workspace, user]) {
      const { config, problems } = parseConfig([layer({ ignore: Array.from({ length: 100_000 }, (_, i) => `f${i}`) })]);
      expect(problems).toEqual([expect.stringMatching(/^ignore: more than 1000 items/)]);
      expect(config.ignore).toContain('**');
    }
  });
});
