// The file of a storm, and the places in it where somebody types: all outside of `total`, one of them on its first line.
import { baseText, totalBody } from './project.ts';

export const places = ['below', 'above', 'inFront'] as const;
export type StormPlace = (typeof places)[number];

/** What stands at each place. Line breaks come above and below: only they move what is under them. */
export type Typed = Readonly<Record<StormPlace, string>>;

export const nothing: Typed = { below: '', above: '', inFront: '' };

/** Letters that make no keyword of TypeScript. */
export const letters = 'bcdfghjklm';

const rest = baseText.slice(totalBody.length).replace('// notes\n\n', '// notes\n\n\n');

/** The file with what was typed, and `total` for the function of that name. */
export function fileWith({ above, inFront, below }: Typed, total: string = totalBody): string {
  const behind = rest.replace('// notes\n\n', () => `// notes\n\n${below}`);
  return `// top\n\n${above}\nlet mark = '${inFront}'; ${total}${behind}`;
}

/** What stands at each place of a text; undefined where that is not the file of a storm any more. */
export function typedIn(text: string): Typed | undefined {
  const found = /^\/\/ top\n\n([a-z\n]*)\nlet mark = '([a-z]*)'; export .*\n\/\/ notes\n\n([a-z\n]*)\nexport /s.exec(
    text,
  );
  if (!found) return undefined;
  const [, above = '', inFront = '', below = ''] = found;
  return { above, inFront, below };
}

/** Where somebody types. */
export interface Spot {
  /** 1-based. */
  readonly line: number;
  /** At the end of the line; else in front of its first `';`. */
  readonly atEnd: boolean;
}

/** Where one goes on typing at a place. */
export function spotOf(typed: Typed, place: StormPlace): Spot {
  if (place === 'above') return { line: 3 + newlines(typed.above), atEnd: true };
  const marked = 4 + newlines(typed.above);
  if (place === 'inFront') return { line: marked, atEnd: false };
  return { line: marked + baseText.split('// notes')[0]!.split('\n').length + 1 + newlines(typed.below), atEnd: true };
}

/** A line (1-based) in `total`. */
export function lineInTotal({ above }: Typed, line: number): number {
  return 3 + newlines(above) + line;
}

function newlines(text: string): number {
  return text.split('\n').length - 1;
}
