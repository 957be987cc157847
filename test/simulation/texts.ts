// Documents to edit, and what a model makes of a scope: small, varied, and sound unless asked otherwise.

import { Random } from './random.ts';

const names = ['total', 'items', 'price', 'count', 'label', 'ready', 'cache', 'user', 'index', 'limit'];
const statements = [
  'const NAME = compute(OTHER);',
  'let NAME = OTHER + 1;',
  'NAME += OTHER * 2;',
  "log('NAME', OTHER);",
  'if (NAME > 3) return OTHER;',
  'NAME.push(OTHER);',
  'return NAME;',
  "const NAME = '😀 é';",
  'log(NAME);',
  'log(NAME);',
];
const words = ['alpha', 'beta', 'gamma', 'delta', 'omega', 'beta'];

/** A document. Lines end with \n or \r\n throughout. */
export function createText(random: Random, languageId: string): string {
  const blocks = languageId === 'typescript' ? codeBlocks(random) : paragraphs(random);
  const eol = random.chance(0.2) ? '\r\n' : '\n';
  const end = random.chance(0.8) ? eol : '';
  return `${blocks.join(random.chance(0.8) ? '\n\n' : '\n').replaceAll('\n', eol)}${end}`;
}

function codeBlocks(random: Random): string[] {
  const count = 1 + random.int(3);
  const blocks = Array.from({ length: count }, (_, i) => codeBlock(random, i));
  if (random.chance(0.3)) blocks.unshift("import { compute, log } from './lib';");
  if (random.chance(0.2)) blocks.push('export const rest = 1;');
  return blocks;
}

/** Letters that neither a document nor a model ever holds. */
export const marks = 'жщъыэюя';

function codeBlock(random: Random, index: number): string {
  const body = Array.from({ length: 1 + random.int(6) }, () => statement(random));
  if (random.chance(0.2)) body.splice(random.int(body.length), 0, '');
  const lines = body.map((line) => (line === '' ? '' : `  ${line}`));
  const kind = random.int(10);
  if (kind === 0)
    return `const fn${index} = (${random.pick(names)}) => { ${statement(random)} }; const after${index} = 1;`;
  if (kind === 1) {
    const inner = lines.map((line) => (line === '' ? '' : `  ${line}`));
    return [`class Box${index} {`, '  run() {', ...inner, '  }', '}'].join('\n');
  }
  const doc = random.chance(0.3) ? ['// what it does'] : [];
  const head = `${random.chance(0.4) ? 'export ' : ''}function fn${index}(${random.pick(names)}: number) {`;
  return [...doc, head, ...lines, '}'].join('\n');
}

function paragraphs(random: Random): string[] {
  return Array.from({ length: 1 + random.int(3) }, () =>
    Array.from({ length: 1 + random.int(5) }, () => prose(random)).join('\n'),
  );
}

function prose(random: Random): string {
  return Array.from({ length: 1 + random.int(4) }, () => random.pick(words)).join(' ');
}

export function statement(random: Random): string {
  return random.pick(statements).replaceAll('NAME', random.pick(names)).replaceAll('OTHER', random.pick(names));
}

/** Where a person asks for an edit once in a while: on a blank line, mostly a place for new code. */
export function placeForNewCode(text: string, edit: { readonly seed: number; readonly scope: string }) {
  const random = new Random(edit.seed).fork('blank line');
  if (edit.scope !== 'auto' || !random.chance(0.1)) return undefined;
  const blank = [...text.matchAll(/(?<=\n)(?=\r?\n|$)/g)];
  return blank.length === 0 ? undefined : random.pick(blank).index;
}

/** What a model writes where nothing stands. */
export function newCode(random: Random): string {
  return codeBlock(random, 10 + random.int(1000));
}

/** A new text for a scope; both with \n. Sound code stays sound. */
export function rewriteOf(base: string, random: Random): string {
  let lines = base.split('\n');
  const isCode = /[{};]/.test(base);
  for (let i = 1 + random.int(4); i > 0; i--) {
    lines = isCode ? mutateCode(lines, random) : mutateProse(lines, random);
  }
  return lines.join('\n');
}

const simple = /^\s+(?:const|let|log|return|if|\w+ \+=|\w+\.push).*;$/;

