// Answers that are wrong, as models give them now and then: the language does not take them, so the engine should not either.

import type { Language } from '../languages.ts';
import type { Place } from '../place.ts';
import { type Make, replacing } from './change.ts';
import { wrap } from './wraps.ts';

const lostBrace: Make = replacing((place) => {
  const block = place.random.pick(place.blocks());
  return block && { from: block.endIndex - 1, to: block.endIndex, insert: '' };
});

const lostComma: Make = replacing((place) => {
  const commas = place
    .all([...place.language.lists, 'match_block'])
    .flatMap((node) => node.children.filter((child) => child?.type === ','));
  const arms = place.all(['match_arm']).flatMap((node) => node.children.filter((child) => child?.type === ','));
  const comma = place.random.pick([...commas, ...arms].filter((each) => place.text[each!.endIndex] === '\n'));
  return comma ? { from: comma.startIndex, to: comma.endIndex, insert: '' } : undefined;
});

const oneTag: Make = replacing((place) => {
  const tags = place.all(['jsx_opening_element', 'jsx_closing_element']);
  const name = place.random.pick(tags)?.childForFieldName('name');
  return name ? { from: name.startIndex, to: name.endIndex, insert: 'section' } : undefined;
});

/** A new head, and its body where it was. */
function notIndented(head: string): Make {
  return replacing((place) => {
    const statement = pickStatement(place);
    if (!statement) return undefined;
    const { from } = statement.lines;
    return { from, to: from, insert: `${place.lines(head, place.indentAt(statement.node.startIndex))}\n` };
  });
}

const shiftedStatement: Make = replacing((place) => {
  const statement = pickStatement(place);
  if (!statement) return undefined;
  const { from } = statement.lines;
  return { from, to: from, insert: place.random.pick([' ', place.unit])! };
});

const emptyBlock: Make = replacing((place) => {
  const block = place.random.pick(place.blocks());
  const all = block ? place.statements(block) : [];
  return all.length > 0 ? { from: all[0]!.lines.from, to: all.at(-1)!.lines.to + 1, insert: '' } : undefined;
});

function pickStatement(place: Place) {
  return place.random.pick(place.blocks().flatMap((block) => place.statements(block)));
}

const slipPrefix = 'slip: ';

const slips: Readonly<Record<Language['family'], Readonly<Record<string, Make>>>> = {
  script: {
    'try without catch': wrap({ name: 'try', head: 'try {', tail: '}' }),
    'a brace lost': lostBrace,
    'a comma lost': lostComma,
    'one tag renamed': oneTag,
  },
  python: {
    'try without except': wrap({ name: 'try', head: 'try:' }),
    'if without indentation': notIndented('if ready:'),
    'try without indentation': notIndented('try:'),
    'a statement shifted': shiftedStatement,
    'an empty block': emptyBlock,
    'a comma lost': lostComma,
  },
  go: { 'a brace lost': lostBrace, 'a comma lost': lostComma },
  rust: { 'a brace lost': lostBrace, 'a comma lost': lostComma },
};

export function slipKinds({ family }: Language): Record<string, Make> {
  return Object.fromEntries(Object.entries(slips[family]).map(([name, make]) => [slipPrefix + name, make]));
}
