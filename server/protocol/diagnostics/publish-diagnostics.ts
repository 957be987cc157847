// The one owner of the editor's diagnostics of ours: each kind is replaced by itself, since what is published of a file replaces all that was. They move with the
// text, and are dropped where their line changes.

import { type Diagnostic, PublishDiagnosticsNotification, type Range } from 'vscode-languageserver-protocol';
import { offsetAt, rangeOf, type Snapshot } from '../../documents/snapshot.ts';
import { diffTexts } from '../../text/diff.ts';
import { type Edit, mapOffset } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import type { Wire } from '../connection/wire.ts';

/** Who found it; `check`: the user's own check. */
export type DiagnosticsKind = 'check';

interface Entry {
  byKind: ReadonlyMap<DiagnosticsKind, readonly Diagnostic[]>;
  /** The text that their ranges are in; undefined while the document is not open. */
  snapshot: Snapshot | undefined;
}

export class DiagnosticsPublisher {
  readonly #wire: Wire;
  readonly #entries = new Map<string, Entry>();

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** What there is of a kind now, by uri; everything else of that kind is cleared. `open` finds the snapshot of an open document. */
  replace(
    kind: DiagnosticsKind,
    next: ReadonlyMap<string, readonly Diagnostic[]>,
    open: (uri: string) => Snapshot | undefined,
  ): void {
    for (const [uri, { byKind, snapshot }] of this.#entries)
      if (byKind.has(kind) && !next.has(uri)) this.#set(uri, { byKind: without(byKind, kind), snapshot });
    for (const [uri, diagnostics] of next) {
      const byKind = new Map(this.#entries.get(uri)?.byKind).set(kind, diagnostics);
      this.#set(uri, { byKind, snapshot: open(uri) });
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
    const move = (diagnostic: Diagnostic) => {
      const range = follow(diagnostic.range, { before, next, edits });
      return range ? [{ ...diagnostic, range }] : [];
    };
    const was = all(entry);
    entry.byKind = new Map([...entry.byKind].map(([kind, diagnostics]) => [kind, diagnostics.flatMap(move)]));
    if (JSON.stringify(all(entry)) !== JSON.stringify(was)) this.#publish(next.uri, all(entry));
  }

  closed(uri: string): void {
    if (this.#entries.delete(uri)) this.#publish(uri, []);
  }

  #set(uri: string, entry: Entry): void {
    if (entry.byKind.size > 0) this.#entries.set(uri, entry);
    else this.#entries.delete(uri);
    this.#publish(uri, all(entry));
  }

  #publish(uri: string, diagnostics: Diagnostic[]): void {
    void this.#wire.sendNotification(PublishDiagnosticsNotification.type, { uri, diagnostics });
  }
}

const all = ({ byKind }: Entry) => [...byKind.values()].flat();

function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  return new Map([...map].filter(([other]) => other !== key));
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
