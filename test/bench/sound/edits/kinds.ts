// All kinds of edits of a language, by name.

import type { Language } from '../languages.ts';
import { caseKinds } from './cases.ts';
import type { Change, Make } from './change.ts';
import { clauseKinds } from './clauses.ts';
import { conversionKinds } from './conversions.ts';
import { functionKinds } from './functions.ts';
import { listKinds } from './lists.ts';
import { markupKinds } from './markup.ts';
import { slipKinds } from './slips.ts';
import { statementKinds } from './statements.ts';
import { unwrap, wrap } from './wraps.ts';

export function kindsOf(language: Language): Readonly<Record<string, Make>> {
  const wraps = language.wraps.map((form) => [`wrap in ${form.name}`, wrap(form)] as const);
  const single: Record<string, Make> = {
    ...Object.fromEntries(wraps),
    unwrap,
    ...clauseKinds(language),
    ...statementKinds,
    ...functionKinds,
    ...conversionKinds[language.family],
    ...listKinds,
    ...caseKinds,
    ...(language.family === 'script' && language.name !== 'typescript' ? markupKinds : {}),
  };
  return { ...single, 'two edits': two(Object.values(single)), ...slipKinds(language) };
}

/** Two changes of different kinds at once, beside each other. */
function two(makes: readonly Make[]): Make {
  return (place) => {
    const changes: Change[] = [];
    for (const make of place.random.shuffled(makes)) {
      const change = make(place);
      if (change && !change.reach && !touches(change, changes[0])) changes.push(change);
      if (changes.length < 2) continue;
      return { edits: changes.flatMap(({ edits }) => edits).sort((a, b) => a.from - b.from || a.to - b.to) };
    }
    return undefined;
  };
}

function touches(change: Change, other: Change | undefined): boolean {
  return other?.edits.some((a) => change.edits.some((b) => a.from <= b.to && b.from <= a.to)) ?? false;
}
