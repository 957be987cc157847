// A place for new code: how it is indented, what stands beside it, and how many line breaks keep it apart from that.

import type { Snapshot } from '../documents/snapshot.ts';
import type { InsertionPlace } from '../edit/engine.ts';
import type { Scopes } from '../scope/scopes.ts';
import { indentOf, lineBreaksIn } from '../text/lines.ts';
import { contains, type Span } from '../text/span.ts';

/** Line breaks around new code. */
export interface PlacePadding {
  readonly before: number;
  readonly after: number;
}

/** `span`: a blank line of the snapshot, or what is going to be one: the comment that asks for the code. */
export function insertionPlace(scopes: Scopes | undefined, snapshot: Snapshot, span: Span): InsertionPlace {
  const { text } = snapshot;
  const [above, below] = [lastCode(text, span.from), nextCode(text, span.to)];
  const neighbours = [above, below].flatMap((offset) => {
    const scope = offset === undefined ? undefined : scopes?.find(snapshot, { from: offset, to: offset }, 'auto');
    return !scope || contains(scope.span, span) ? [] : [text.slice(scope.span.from, scope.span.to)];
  });
  const indent = indentAt(text, span);
  const unit = unitOf(text);
  return { indent, deeper: blocksAbove(text, span.from, indent), ...(unit !== undefined && { unit }), neighbours };
}

/**
 * The line breaks that new code in `span` of the text needs in front and behind to have one blank line on each side, and none at the ends of the file. Where
 * `span` is not empty it holds such code already, and what is in front of that stays.
 */
export function paddingAround(text: string, { from, to }: Span): PlacePadding {
  const [above, below] = [lastCode(text, from), nextCode(text, to)];
  const end = from === to ? to : (lastCode(text, to) ?? from - 1) + 1;
  const breaksAbove = above === undefined ? 2 : lineBreaksIn(text.slice(above, from));
  const breaksBelow = lineBreaksIn(text.slice(end, below));
  // White space on the line of the place stays behind the new code: on a line of its own.
  const isShared = /^[^\S\r\n]/.test(text.slice(to, to + 1));
  const wanted = below === undefined ? 1 : 2;
  return {
    before: from === to ? Math.max(0, 2 - breaksAbove) : 0,
    after: Math.max(isShared ? 1 : 0, wanted - breaksBelow),
  };
}

/** What closes a block, and does not stand beside its parts. */
const closing = /^(?:[)}\]]|end\b)/;

/** The indentation of code in the place: that of the next line, or, at the end of a block, of the outermost lines in it. */
function indentAt(text: string, { from, to }: Span): string {
  const below = nextCode(text, to);
  if (below === undefined) return '';
  const next = lineAt(text, below);
  const indent = indentOf(next);
  if (!closing.test(next.trimStart())) return indent;
  return blocksAbove(text, from, indent).at(-1) ?? indent + (unitOf(text) ?? '  ');
}

/** The indentations of the blocks that end above `at` and are further in than `indent`, innermost first. */
function blocksAbove(text: string, at: number, indent: string): string[] {
  const all: string[] = [];
  for (let offset = lastCode(text, at); offset !== undefined; offset = lastCode(text, startOfLine(text, offset))) {
    const own = indentOf(lineAt(text, offset));
    if (own.length <= indent.length) break;
    if (own.length < (all.at(-1)?.length ?? Number.POSITIVE_INFINITY)) all.push(own);
  }
  return all;
}

/** One level of indentation: that of the first indented line, if it is no line of a block comment. */
export function unitOf(text: string): string | undefined {
  return /^(?:\t| {2,})(?=[^\s*])/m.exec(text)?.[0];
}

/** The last offset before `at`, or the first one from it on, at which there is something other than white space. */
function lastCode(text: string, at: number): number | undefined {
  for (let offset = at - 1; offset >= 0; offset--) if (text[offset]!.trim() !== '') return offset;
  return undefined;
}

function nextCode(text: string, at: number): number | undefined {
  for (let offset = at; offset < text.length; offset++) if (text[offset]!.trim() !== '') return offset;
  return undefined;
}

function startOfLine(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

function lineAt(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(startOfLine(text, at), end < 0 ? text.length : end);
}
