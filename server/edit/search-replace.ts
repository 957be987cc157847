// The `search-replace` format: blocks that say what to find and what to put there, in any order of position.

import { overlaps, type Span } from '../text/span.ts';
import { Aligner } from './aligner.ts';
import { type BlockEvent, Blocks } from './blocks.ts';
import type { Format, Read } from './format.ts';
import { locate, type Place } from './locate.ts';
import { OldLines, withoutOuterBreaks } from './old-lines.ts';
import { Unpadded } from './padding.ts';
import { isPlaceholder } from './placeholders.ts';
import type { Plan } from './plan.ts';
import { createReindent } from './reindent.ts';
import type { Stretch } from './stretch.ts';

/** The block that is being read: its place is known, its replacement streams. */
interface Open {
  readonly place: Place;
  readonly aligner: Aligner;
  readonly carry: (line: string) => string;
  readonly unpadded: Unpadded;
  empty: boolean;
}

export class SearchReplace implements Format {
  private readonly base: string;
  private readonly blocks: Blocks;
  private readonly lines: OldLines;
  private readonly known: ReadonlySet<string>;
  private readonly used: Span[] = [];
  /** What deletions took, with the line breaks that went with them. */
  private readonly removed: Span[] = [];
  private open: Open | undefined;

  constructor(base: string, gated: boolean) {
    this.base = base;
    this.blocks = new Blocks(base, gated);
    this.lines = new OldLines(base, withoutOuterBreaks(base));
    this.known = new Set(base.split('\n').map((line) => line.trim()));
  }

  push(line: string): Read {
    return this.readAll(this.blocks.push(line));
  }

  finish(): Read {
    return this.readAll(this.blocks.finish());
  }

  consider(partial: string): { readonly plan?: Plan } | undefined {
    // Lines that may come before `partial` are not the aligner's yet.
    if (this.open?.unpadded.isWaiting) return undefined;
    return this.open?.aligner.consider(partial);
  }

  accept(plan: Plan): void {
    this.open?.aligner.accept(plan);
  }

  get waiting(): number {
    return this.open?.aligner.waiting ?? 0;
  }

  private readAll(events: readonly BlockEvent[]): Read {
    const stretches: Stretch[] = [];
    for (const event of events) {
      const read = this.read(event);
      stretches.push(...read.stretches);
      if (read.rejected !== undefined) return { stretches, rejected: read.rejected };
    }
    return { stretches };
  }

  private read(event: BlockEvent): Read {
    if (event.kind === 'rejected') return { stretches: [], rejected: event.reason };
    if (event.kind === 'search') return this.start(event.lines);
    return event.kind === 'line' ? this.line(event.line) : this.end();
  }

  private start(search: readonly string[]): Read {
    const place = locate(this.lines, search);
    if ('rejected' in place) return { stretches: [], rejected: place.rejected };
    if (this.used.some((span) => overlaps(span, place.span))) {
      return {
        stretches: [],
        rejected: `two SEARCH blocks overlap: ${search.find((line) => line.trim() !== '')!.trim()}`,
      };
    }
    this.used.push(place.span);
    this.open = {
      place,
      aligner: new Aligner(this.base, place.span),
      carry: carryTo(this.lines, place, search),
      unpadded: new Unpadded(place.padding),
      empty: true,
    };
    return { stretches: [] };
  }

  private line(line: string): Read {
    const open = this.open!;
    if (isPlaceholder(line) && !this.known.has(line.trim())) {
      return { stretches: [], rejected: `the answer leaves code out: ${line.trim()}` };
    }
    for (const text of open.unpadded.push(line)) {
      open.empty = false;
      open.aligner.push(open.carry(text));
    }
    return { stretches: [] };
  }

  private end(): Read {
    const open = this.open!;
    this.open = undefined;
    if (!open.empty || open.place.how === 'inside') return { stretches: open.aligner.finish() };
    return { stretches: this.remove(open.place.span) };
  }

  /** Lines go with the break behind them, or, where there is none left, with the nearest one before. */
  private remove({ from, to }: Span): Stretch[] {
    const { base, removed, lines } = this;
    const end = to + breakLength(base, to);
    const isFree = to < lines.region.to && !removed.some((span) => overlaps(span, { from: to, to: end }));
    const gone: Stretch[] = [{ from, to: isFree ? end : to, text: '' }];
    if (!isFree) {
      let start = from;
      for (let before: Span | undefined; ; start = before.from) {
        before = removed.find((span) => span.to === start);
        if (!before) break;
      }
      const breakFrom = Math.max(lines.region.from, start - (base[start - 2] === '\r' ? 2 : 1));
      if (breakFrom < start) gone.unshift({ from: breakFrom, to: start, text: '' });
    }
    removed.push(...gone);
    return gone;
  }
}

function breakLength(base: string, at: number): number {
  return base[at] === '\r' ? 2 : 1;
}

function carryTo(lines: OldLines, { pairs, how, padding }: Place, search: readonly string[]): (line: string) => string {
  if (how === 'exact' || how === 'inside') return (line) => line;
  return createReindent(
    pairs.flatMap((index, i) => (index < 0 ? [] : [{ search: search[i + padding.before]!, base: lines.text(index) }])),
  );
}
