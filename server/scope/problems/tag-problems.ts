// Tags of markup that nothing closes, or that close nothing, told by the text: where they do not go together, a tree shows hardly any of them.

import { closesNothing, type Finding, notClosed, type PlacedText } from './problem-words.ts';

/** A tag up to its end; in the values of its attributes an arrow may stand, but no other tag. */
const tags = /<(\/?)([A-Za-z][\w.:-]*)(?=[\s/>])((?:=>|[^<>])*?)(\/?)>/g;

/** Tags that are open at one place: more are not code that a person writes. */
const maxOpen = 200;

/** Of the tags with these names: others may be types. */
export function tagFindings({ whole, from, to }: PlacedText, names: ReadonlySet<string>): Finding[] {
  const open: { readonly name: string; readonly at: number }[] = [];
  const found: Finding[] = [];
  for (const { index, 1: closes, 2: name = '', 4: isEmpty } of whole.slice(from, to).matchAll(tags)) {
    if (!names.has(name) || isEmpty) continue;
    const at = from + index;
    if (open.length > maxOpen) return [];
    const opener = open.findLastIndex((one) => one.name === name);
    if (!closes) open.push({ name, at });
    else if (opener < 0) found.push({ at, what: closesNothing(`</${name}>`) });
    else
      for (const inner of open.splice(opener).slice(1))
        found.push({ at: inner.at, what: notClosed(`<${inner.name}>`) });
  }
  found.push(...open.map(({ name, at }) => ({ at, what: notClosed(`<${name}>`) })));
  return found.sort((a, b) => a.at - b.at);
}

/** The names of the tags in a text: of those that are closed, and of those that stand where no type can. */
export function tagNames({ whole, from, to }: PlacedText): string[] {
  const found = whole.slice(from, to).matchAll(/<\/([A-Za-z][\w.:-]*)>|(?<=[>({}]\s{0,80})<([a-z][\w.:-]*)(?=[\s/>])/g);
  return [...found].map(([, closed, opened]) => closed ?? opened!);
}
