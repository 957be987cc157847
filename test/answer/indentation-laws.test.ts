// The laws of indentation, over real code with random edits: nothing that is right is changed, and what was done to all of an answer is undone.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Indentation } from '../../server/answer/indentation/indentation.ts';
import { indentOf } from '../../server/text/lines.ts';
import { checked } from '../text/property.ts';
import { manglings } from './mangled.ts';
import { type Sample, samples } from './samples.ts';
import { around, through } from './stage.ts';

const hows = ['gone', 'twice', 'other', 'new', 'wrapped'] as const;
type Change = { readonly at: number; readonly how: (typeof hows)[number] };

const sample = fc.constantFrom(...samples);
const changes = fc.array(fc.record({ at: fc.nat(400), how: fc.constantFrom(...hows) }), { maxLength: 4 });

const isStatement = (line: string): boolean =>
  /^\s*[\w.]+(?: [-+]?=|\()[^`"'({[\]})]*(?:\(\))?[;,]?$/.test(line) || /^\s*return [\w. +]+;?$/.test(line);

/** `text` with changed statements of one line: all else stays where it is. */
function edited({ text, unit, languageId }: Sample, changes: readonly Change[]): string {
  const lines = text.split('\n');
  const statements = lines.flatMap((line, i) => (i > 0 && isStatement(line) ? [i] : []));
  if (statements.length < 2) return text;
  const begin = { python: 'if it:', typescript: 'if (it) {' }[languageId] ?? 'if it {';
  for (const { at, how } of changes) {
    const index = statements[at % statements.length]!;
    const line = lines[index]!;
    const indent = indentOf(line);
    if (line === '' || line.includes('\n')) continue;
    if (how === 'gone' && indentOf(lines[index - 1]!) === indent) lines[index] = '';
    if (how === 'other') lines[index] = line.replace(/\w+(?=\W*$)/, `value${at}`);
    if (how === 'twice') lines[index] = `${line}\n${line}`;
    if (how === 'new') lines[index] = `${line}\n${indent}value${at} = 1${line.endsWith(';') ? ';' : ''}`;
    if (how === 'wrapped') {
      const block = [indent + begin, unit + line, ...(begin.endsWith('{') ? [`${indent}}`] : [])];
      lines[index] = block.join('\n');
    }
  }
  return lines.join('\n');
}

const read = (base: string, answer: string, { languageId, unit }: Sample) =>
  through(new Indentation({ base, surroundings: around({ languageId, unit }), startsLine: true }), answer);

it('has samples of each kind', () => {
  expect(samples.length).toBeGreaterThan(60);
  for (const unit of ['  ', '    ', '\t']) expect(samples.some((each) => each.unit === unit)).toBe(true);
});

it('leaves alone what is right', () => {
  checked(
    fc.property(sample, changes, (sample, changes) => {
      const target = edited(sample, changes);
      expect(read(sample.text, target, sample)).toMatchObject({ text: target, putRight: [] });
    }),
    1 / 5,
  );
});

it('undoes what was done to all of an answer', () => {
  checked(
    fc.property(sample, changes, fc.nat(20), (sample, changes, pick) => {
      const target = edited(sample, changes);
      const all = Object.entries(manglings(target, sample.unit));
      const [kind, answer] = all[pick % all.length]!;
      expect(read(sample.text, answer, sample).text, kind).toBe(target);
    }),
    1 / 5,
  );
});
