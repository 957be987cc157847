// Takes the lines of code out of a `rewrite` answer: what is put around them is dropped. A line that the scope has is always code, and so is a fence or
// a tag in a language that has them.

import { labelIn } from './first-lines.ts';
import { InnerFences } from './inner-fences.ts';
import { type LineStage, passLine, reject, type StageOutput } from './line-stage.ts';
import { goesOnWithProse, isRefusal, proseInstead } from './prose.ts';
import type { ScopeFacts } from './scope-facts.ts';
import { behindRole, isOtherSpeaker } from './speakers.ts';
import type { Surroundings } from './surroundings.ts';
import { Talk } from './talk.ts';
import {
  beforeClosingTag,
  closes,
  type Fence,
  fenceIn,
  isBareFence,
  isFrame,
  isWrapping,
  openingTagIn,
} from './wrappers.ts';

/** After this many lines of prose before the code, further ones are taken for code. */
const maxPreamble = 20;

/** `restart`: none of the lines given out before was code. */
export interface ExtractedLines extends StageOutput {
  readonly restart?: true;
}

export interface ExtractorOptions {
  readonly surroundings: Surroundings;
  /** Of the scope's text. */
  readonly facts: ScopeFacts;
  readonly keepsBlanks?: boolean;
}

const severalBlocks = 'the answer has more than one block of code';
const nothing: ExtractedLines = { lines: [] };

/** Push the answer's lines in order, then finish. Line breaks at both ends of the code are dropped, unless they shall be kept. */
export class CodeExtractor implements LineStage {
  readonly #surroundings: Surroundings;
  readonly #keepsBlanks: boolean;
  readonly #facts: ScopeFacts;
  readonly #talk: Talk;
  #state: 'before' | 'code' | 'after' = 'before';
  #fence: Fence | undefined;
  /** Where fences are code, too. */
  #innerFences: InnerFences | undefined;
  /** The name of the tag that is open around the code. */
  #tag: string | undefined;
  #isFramed = false;
  #preamble = 0;
  /** The first label that was dropped: one of something, so where nothing follows it is the answer. */
  #label: string | undefined;
  /** Whether a line so far is one of the base: then it is code that has come, and no talk. */
  #isMatched = false;
  /** What ended the code was a fence that nothing had opened: it may be an opening one. */
  #isStrayEnd = false;
  #isOver = false;
  /** Lines that may stand behind the end of the code, or in front of it; they are code after all if code follows. */
  #undecided: string[] = [];
  /** Whether `#undecided` holds a fence that may be the closing one, or words. */
  #undecidedHolds = { fence: false, prose: false };
  readonly #putRight = new Set<string>();

  /** `keepsBlanks`: blank lines at both ends of the code belong to it. */
  constructor({ surroundings, facts, keepsBlanks = false }: ExtractorOptions) {
    this.#surroundings = surroundings;
    this.#facts = facts;
    this.#keepsBlanks = keepsBlanks;
    this.#talk = new Talk(surroundings, facts);
  }

