// The lines around a place, as their layout tells them: how far they are indented, what is a comment, how deep in brackets they end.

import { lineEnd, lineStart, nextLine } from '../line-spans.ts';
import { type Lexis, literalTokens } from './literals.ts';

export interface LayoutLine {
  /** UTF-16 offsets of the text, without the line break. */
  readonly from: number;
  readonly to: number;
  /** Columns before its first character; a tab reaches to the next multiple of eight. */
  readonly indent: number;
  /** Without the blanks at its ends, and no more than its first characters. Empty: a blank line. */
  readonly text: string;
  /** How many brackets are open behind it, more than before the first line. */
  readonly depth: number;
  /** It begins inside of a literal, whose indentation says nothing; if that is a comment, it is one too. */
  readonly isInert: boolean;
  readonly isComment: boolean;
}

export function isBlank(line: LayoutLine | undefined): boolean {
  return line === undefined || (line.text === '' && !line.isInert);
}

export interface LayoutWindow {
  readonly lines: readonly LayoutLine[];
  /** The index of the line that holds the place. */
  readonly at: number;
  /** Whether the first line is that of the text, and the last one its last. */
  readonly hasStart: boolean;
  readonly hasEnd: boolean;
}

/** In each direction: more than a scope may have; a longer text is looked at in part, so that the time is bounded. */
const maxLines = 1500;
const maxUnits = 200_000;
/** UTF-16 units of a line that tell what it is. */
const maxText = 300;

const lexis: Lexis = { quotes: 'strings', comments: true };

/** Undefined if the line at `offset` is longer than what is looked at. */
export function windowAround(text: string, offset: number): LayoutWindow | undefined {
  const least = Math.max(offset - maxUnits, 0);
  const most = Math.min(offset + maxUnits, text.length);
  const here = lineStart(text, offset, least);
  if ((here === least && least > 0) || (lineEnd(text, offset, most) === most && most < text.length)) return undefined;
  const starts = [here];
  for (let from = here; from > least && starts.length < maxLines; starts.push(from)) {
    const above = lineStart(text, from - 1, least);
    if (above === least && least > 0) break;
    from = above;
  }
  starts.reverse();
  const at = starts.length - 1;
  for (let next = nextLine(text, here); next <= most && starts.length - at < maxLines; ) {
    const last = starts.at(-1)!;
    if (next === last || (next === text.length && lineEnd(text, last) === text.length)) break;
    starts.push(next);
    next = nextLine(text, next);
  }
  const to = lineEnd(text, starts.at(-1)!);
  return { lines: read(text, starts, to), at, hasStart: starts[0] === 0, hasEnd: to === text.length };
}

function read(text: string, starts: readonly number[], to: number): LayoutLine[] {
  const base = starts[0]!;
  const lines = starts.map((from) => {
    const end = lineEnd(text, from);
    const shown = text.slice(from, Math.min(end, from + maxText));
    const trimmed = shown.trim();
    return {
      from,
      to: end,
      indent: columns(shown),
      text: trimmed,
      depth: 0,
      isInert: false,
      isComment: isComment(trimmed),
    };
  });
  let [line, parentheses, others] = [0, 0, 0];
  const goTo = (offset: number, found: (reached: (typeof lines)[number]) => void) => {
    while (line + 1 < lines.length && lines[line + 1]!.from <= offset) {
      lines[line]!.depth = parentheses + others;
      line++;
      found(lines[line]!);
    }
  };
  for (const { from, to: end, char } of literalTokens(text.slice(base, to), lexis)) {
    goTo(base + from, () => undefined);
    const { isComment: isInComment } = lines[line]!;
    if (char === '(') parentheses++;
    // Nothing opens those of the patterns in a shell's `case`.
    else if (char === ')') parentheses = Math.max(parentheses - 1, 0);
    else if (char !== undefined) others += '[{'.includes(char) ? 1 : ']}'.includes(char) ? -1 : 0;
    else
      goTo(base + end - 1, (inside) => {
        inside.isInert = true;
        inside.isComment = isInComment;
      });
  }
  goTo(to, () => undefined);
  lines[line]!.depth = parentheses + others;
  return lines;
}

function columns(line: string): number {
  let at = 0;
  for (const char of line) {
    if (char === ' ') at++;
    else if (char === '\t') at += 8 - (at % 8);
    else break;
  }
  return at;
}

/** Whether a line begins with a comment, in any language: not with what the C preprocessor takes, nor with a selector of CSS. */
function isComment(line: string): boolean {
  return /^(?:\/\/|\/\*|--|;|%|<!--|\{-(?:\s|#|\||$)|\(\*|#(?:[\s#!:;=*-]|$)|=begin\b|=head\d|=pod\b|"""|rem\s)/i.test(
    line,
  );
}
