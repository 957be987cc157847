// The problems of the last check as the editor's diagnostics: moved with the text, dropped where their line changes, replaced by the next check.

import { type Diagnostic, PublishDiagnosticsNotification, type Range } from 'vscode-languageserver-protocol';
import { offsetAt, rangeOf, type Snapshot } from '../../documents/snapshot.ts';
import { diffTexts } from '../../text/diff.ts';
import { type Edit, mapOffset } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import type { Wire } from '../connection/wire.ts';

interface Entry {
  diagnostics: readonly Diagnostic[];
  /** The text that their ranges are in; undefined while the document is not open. */
  snapshot: Snapshot | undefined;
}

export class DiagnosticsPublisher {
  readonly #wire: Wire;
  readonly #entries = new Map<string, Entry>();

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** What there is now, by uri; everything else is cleared. `open` finds the snapshot of an open document. */
  replace(next: ReadonlyMap<string, readonly Diagnostic[]>, open: (uri: string) => Snapshot | undefined): void {
    for (const uri of this.#entries.keys()) if (!next.has(uri)) this.#publish(uri, []);
    this.#entries.clear();
    for (const [uri, diagnostics] of next) {
      this.#entries.set(uri, { diagnostics, snapshot: open(uri) });
      this.#publish(uri, diagnostics);
    }
  }

  opened(snapshot: Snapshot): void {
    const entry = this.#entries.get(snapshot.uri);
    if (entry) entry.snapshot = snapshot;
  }

  /** Only told to the editor where something is at another place now, or gone: it moves marks by itself while somebody types. */
  changed(next: Snapshot): void {
    const entry = this.#entries.get(next.uri);
    if (!entry) return;
    const before = entry.snapshot;
    entry.snapshot = next;
    if (!before) return;
    const edits = diffTexts(before.text, next.text);
    const moved = entry.diagnostics.flatMap((diagnostic) => {
      const range = follow(diagnostic.range, { before, next, edits });
      return range ? [{ ...diagnostic, range }] : [];
    });
    const isSame = JSON.stringify(moved) === JSON.stringify(entry.diagnostics);
    entry.diagnostics = moved;
    if (!isSame) this.#publish(next.uri, moved);
  }

  closed(uri: string): void {
    if (this.#entries.delete(uri)) this.#publish(uri, []);
  }

  #publish(uri: string, diagnostics: readonly Diagnostic[]): void {
    void this.#wire.sendNotification(PublishDiagnosticsNotification.type, { uri, diagnostics: [...diagnostics] });
  }
}

/** Undefined where the line has changed: nobody knows any more whether the problem is still there. */
function follow(
  range: Range,
  { before, next, edits }: { before: Snapshot; next: Snapshot; edits: readonly Edit[] },
): Range | undefined {
  if (range.start.line >= before.lineStarts.length) return undefined;
  const line = lineOf(before, range.start.line);
  if (edits.some((edit) => edit.from <= line.to && edit.to >= line.from && !isBeside(edit, line))) return undefined;
  const from = mapOffset(offsetAt(before, range.start), edits, 1);
  const to = mapOffset(offsetAt(before, range.end), edits, -1);
  return rangeOf(next, { from, to: Math.max(from, to) });
}

/** Whole lines that came or went right above or below the line. */
function isBeside({ from, to, insert }: Edit, line: Span): boolean {
  if (to === line.from) return insert === '' || insert.endsWith('\n');
  return from === line.to && (insert === '' || /^\r?\n/.test(insert));
}

function lineOf(snapshot: Snapshot, line: number): Span {
  const from = snapshot.lineStarts[line]!;
  return { from, to: offsetAt(snapshot, { line, character: Number.MAX_SAFE_INTEGER }) };
}
