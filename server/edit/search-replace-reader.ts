// Reads the `search-replace` format: blocks that say what to find and what to put there, in any order of position.

import { blockStages, CodeReading, plainStages } from '../answer/code-reading.ts';
import { LineChain } from '../answer/line-chain.ts';
import type { StageOutput } from '../answer/line-stage.ts';
import { ScopeFacts } from '../answer/scope-facts.ts';
import { mayShrink } from '../answer/shape/asked-for.ts';
import { noSurroundings, type Surroundings } from '../answer/surroundings.ts';
import { overlaps, type Span } from '../text/span.ts';
import { Aligner } from './aligner.ts';
import { BaseLines, withoutOuterBreaks } from './base-lines.ts';
import { type BlockEvent, BlockParser } from './block-parser.ts';
import { EarlierBlocks } from './earlier-blocks.ts';
import type { FormatOutput, FormatReader } from './format-reader.ts';
import { type LocatedText, locateSearch } from './locate-search.ts';
import { PaddingStripper } from './padding.ts';
import type { Plan } from './plan.ts';
import { createReindent } from './reindent.ts';
import type { Replacement } from './replacement.ts';

/** The block that is being read: its SEARCH text has been located, its replacement streams in. */
interface OpenBlock {
  readonly located: LocatedText;
  /** The line of the answer by which people find it. */
  readonly title: string;
  /** The replacement is a rewrite of the located lines; undefined if it has to wait for its end, because an earlier block has changed some of them. */
  aligner: Aligner | undefined;
  readonly reindent: (line: string) => string;
  readonly stripper: PaddingStripper;
  /** Takes the replacement out of what was written. */
  readonly reading: CodeReading;
  /** The replacement so far, as it reads in the base. */
  readonly lines: string[];
  readonly replacements: Replacement[];
}

export interface SearchReplaceOptions {
  readonly base: string;
  readonly surroundings: Surroundings;
  /** Whether a parser looks at the result; see BlockParser. */
  readonly gated: boolean;
}

export class SearchReplaceReader implements FormatReader {
  readonly #base: string;
  readonly #surroundings: Surroundings;
  readonly #facts: ScopeFacts;
  readonly #parser: BlockParser;
  readonly #lines: BaseLines;
  readonly #earlier: EarlierBlocks;
  /** What deletions have removed, line breaks included, in offsets of the base. */
  readonly #removed: Span[] = [];
  readonly #putRight = new Set<string>();
  readonly imports: string[] = [];
  #open: OpenBlock | undefined;

  constructor({ base, surroundings, gated }: SearchReplaceOptions) {
    this.#base = base;
    this.#surroundings = surroundings;
    this.#facts = new ScopeFacts(base, surroundings.languageId);
    this.#parser = new BlockParser(base, gated);
    this.#lines = new BaseLines(base, withoutOuterBreaks(base));
    this.#earlier = new EarlierBlocks(this.#lines);
  }

  push(line: string): FormatOutput {
    return this.#readAll(this.#parser.push(line));
  }

  finish(): FormatOutput {
    return this.#readAll(this.#parser.finish());
  }

  nextPlan(partial: string): { readonly plan?: Plan } | undefined {
    // Held blank lines may still come before `partial`, and the aligner does not know them yet.
    const open = this.#open;
    if (!open?.aligner || open.aligner.pendingUnits === 0 || open.stripper.isHolding) return undefined;
    return open.aligner.nextPlan(open.reading.lookahead(partial));
  }

  accept(plan: Plan): void {
    this.#open?.aligner?.accept(plan);
    this.#open?.replacements.push(...plan.replacements);
  }

  get pendingUnits(): number {
    const open = this.#open;
    if (!open) return 0;
    return open.aligner?.pendingUnits ?? open.lines.reduce((units, line) => units + line.length + 1, 0);
  }

  get putRight(): readonly string[] {
    return [...this.#putRight, ...(this.#open?.reading.putRight ?? [])];
  }

  #readAll(events: readonly BlockEvent[]): FormatOutput {
    const replacements: Replacement[] = [];
    for (const event of events) {
      const read = this.#read(event);
      replacements.push(...read.replacements);
      if (read.rejected !== undefined) return { replacements, rejected: read.rejected };
    }
    return { replacements };
  }