function mutateCode(lines: readonly string[], random: Random): string[] {
  const places = lines.flatMap((line, i) => (simple.test(line) ? [i] : []));
  if (places.length === 0 || random.chance(0.2)) return rename(lines, random);
  const at = random.pick(places);
  const indent = /^\s*/.exec(lines[at]!)![0];
  const fresh = () => `${indent}${statement(random)}`;
  switch (random.int(7)) {
    case 0:
      return lines.toSpliced(at, 0, fresh());
    case 1:
      return lines.toSpliced(at + 1, 0, fresh(), fresh());
    case 2:
      return lines.toSpliced(at, 1);
    case 3:
      return lines.toSpliced(at, 1, fresh());
    case 4:
      return lines.toSpliced(at, 1, `${indent}if (${random.pick(names)}) {`, `  ${lines[at]}`, `${indent}}`);
    case 5:
      return lines.toSpliced(at, 0, `${indent}// why: ${random.pick(names)}`);
    default:
      return lines.toSpliced(
        at,
        1,
        lines[at]!.replace(/\w+(?=\W*$)/, (word) => `${word}${random.int(100)}`),
      );
  }
}

function rename(lines: readonly string[], random: Random): string[] {
  const from = random.pick(names);
  const to = `${from}${random.pick(['A', 'Of', '2', ''])}`;
  return lines.map((line) => line.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), to));
}

function mutateProse(lines: readonly string[], random: Random): string[] {
  const at = random.int(lines.length);
  const kind = random.int(4);
  if (kind === 0) return lines.toSpliced(at, 0, prose(random));
  if (kind === 1 && lines.length > 1) return lines.toSpliced(at, 1);
  if (kind === 2) return lines.toSpliced(at, 1, prose(random));
  return lines.toSpliced(at, 1, `${lines[at]} ${random.pick(words)}`);
}

/** Blocks of the `search-replace` format that turn `base` into `target`, from the first to the last; undefined where some line is not unique enough. */
export function toBlocks(base: string, target: string): string[] | undefined {
  const a = base.split('\n');
  const b = target.split('\n');
  const gaps = gapsOf(a, b).map((gap) => widen(gap, a, b));
  const merged: Gap[] = [];
  for (const gap of gaps) {
    const last = merged.at(-1);
    if (last && gap.fromA <= last.toA) merged[merged.length - 1] = { ...last, toA: gap.toA, toB: gap.toB };
    else merged.push(gap);
  }
  const isUnique = ({ fromA, toA }: Gap) => occurrences(a, a.slice(fromA, toA)) === 1;
  if (!merged.every(isUnique)) return undefined;
  return merged.map(({ fromA, toA, fromB, toB }) =>
    ['<<<<<<< SEARCH', ...a.slice(fromA, toA), '=======', ...b.slice(fromB, toB), '>>>>>>> REPLACE'].join('\n'),
  );
}

interface Gap {
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
}

function widen({ fromA, toA, fromB, toB }: Gap, a: readonly string[], b: readonly string[]): Gap {
  let gap = { fromA, toA, fromB, toB };
  while (gap.fromA === gap.toA || occurrences(a, a.slice(gap.fromA, gap.toA)) !== 1 || isBlank(a, gap)) {
    if (gap.fromA > 0) gap = { ...gap, fromA: gap.fromA - 1, fromB: gap.fromB - 1 };
    else if (gap.toA < a.length) gap = { ...gap, toA: gap.toA + 1, toB: gap.toB + 1 };
    else break;
  }
  return gap.toB > b.length ? { ...gap, toB: b.length } : gap;
}

function isBlank(a: readonly string[], { fromA, toA }: Gap): boolean {
  return a.slice(fromA, toA).every((line) => line.trim() === '');
}

function occurrences(lines: readonly string[], wanted: readonly string[]): number {
  let count = 0;
  for (let at = 0; at + wanted.length <= lines.length; at++) {
    if (wanted.every((line, i) => lines[at + i]!.trim() === line.trim())) count++;
  }
  return count;
}

/** Longest common subsequence of lines; what is not in it. */
function gapsOf(a: readonly string[], b: readonly string[]): Gap[] {
  const best = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      best[i]![j] = a[i] === b[j] ? best[i + 1]![j + 1]! + 1 : Math.max(best[i + 1]![j]!, best[i]![j + 1]!);
    }
  }
  const gaps: Gap[] = [];
  let [i, j, fromA, fromB] = [0, 0, 0, 0];
  const close = () => {
    if (i > fromA || j > fromB) gaps.push({ fromA, toA: i, fromB, toB: j });
  };
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      close();
      [i, j] = [i + 1, j + 1];
      [fromA, fromB] = [i, j];
    } else if (best[i + 1]![j]! >= best[i]![j + 1]!) i++;
    else j++;
  }
  [i, j] = [a.length, b.length];
  close();
  return gaps;
}
