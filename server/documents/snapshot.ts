// Immutable snapshots of a document, and the one place that converts between LSP positions and offsets.
// LSP positions are {line, character}, zero-based, `character` in UTF-16 units; offsets are UTF-16 offsets into `text`.

/** One document as the editor last described it. Never changes: a newer text is a newer snapshot. */
export interface Snapshot {
  readonly uri: string;
  /** The editor's own number. Not necessarily consecutive, and Neovim begins with 0. */
  readonly version: number;
  readonly languageId: string;
  readonly text: string;
  /** Offset at which each line begins; line ends are \n, \r\n and \r, as in LSP. */
  readonly lineStarts: readonly number[];
}

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Offsets at which the lines of `text` begin; the first is always 0. */
export function lineStartsOf(text: string): number[] {
  const starts = [0];
  // `indexOf` is several times as fast as the loop below, which matters in a text of megabytes.
  if (!text.includes('\r')) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 13 && text.charCodeAt(i + 1) === 10) continue;
    if (c === 10 || c === 13) starts.push(i + 1);
  }
  return starts;
}

/** `lineStarts` may be passed where they are known; else they are computed when they are first read. */
export function createSnapshot(
  uri: string,
  version: number,
  languageId: string,
  text: string,
  lineStarts?: readonly number[],
): Snapshot {
  let starts = lineStarts;
  return Object.freeze({
    uri,
    version,
    languageId,
    text,
    get lineStarts() {
      starts ??= lineStartsOf(text);
      return starts;
    },
  });
}

/** The zero-based line that holds `offset`. */
export function lineOf(lineStarts: readonly number[], offset: number): number {
  let low = 0;
  let high = lineStarts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (lineStarts[middle]! <= offset) low = middle;
    else high = middle;
  }
  return low;
}

/** The position of `offset`, which must be within the text. */
export function positionAt({ lineStarts }: Snapshot, offset: number): Position {
  const line = lineOf(lineStarts, offset);
  return { line, character: offset - lineStarts[line]! };
}

/** The offset of `position`; its line must exist, a character past the line's end means that end (as LSP says). */
export function offsetAt(snapshot: Snapshot, position: Position): number {
  const { lineStarts, text } = snapshot;
  const from = lineStarts[position.line]!;
  let to = lineStarts[position.line + 1] ?? text.length;
  if (position.line + 1 < lineStarts.length) to -= text[to - 1] === '\n' && text[to - 2] === '\r' ? 2 : 1;
  return Math.min(from + position.character, Math.max(to, from));
}

export function rangeOf(snapshot: Snapshot, span: { from: number; to: number }): Range {
  return { start: positionAt(snapshot, span.from), end: positionAt(snapshot, span.to) };
}

/** The line end for new lines of this text: that of its first line, \n where it has none. */
export function eolOf(text: string): '\n' | '\r\n' {
  const at = text.indexOf('\n');
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}