  #read(event: BlockEvent): FormatOutput {
    if (event.kind === 'rejected') return { replacements: [], rejected: event.reason };
    if (event.kind === 'search') return this.#start(event.lines);
    return event.kind === 'line' ? this.#line(event.line) : this.#end();
  }

  #start(quoted: readonly string[]): FormatOutput {
    const search = this.#plain(quoted);
    const located = locateSearch(this.#lines, search);
    if ('rejected' in located) return { replacements: [], rejected: located.rejected };
    this.#open = {
      located,
      title: search.find((line) => line.trim() !== '')!.trim(),
      aligner: this.#earlier.hasChanged(located) ? undefined : new Aligner(this.#base, located.span),
      reindent: reindentFor(this.#lines, located, search),
      stripper: new PaddingStripper(located.padding),
      reading: this.#readingOf(located),
      lines: [],
      replacements: [],
    };
    return { replacements: [] };
  }

  /** Where the lines to find are indented otherwise than the base, the replacement follows them (`reindent`); else it may be wrong by itself. */
  #readingOf({ how, span }: LocatedText): CodeReading {
    const base = this.#base;
    const surroundings = this.#surroundings;
    const isExact = surroundings !== noSurroundings && (how === 'exact' || how === 'inside');
    const stages = () => (isExact ? blockStages(base, surroundings, span) : []);
    return new CodeReading({ base, surroundings, facts: this.#facts, keepsBlanks: true, stages });
  }

  /** The lines to find, without line numbers and escapes. */
  #plain(quoted: readonly string[]): readonly string[] {
    const chain = new LineChain(plainStages(this.#base, this.#surroundings));
    const lines = [...quoted.flatMap((line) => chain.push(line).lines), ...chain.finish().lines];
    for (const what of chain.putRight) this.#putRight.add(what);
    return lines;
  }

  #line(line: string): FormatOutput {
    const open = this.#open!;
    const read = open.reading.push(line);
    return read.restart && !this.#begin(open) ? rejectTalk : this.#take(open, read);
  }

  /** Forgets what came of a replacement so far; false if something of it was released. */
  #begin(open: OpenBlock): boolean {
    if (open.replacements.length > 0) return false;
    open.lines.length = 0;
    if (open.aligner) open.aligner = new Aligner(this.#base, open.located.span);
    return true;
  }

  #take(open: OpenBlock, { lines, rejected }: StageOutput): FormatOutput {
    if (rejected !== undefined) return { replacements: [], rejected };
    for (const text of lines.flatMap((line) => open.stripper.push(line))) {
      const line = open.reindent(text);
      open.lines.push(line);
      open.aligner?.push(line);
    }
    return { replacements: [] };
  }

  #end(): FormatOutput {
    const open = this.#open!;
    const last = this.#take(open, open.reading.finish());
    for (const what of open.reading.putRight) this.#putRight.add(what);
    this.imports.push(...open.reading.imports);
    this.#open = undefined;
    if (last.rejected !== undefined) return last;
    if (this.#emptiesScope(open)) return { replacements: [], rejected: 'the answer takes the whole scope away' };
    const rest = open.aligner ? this.#restOf(open, open.aligner) : this.#place(open);
    if (!rest) return { replacements: [], rejected: `two SEARCH blocks change the same lines: ${open.title}` };
    this.#earlier.add({ ...open, replacements: [...open.replacements, ...rest] });
    return { replacements: rest };
  }

  /** Where nobody spoke of removing anything. */
  #emptiesScope({ lines, located: { span } }: OpenBlock): boolean {
    if (this.#surroundings === noSurroundings || lines.some((line) => line.trim() !== '')) return false;
    const isAll = this.#base.slice(span.from, span.to).trim() === this.#base.trim();
    return isAll && this.#base.trim() !== '' && !mayShrink(this.#surroundings.instruction);
  }

  #restOf({ lines, located }: OpenBlock, aligner: Aligner): readonly Replacement[] {
    return lines.length > 0 || located.how === 'inside' ? aligner.finish() : this.#remove(located.span);
  }

  #place(open: OpenBlock): readonly Replacement[] | undefined {
    const placed = this.#earlier.place(open);
    this.#removed.push(...(placed ?? []).filter(({ text }) => text === ''));
    return placed;
  }

  /** Deletes whole lines with the line break behind them, or, where that is deleted or is the region's last, with the nearest one before them that is left. */
  #remove({ from, to }: Span): Replacement[] {
    const base = this.#base;
    const removed = this.#removed;
    const lines = this.#lines;
    const end = to + breakLength(base, to);
    const isFree = to < lines.region.to && !removed.some((span) => overlaps(span, { from: to, to: end }));
    const deleted: Replacement[] = [{ from, to: isFree ? end : to, text: '' }];
    if (!isFree) {
      let start = from;
      for (let before: Span | undefined; ; start = before.from) {
        before = removed.find((span) => span.to === start);
        if (!before) break;
      }
      const breakFrom = Math.max(lines.region.from, start - (base[start - 2] === '\r' ? 2 : 1));
      if (breakFrom < start) deleted.unshift({ from: breakFrom, to: start, text: '' });
    }
    removed.push(...deleted);
    return deleted;
  }
}

const rejectTalk: FormatOutput = { replacements: [], rejected: 'a replacement begins with something that is no code' };

function breakLength(base: string, at: number): number {
  return base[at] === '\r' ? 2 : 1;
}

function reindentFor(
  lines: BaseLines,
  { pairs, how, padding }: LocatedText,
  search: readonly string[],
): (line: string) => string {
  if (how === 'exact' || how === 'inside') return (line) => line;
  return createReindent(
    pairs.flatMap((index, i) => (index < 0 ? [] : [{ search: search[i + padding.before]!, base: lines.text(index) }])),
  );
}
