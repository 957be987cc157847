// Reads a `rewrite` answer: from the lines that are said to the lines of the new text of the scope. Each step is a stage of its own.

import { hasTags, isProseLanguage } from '../text/language-kinds.ts';
import type { Span } from '../text/span.ts';
import { CodeExtractor, type ExtractedLines, type ExtractorOptions } from './code-extractor.ts';
import { CodeMarks } from './code-marks.ts';
import { CommentMark } from './comment-mark.ts';
import { DataComma, DataEntries, ListItems } from './data-entries.ts';
import { DiffLines } from './diff-lines.ts';
import { DoubtfulTag } from './doubtful-tag.ts';
import { KeptHead } from './head/kept-head.ts';
import { HtmlEscapes } from './html-escapes.ts';
import { Indentation } from './indentation/indentation.ts';
import { PartIndentation } from './indentation/part-indentation.ts';
import { InlineScope } from './inline-scope.ts';
import { LineChain } from './line-chain.ts';
import { LineNumbers } from './line-numbers.ts';
import { LineQuotes } from './line-quotes.ts';
import { type LineStage, noLines, reject, type StageOutput } from './line-stage.ts';
import { LostFrame } from './lost-frame.ts';
import { isPlaceholder } from './placeholder-lines.ts';
import { SectionTags, sectionAround } from './section-tags.ts';
import { Shape } from './shape/shape.ts';
import type { Surroundings } from './surroundings.ts';
import { TrailingFence } from './trailing-fence.ts';
import { TypographicQuotes } from './typographic-quotes.ts';
import { UnknownTag } from './unknown-tag.ts';
import { WholeMarkup } from './whole-markup.ts';
import { WholeStatement } from './whole-statement.ts';
import { openingTagIn } from './wrappers.ts';

export interface CodeReadingOptions extends ExtractorOptions {
  /** The scope's text; empty where it is a place for new code. */
  readonly base: string;
  /** What the lines of code go through behind those that are the same for all answers. */
  readonly stages?: () => readonly LineStage[];
}

export class CodeReading {
  readonly #options: CodeReadingOptions;
  readonly #outer: LineStage;
  readonly #extractor: CodeExtractor;
  /** What the lines of code go through, in order. */
  #stages: LineChain;

  constructor(options: CodeReadingOptions) {
    this.#options = options;
    const { languageId } = options.surroundings;
    this.#extractor = new CodeExtractor(options);
    this.#stages = stagesFor(options);
    const rules = { ...options.surroundings, beginsWithTag: false };
    const isKnown = (line: string) => !this.#extractor.isNew(line) || openingTagIn(line, rules) !== undefined;
    const isMarkup = hasTags(languageId) && sectionAround(options.surroundings) === undefined;
    this.#outer =
      isMarkup && !isProseLanguage(languageId) ? new DoubtfulTag(options) : new UnknownTag(isMarkup, isKnown);
  }

  push(line: string): ExtractedLines {
    return this.#extract(this.#outer.push(line));
  }

  finish(): StageOutput {
    const inside = this.#extract(this.#outer.finish());
    if (inside.rejected !== undefined) return inside;
    const last = this.#extractor.finish();
    if (last.rejected !== undefined) return last;
    const read = this.#through(last.lines);
    if (read.rejected !== undefined) return read;
    const rest = this.#stages.finish();
    return rest.rejected === undefined ? this.#checked([...inside.lines, ...read.lines, ...rest.lines]) : rest;
  }

  /** What has come behind the lines returned so far, with `partial` of the next line; empty if that can't be code, or may still change. */
  lookahead(partial: string): string {
    return this.#stages.isPlain ? this.#extractor.lookahead(partial) : '';
  }

  /** Import statements that stood in front of the code, each whole; known at the end. */
  get imports(): readonly string[] {
    return this.#stages.imports;
  }

