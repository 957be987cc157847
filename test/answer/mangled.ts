// What models do to the indentation of an answer as a whole, done on purpose.

import { indentOf } from '../../server/text/lines.ts';

export const mapLines = (text: string, map: (line: string, index: number) => string): string =>
  text
    .split('\n')
    .map((line, i) => (line.trim() === '' ? line : map(line, i)))
    .join('\n');

/** Each line less `indent`, as far as it has it. */
export const dedented = (text: string, indent: string): string =>
  mapLines(text, (line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()));

/** Levels of `from` as levels of `to`. */
export function inUnit(text: string, from: string, to: string): string {
  return mapLines(text, (line) => {
    let indent = indentOf(line);
    let levels = 0;
    for (; indent.startsWith(from); levels++) indent = indent.slice(from.length);
    return to.repeat(levels) + indent + line.trimStart();
  });
}

/** The ways in which an answer may be written whose text should be `text`, in a document whose level is `unit`. */
export function manglings(text: string, unit: string): Readonly<Record<string, string>> {
  const indent = indentOf(text);
  const other = unit === '\t' ? '    ' : '\t';
  const width = unit === '    ' ? '  ' : unit === '\t' ? '  ' : '    ';
  return {
    deeper: mapLines(text, (line) => unit + line),
    'another unit': inUnit(text, unit, other),
    'another width': inUnit(text, unit, width),
    ...(indent !== '' && {
      'flush left': dedented(text, indent),
      'first line trimmed': text.trimStart(),
      'all but the first line flush left': indent + dedented(text, indent),
      'flush left in another unit': inUnit(dedented(text, indent), unit, other),
      'flush left in another width': inUnit(dedented(text, indent), unit, width),
      'first line trimmed in another unit': inUnit(text, unit, other).trimStart(),
    }),
  };
}
