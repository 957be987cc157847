// A document as an editor holds it: the buffer, its version, its undo steps, and what the server has not been told yet.

import type { Range, TextEdit } from 'vscode-languageserver-protocol';
import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';

/** Replaces `from`..`to` (UTF-16 offsets into the buffer before the step) by `insert`. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** A `TextDocumentContentChangeEvent` with a range, to be applied after those before it. */
export type ContentChange = Extract<TextDocumentContentChangeEvent, { range: Range }>;

export class TestDocument {
  readonly uri: string;
  readonly languageId: string;
  version: number;
  text: string;
  /** The text of the last didOpen or didChange. */
  told: string;
  /** What happened since, in order; each in coordinates of the text after those before it. */
  pending: ContentChange[] = [];
  /** Every text of the buffer by version, with the changes that led to it, in the order in which they were made. */
  readonly history = new Map<number, { readonly text: string; readonly changes: readonly Change[] }>();
  /** Texts to go back to by undo, oldest first. */
  readonly #steps: string[] = [];
  readonly #changed: (document: TestDocument) => void;
  readonly #versionStep: number;

  constructor(
    item: { uri: string; languageId: string; version: number; text: string },
    options: { versionStep: number; changed: (document: TestDocument) => void },
  ) {
    this.uri = item.uri;
    this.languageId = item.languageId;
    this.version = item.version;
    this.text = item.text;
    this.told = item.text;
    this.#versionStep = options.versionStep;
    this.#changed = options.changed;
    this.history.set(this.version, { text: this.text, changes: [] });
  }

  /** One undo step of one or more changes that do not overlap; the server hears of it when the editor's behaviour says so. */
  replace(changes: readonly Change[]): void {
    this.#steps.push(this.text);
    this.#apply(changes);
  }

  /** The same, told to the server as one change after the other with the states between: as Neovim does. */
  replaceOneByOne(changes: readonly Change[]): void {
    this.#steps.push(this.text);
    for (const change of backwards(changes)) this.#apply([change]);
  }

  /** The user types `text` before the first occurrence of `mark`. */
  typeBefore(mark: string, text: string): void {
    const at = this.offsetOf(mark);
    this.replace([{ from: at, to: at, insert: text }]);
  }

  /** The user types `text` behind the first occurrence of `mark`. */
  typeAfter(mark: string, text: string): void {
    const at = this.offsetOf(mark) + mark.length;
    this.replace([{ from: at, to: at, insert: text }]);
  }

  /** The user undoes the latest step, whoever made it. */
  undo(): void {
    const before = this.#steps.pop();
    if (before === undefined) throw new Error('nothing to undo');
    this.#apply([difference(this.text, before)]);
  }

  get undoSteps(): number {
    return this.#steps.length;
  }

  offsetOf(mark: string): number {
    const at = this.text.indexOf(mark);
    if (at < 0) throw new Error(`no ${JSON.stringify(mark)} in:\n${this.text}`);
    return at;
  }

  /** The range of the first occurrence of `mark`. */
  rangeOf(mark: string): Range {
    return rangeIn(this.text, this.offsetOf(mark), this.offsetOf(mark) + mark.length);
  }

  /** All of the document. */
  get fullRange(): Range {
    return rangeIn(this.text, 0, this.text.length);
  }

  #apply(unordered: readonly Change[]): void {
    const changes = backwards(unordered);
    for (const change of changes) {
      this.pending.push({ range: rangeIn(this.text, change.from, change.to), text: change.insert });
      this.text = this.text.slice(0, change.from) + change.insert + this.text.slice(change.to);
    }
    this.version += this.#versionStep;
    this.history.set(this.version, { text: this.text, changes });
    this.#changed(this);
  }
}

/** Offsets of LSP edits into `text`; throws where an editor would: a position that does not exist, or edits that overlap. */
export function changesOf(text: string, edits: readonly TextEdit[]): Change[] {
  const document = TextDocument.create('', '', 0, text);
  const changes = edits.map(({ range, newText }) => {
    for (const position of [range.start, range.end]) {
      const back = document.positionAt(document.offsetAt(position));
      if (back.line !== position.line || back.character !== position.character) {
        throw new Error(`no such position: ${JSON.stringify(position)}`);
      }
    }
    return { from: document.offsetAt(range.start), to: document.offsetAt(range.end), insert: newText };
  });
  changes.sort((a, b) => a.from - b.from || a.to - b.to);
  changes.forEach((change, i) => {
    if (change.to < change.from) throw new Error('a reversed range');
    if (i > 0 && changes[i - 1]!.to > change.from) throw new Error('edits overlap');
  });
  return changes;
}

/** The one range in which two texts differ, as editors that merge changes tell it. Never cuts a CRLF or a surrogate pair. */
export function difference(before: string, after: string): Change {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from++;
  while (from > 0 && (splits(before, from) || splits(after, from))) from--;
  let end = 0;
  while (end < most - from && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  while (end > 0 && (splits(before, before.length - end) || splits(after, after.length - end))) end--;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}

/** The range between two offsets of `text`. */
export function rangeIn(text: string, from: number, to: number): Range {
  const document = TextDocument.create('', '', 0, text);
  return { start: document.positionAt(from), end: document.positionAt(to) };
}

function splits(text: string, at: number): boolean {
  const pair = text.slice(at - 1, at + 1);
  return pair === '\r\n' || /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(pair);
}

/** Ready to apply one after the other; of several inserts at one place the first comes out first (LSP). */
function backwards(changes: readonly Change[]): Change[] {
  return [...changes].sort((a, b) => a.from - b.from || a.to - b.to).reverse();
}
