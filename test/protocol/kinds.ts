// Documents of every make, with one edit each that changes some lines and adds one; and the answers that say it, in both formats.

import type { AnswerFormat } from '../../server/edit/engine.ts';

/** `changes`: whole lines of the scope and what takes their place, in order, with LF. */
export interface Kind {
  readonly text: string;
  readonly changes: readonly (readonly [line: string, becomes: string])[];
  readonly after: string;
}

const lines = `import { log } from './log';

export function first(list: string[]): string {
  const head = list[0];
  log('first of the list');
  const text = head.trim();
  return text;
}

export const last = 1;
`;
const sampleChanges = [
  ['  const head = list[0];', "  const head = list.at(0);\n  log('a new line');"],
  ['  return text;', '  return text + head;'],
] as const;

const changed = (text: string, changes: Kind['changes']) =>
  changes.reduce((result, [line, becomes]) => result.replace(line, () => becomes), text);

/** `seal` makes the document of its text with LF. */
function kind(
  text: string,
  changes: Kind['changes'] = sampleChanges,
  seal: (text: string) => string = (same) => same,
): Kind {
  return { text: seal(text), changes, after: seal(changed(text, changes)) };
}

const family = '👩‍👩‍👧‍👦';
const umlaut = 'u\u0308ber';
const long = Array.from({ length: 600 }, (_, i) => `'item ${i}'`).join(', ');

export const kinds: Readonly<Record<string, Kind>> = {
  'Windows line ends': kind(lines, sampleChanges, (text) => text.replaceAll('\n', '\r\n')),
  tabs: kind(
    lines.replaceAll('  ', '\t'),
    sampleChanges.map(([line, becomes]) => [line.replaceAll('  ', '\t'), becomes.replaceAll('  ', '\t')] as const),
  ),
  'no final line break': kind(lines.slice(0, lines.indexOf('\n\nexport const last'))),
  'emoji and combining characters': kind(
    lines
      .replace("'first of the list'", `'${family} ${umlaut} 🇩🇪'`)
      .replace('import', `// ${umlaut} ${family}\nimport`),
    [
      [`  log('${family} ${umlaut} 🇩🇪');`, `  log('${family} ${umlaut} 🇩🇰');\n  log('${umlaut}');`],
      ['  return text;', `  return text + '🙂';`],
    ],
  ),
  'a byte order mark': kind(lines, sampleChanges, (text) => `\uFEFF${text}`),
  'a byte order mark right before the scope': kind(
    lines.slice(lines.indexOf('export')),
    sampleChanges,
    (text) => `\uFEFF${text}`,
  ),
  'very long lines': kind(lines.replace("log('first", `const items = [${long}];\n  log('first`), [
    [`  const items = [${long}];`, `  const items = [${long.replace("'item 300'", "'another'")}];`],
    ['  return text;', '  return text + items;'],
  ]),
};

/** What a model says that means the changes; `scope` is what it was shown. */
export function answerTo(scope: string, { changes }: Kind, format: AnswerFormat): string {
  if (format === 'rewrite') return changed(scope, changes);
  const blocks = changes.map(([line, becomes]) => `<<<<<<< SEARCH\n${line}\n=======\n${becomes}\n>>>>>>> REPLACE`);
  return `${blocks.join('\n')}\n`;
}
