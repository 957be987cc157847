// The brackets of a text that are code: those that the tree shows, or, where the parser was led astray by a quote, those that the text does.

import { allBrackets } from '../layout/bracket-balance.ts';
import { type Lexis, literalTokens } from '../layout/literals.ts';
import type { Bracket } from './bracket-problems.ts';
import type { PlacedText } from './problem-words.ts';
import type { TreeTokens } from './tree-tokens.ts';

interface Read {
  readonly text: PlacedText;
  readonly tokens: TreeTokens;
}

/** Those of a new text and of its base, read in the same way: without the tree in the first one that finds as many in the base as the tree; none if there is no such way. */
export function seenBrackets(now: Read, base: Read): { now: readonly Bracket[]; before: readonly Bracket[] } {
  const before = base.tokens.brackets;
  const readsOn = now.tokens.long.some(({ to }) => to > now.text.to);
  if (!readsOn) return { now: now.tokens.brackets, before };
  for (const quotes of ['strings', 'characters'] as const) {
    const reading: Lexis = { quotes, comments: true };
    const sound = readBrackets(base.text, reading);
    if (sound.length === before.length) return { now: readBrackets(now.text, reading), before: sound };
  }
  return { now: [], before: [] };
}

function readBrackets({ whole, from, to }: PlacedText, reading: Lexis): Bracket[] {
  const found: Bracket[] = [];
  for (const { char = ' ', from: at } of literalTokens(whole.slice(from, to), reading))
    if (allBrackets.includes(char)) found.push({ char, at: from + at });
  return found;
}