  /** What was put right so far, as nouns for people. */
  get putRight(): readonly string[] {
    return [...this.#outer.putRight, ...this.#extractor.putRight, ...this.#stages.putRight];
  }

  #extract({ lines, rejected: why }: StageOutput): ExtractedLines {
    if (why !== undefined) return reject(why);
    if (lines.length === 1) return this.#extractOne(lines[0]!);
    let all: ExtractedLines = noLines;
    for (const line of lines) {
      const read = this.#extractOne(line);
      if (read.rejected !== undefined) return read;
      all = read.restart ? read : { ...all, lines: [...all.lines, ...read.lines] };
    }
    return all;
  }

  #extractOne(line: string): ExtractedLines {
    const { lines, rejected, restart } = this.#extractor.push(line);
    if (rejected !== undefined) return reject(rejected);
    if (restart) this.#stages = stagesFor(this.#options);
    const read = this.#through(lines);
    return restart ? { ...read, restart } : read;
  }

  #through(lines: readonly string[]): StageOutput {
    const read = this.#stages.pushAll(lines);
    return read.rejected === undefined ? this.#checked(read.lines) : read;
  }

  #checked(lines: readonly string[]): StageOutput {
    const { placeholders = [] } = this.#options.surroundings;
    if (placeholders === 'all') return { lines };
    const isNew = (line: string) => this.#extractor.isNew(line) && !placeholders.includes(line.trim());
    const placeholder = lines.find((line) => isNew(line) && isPlaceholder(line));
    return placeholder === undefined ? { lines } : reject(`the answer leaves code out: ${placeholder.trim()}`);
  }
}

function stagesFor({ base, surroundings, facts, stages = () => [] }: CodeReadingOptions): LineChain {
  return new LineChain([new TrailingFence({ facts, surroundings }), ...plainStages(base, surroundings), ...stages()]);
}

/** Those that take off what is written on each line. */
export function plainStages(base: string, { languageId }: Surroundings): readonly LineStage[] {
  return [
    new DiffLines(base),
    new LineNumbers(base, isProseLanguage(languageId)),
    new LineQuotes(base, isProseLanguage(languageId)),
    new HtmlEscapes(base, languageId),
  ];
}

/** The same for the lower part of a block that stands for `span` of the base (UTF-16 offsets). */
export function blockStages(base: string, surroundings: Surroundings, { from, to }: Span): readonly LineStage[] {
  const before = surroundings.before + base.slice(0, from);
  const after = base.slice(to) + surroundings.after;
  const around = { ...surroundings, before, after };
  const text = base.slice(from, to);
  if (withinLine(around)) return inlineStages(text, around, startsLine(before));
  if (text.trim() === base.trim()) return scopeStages(text, around);
  return [new PartIndentation({ base: text, surroundings: around, startsLine: true, scope: base })];
}

/** Those that bring the answer into the shape of the scope. */
export function scopeStages(base: string, surroundings: Surroundings): readonly LineStage[] {
  if (withinLine(surroundings)) return inlineStages(base, surroundings, startsLine(surroundings.before));
  const options = { base, surroundings };
  return [
    new DataEntries(base, surroundings),
    new Shape(options),
    new SectionTags(options),
    new DataComma(base, surroundings),
    new ListItems(base, surroundings),
    new LostFrame(base, surroundings),
    new TypographicQuotes(base, surroundings),
    new WholeMarkup(base, surroundings),
    new WholeStatement(base, surroundings),
    new Indentation({ ...options, startsLine: true }),
    new KeptHead(options),
  ];
}

function inlineStages(base: string, surroundings: Surroundings, startsLine: boolean): readonly LineStage[] {
  return [
    new CodeMarks({ base, surroundings }),
    new CommentMark({ base, surroundings }),
    new InlineScope({ base, surroundings }),
    new Indentation({ base, surroundings, startsLine }),
  ];
}

/** Whether the scope begins or ends within a line. */
function withinLine({ before, after }: Surroundings): boolean {
  return !startsLine(before) || /^[^\n\r]/.test(after);
}

function startsLine(before: string): boolean {
  return before === '' || /[\n\r\uFEFF]$/.test(before);
}
