// The `search-replace` format: blocks that say what to find and what to put there, in any order of position.

import type { Edit } from '../text/edit.ts';
import { overlaps, type Span } from '../text/span.ts';
import { Aligner, type Piece } from './aligner.ts';
import { type BaseLines, baseLines, withoutOuterBreaks } from './base-lines.ts';
import { type BlockEvent, Blocks } from './blocks.ts';
import type { Format, Read } from './format.ts';
import { locate, type Place } from './locate.ts';
import { pieceUnits, type Unit } from './piece-edits.ts';
import { isPlaceholder } from './placeholders.ts';
import { createReindent } from './reindent.ts';

/** The block that is being read: its place is known, its replacement streams. */
interface Open {
  readonly place: Place;
  readonly lines: BaseLines;
  readonly aligner: Aligner;
  readonly carry: (line: string) => string;
  empty: boolean;
}

export class SearchReplace implements Format {
  private readonly base: string;
  private readonly eol: string;
  private readonly blocks: Blocks;
  private readonly lines: BaseLines;
  private readonly known: ReadonlySet<string>;
  private readonly used: Span[] = [];
  /** What deletions took, with the line breaks that went with them. */
  private readonly removed: Span[] = [];
  private open: Open | undefined;

  constructor(base: string, eol: string) {
    this.base = base;
    this.eol = eol;
    this.blocks = new Blocks(base);
    this.lines = baseLines(base, withoutOuterBreaks(base));
    this.known = new Set(this.lines.texts.map((text) => text.trim()));
  }

  push(line: string): Read {
    return this.readAll(this.blocks.push(line));
  }

  finish(): Read {
    return this.readAll(this.blocks.finish());
  }

  get waiting(): number {
    return this.open?.aligner.waiting ?? 0;
  }

  private readAll(events: readonly BlockEvent[]): Read {
    const units: Unit[] = [];
    for (const event of events) {
      const read = this.read(event);
      units.push(...read.units);
      if (read.rejected !== undefined) return { units, rejected: read.rejected };
    }
    return { units };
  }

  private read(event: BlockEvent): Read {
    if (event.kind === 'rejected') return { units: [], rejected: event.reason };
    if (event.kind === 'search') return this.start(event.lines);
    return event.kind === 'line' ? this.line(event.line) : this.end();
  }

  private start(search: readonly string[]): Read {
    const place = locate(this.lines, search);
    if ('rejected' in place) return { units: [], rejected: place.rejected };
    if (this.used.some((span) => overlaps(span, place.span))) {
      return { units: [], rejected: `two SEARCH blocks overlap: ${search.find((line) => line.trim() !== '')!.trim()}` };
    }
    this.used.push(place.span);
    const lines = baseLines(this.base, place.span);
    this.open = { place, lines, aligner: new Aligner(lines), carry: carryTo(this.lines, place, search), empty: true };
    return { units: [] };
  }

  private line(line: string): Read {
    const open = this.open!;
    if (isPlaceholder(line) && !this.known.has(line.trim())) {
      return { units: [], rejected: `the answer leaves code out: ${line.trim()}` };
    }
    open.empty = false;
    return { units: this.toUnits(open, open.aligner.push(open.carry(line))) };
  }

  private end(): Read {
    const open = this.open!;
    this.open = undefined;
    if (!open.empty || open.place.how === 'inside') return { units: this.toUnits(open, open.aligner.finish()) };
    return { units: [this.remove(open.place.span)] };
  }

  private toUnits(open: Open, pieces: readonly Piece[]): Unit[] {
    return pieces.flatMap((piece) => pieceUnits({ base: this.base, lines: open.lines, piece, eol: this.eol }));
  }

  /** Lines go with the break behind them, or, where there is none left, with the nearest one before. */
  private remove({ from, to }: Span): Edit[] {
    const { base, removed, lines } = this;
    const end = to + breakLength(base, to);
    const isFree = to < lines.region.to && !removed.some((span) => overlaps(span, { from: to, to: end }));
    const edits: Edit[] = [{ from, to: isFree ? end : to, insert: '' }];
    if (!isFree) {
      let start = from;
      for (let before: Span | undefined; ; start = before.from) {
        before = removed.find((span) => span.to === start);
        if (!before) break;
      }
      const breakFrom = Math.max(lines.region.from, start - (base[start - 2] === '\r' ? 2 : 1));
      if (breakFrom < start) edits.unshift({ from: breakFrom, to: start, insert: '' });
    }
    removed.push(...edits);
    return edits;
  }
}

function breakLength(base: string, at: number): number {
  return base[at] === '\r' ? 2 : 1;
}

function carryTo(lines: BaseLines, { pairs, how }: Place, search: readonly string[]): (line: string) => string {
  if (how === 'exact' || how === 'inside') return (line) => line;
  const offset = search.findIndex((line) => line.trim() !== '');
  return createReindent(
    pairs.flatMap((index, i) => (index < 0 ? [] : [{ search: search[i + offset]!, base: lines.texts[index]! }])),
  );
}
