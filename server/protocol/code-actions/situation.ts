// What the menu of actions wants to know of a scope: looked up in its text when asked, because editors ask on every cursor move.

import type { Situation } from '../../config/actions.ts';
import type { Scope } from '../../scope/scopes.ts';

/** Longer scopes are not searched for duplicates. UTF-16 units. */
const maxSearched = 20_000;
/** Two lines in a row that occur twice count from this many characters on: shorter ones are idioms, not duplicates. */
const minDuplicate = 40;

/** `text` is that of the scope. */
export function situationOf({ kind, isStub }: Scope, text: string, problems: number): Situation {
  return {
    kind,
    isStub,
    problems,
    get hasTodo() {
      return /\b(?:TODO|FIXME)\b/.test(text);
    },
    get isAsync() {
      return /\basync\b/.test(text);
    },
    get hasDuplicates() {
      return text.length <= maxSearched && hasDuplicates(text);
    },
  };
}

/** Whether two lines that follow each other, brackets and blanks aside, occur a second time; literals may differ. */
function hasDuplicates(text: string): boolean {
  const seen = new Set<string>();
  let [before, above] = ['', ''];
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (!/\w{2}/.test(line)) continue;
    const alike = line.replace(/(["'`])(?:\\.|(?!\1).)*\1|\b\d[\w.]*/g, '#');
    const pair = `${above}\n${alike}`;
    if (before.length + line.length >= minDuplicate && seen.has(pair)) return true;
    seen.add(pair);
    [before, above] = [line, alike];
  }
  return false;
}