  push(line: string): ExtractedLines {
    if (this.#state === 'before') return this.#before(line);
    return this.#state === 'code' ? this.#code(line) : this.#after(line);
  }

  finish(): ExtractedLines {
    if (this.#state === 'before' && this.#undecided.every((line) => line.trim() === '')) {
      if (this.#preamble > 0) return reject('the answer is prose, not code');
      if (this.#label !== undefined) return passLine(this.#label);
      return { lines: this.#keepsBlanks ? this.#undecided : [] };
    }
    const isBlank = (line: string) => line.trim() === '';
    const end = this.#undecidedHolds.fence
      ? this.#undecided.findLastIndex((line) => this.#fence && closes(line, this.#fence))
      : this.#undecided.findIndex((line) => !isBlank(line));
    const dropped = this.#state === 'code' && end >= 0;
    if (dropped && this.#undecidedHolds.prose) this.#putRight.add('a note behind the code');
    const lines = dropped ? this.#undecided.slice(0, end) : this.#undecided;
    const isPadding = dropped ? isBlank : (line: string) => line === '' && !this.#keepsBlanks;
    while (lines.length > 0 && isPadding(lines.at(-1)!)) lines.pop();
    return { lines };
  }

  get isPlain(): boolean {
    return this.#state === 'code' && this.#undecided.length === 0;
  }

  get putRight(): readonly string[] {
    return [...this.#putRight];
  }

  /** What has come behind the lines returned so far, with `partial` of the next line; empty if that can't be code. */
  lookahead(partial: string): string {
    if (this.#state !== 'code') return '';
    return this.#undecided.length === 0 ? partial : [...this.#undecided, partial].join('\n');
  }

  #before(line: string): ExtractedLines {
    if (line.trim() === '') return this.#defer(line);
    if (this.isNew(line)) {
      const wrapped = this.#wrapping(line);
      if (wrapped) return wrapped;
      const label = labelIn(line, this.#surroundings);
      if (label !== undefined) return this.#dropLabel(line, label);
      const said = behindRole(line);
      if (said !== undefined) return this.#begin(said);
      if (!this.#fence && isRefusal(line)) return reject(proseInstead(line));
      if (!this.#fence && (this.#talk.isTalk(line) || this.#talk.isSpoken(line) || this.#talk.isStep(line))) {
        if (this.#talk.isProseLanguage) return this.#defer(line);
        if (this.#preamble++ < maxPreamble) return this.#drop('a sentence in front');
      }
    }
    this.#state = 'code';
    return this.#code(line);
  }

  #dropLabel(line: string, label: string): ExtractedLines {
    this.#label ??= line.trim();
    return this.#drop(label);
  }

  #begin(said: string): ExtractedLines {
    this.#drop("the speaker's name");
    return said === '' ? nothing : this.#before(said);
  }

  /** What a fence, a tag or a frame around the code opens; undefined: the line is none. */
  #wrapping(line: string): ExtractedLines | undefined {
    const fence = fenceIn(line);
    if (fence && isWrapping(fence, this.#surroundings.languageId)) return this.#openFence(fence);
    const { languageId, instruction } = this.#surroundings;
    const tag = openingTagIn(line, { languageId, instruction, beginsWithTag: this.#facts.beginsWithTag });
    if (tag) return this.#openTag(tag.name, tag.rest);
    if (!isFrame(line, languageId)) return undefined;
    this.#isFramed = true;
    return this.#drop(`a ${line.trim()} frame`);
  }

  #openFence(fence: Fence): ExtractedLines {
    if (this.#fence) return reject('the answer has a fence inside a fence');
    this.#fence = fence;
    if (this.#facts.hasPairedFences) this.#innerFences = new InnerFences(fence);
    return this.#drop('a fence');
  }

  #openTag(name: string, rest: string): ExtractedLines {
    this.#tag = name;
    this.#drop(`a <${name}> tag`);
    return rest.trim() === '' ? nothing : this.#before(rest);
  }

  #code(line: string): ExtractedLines {
    const isNew = this.isNew(line);
    this.#isMatched ||= !isNew && /\w\w/.test(line);
    const end = this.#innerFences ? this.#endAmongFences(this.#innerFences, line) : undefined;
    if (end) return end;
    if (isNew) {
      const end = this.#endAt(line);
      if (end) return end;
    }
    if (line.trim() === '' || ((!this.#fence || this.#undecidedHolds.fence) && isNew && this.#isNote(line)))
      return this.#defer(line);
    return this.#release(line);
  }

  /** The same where fences are code, too. */
  #endAmongFences(fences: InnerFences, line: string): ExtractedLines | undefined {
    const role = fences.push(line);
    if (role === 'ends') return this.#end();
    if (role === 'another') return reject(severalBlocks);
    if (!fences.mayBeOver) return undefined;
    this.#undecidedHolds.fence = true;
    return this.#defer(line);
  }

  /** What a line that ends the code makes of it; undefined: it is code. */
  #endAt(line: string): ExtractedLines | undefined {
    const fence = this.#fence;
    if (fence && !this.#innerFences && closes(line, fence)) {
      if (!this.#facts.hasFences) return this.#end();
      this.#undecidedHolds.fence = true;
      return this.#defer(line);
    }
    const isShared = fence !== undefined && line.endsWith(fence.marks) && line.trim() !== fence.marks;
    if (isShared && !this.#facts.hasFences) return this.#endBehind(line.slice(0, -fence.marks.length));
    const code = beforeClosingTag(line, this.#tag);
    if (code !== undefined) return this.#endBehind(code);
    const isFrameEnd = this.#isFramed && isFrame(line, this.#surroundings.languageId);
    if (isFrameEnd || (this.#label === '<?php' && line.trim() === '?>')) return this.#end();
    if (!this.#talk.isProseLanguage && isOtherSpeaker(line)) return this.#endOfTurn();
    return fence ? undefined : this.#strayFence(line);
  }

  /** A fence in an answer without one: it opens the code, and all before it was talk, or it closes what nothing has opened. */
  #strayFence(line: string): ExtractedLines | undefined {
    const fence = fenceIn(line);
    if (!fence || !isWrapping(fence, this.#surroundings.languageId)) return undefined;
    if (fence.info !== '' && !this.#isMatched) return this.#restart(fence);
    if (!isBareFence(line)) return undefined;
    this.#isStrayEnd = !this.#isMatched;
    this.#putRight.add('a fence');
    return this.#end();
  }

  #restart(fence: Fence): ExtractedLines {
    this.#state = 'before';
    this.#putRight.add('a sentence in front');
    this.#openFence(fence);
    return { lines: [], restart: true };
  }

  #endBehind(code: string): ExtractedLines {
    const last = code.trim() === '' ? nothing : this.#release(code.trimEnd());
    this.#end();
    return last;
  }

  /** What follows is somebody else's: it is not read. */
  #endOfTurn(): ExtractedLines {
    this.#putRight.add('what follows the answer');
    this.#isOver = true;
    return this.#end();
  }

  #end(): ExtractedLines {
    this.#state = 'after';
    return this.#forget();
  }

  #after(line: string): ExtractedLines {
    if (this.#isOver || line.trim() === '') return nothing;
    const fence = fenceIn(line);
    if (this.#isStrayEnd && !fence && !this.#talk.isTalk(line)) {
      this.#restart({ indent: '', marks: '```', info: '' });
      return { ...this.#before(line), restart: true };
    }
    // One that closes what is open around a tag.
    const isOuterEnd = this.#fence !== undefined && this.#tag !== undefined && closes(line, this.#fence);
    if (fence) return isOuterEnd ? nothing : reject(severalBlocks);
    const isOpen = this.#fence || this.#tag !== undefined || this.#isFramed;
    return !isOpen && !this.#talk.isTalk(line) && !this.#talk.goesOn(line)
      ? reject('the answer goes on behind a stray fence')
      : nothing;
  }

  #defer(line: string): ExtractedLines {
    const isKept = this.#keepsBlanks && this.#putRight.size === 0;
    if (this.#state === 'code' || this.#undecided.length > 0 || line !== '' || isKept) this.#undecided.push(line);
    return nothing;
  }

  #drop(what: string): ExtractedLines {
    this.#putRight.add(what);
    return this.#forget();
  }

  #forget(): ExtractedLines {
    this.#undecided = [];
    this.#undecidedHolds = { fence: false, prose: false };
    return nothing;
  }

  #release(line: string): ExtractedLines {
    if (this.#undecided.length === 0) return passLine(line);
    const lines = [...this.#undecided, line];
    this.#forget();
    return { lines };
  }

  /** Whether the base has no such line, white space at its ends aside. */
  isNew(line: string): boolean {
    return !this.#facts.has(line);
  }

  /** Whether a new line behind code may be said to the user. */
  #isNote(line: string): boolean {
    if (this.#talk.isProseLanguage) return false;
    const isNote = this.#talk.isTalk(line) || (this.#undecidedHolds.prose && goesOnWithProse(line));
    this.#undecidedHolds.prose ||= isNote;
    return isNote;
  }
}
