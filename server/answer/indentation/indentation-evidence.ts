// Weighs the ways to understand an answer's indentation by how its first lines would stand in the document.

import { indentOf } from '../../text/lines.ts';
import type { IndentationBase } from './indentation-base.ts';
import type { IndentReading } from './indentation-reading.ts';
import { closesParens, isRemark, opensLevel } from './indentation-units.ts';

/** What speaks for one reading, in points: one clear observation is one point. By trying on the 400 real edits, each mangled in seven ways. */
const weight = {
  block: 1,
  noBlock: 3,
  noLabel: 1,
  never: 10,
  old: 1,
  oldMark: 0.5,
  bracket: 0.25,
  mixed: 1,
  odd: 0.5,
  wrongStep: 1,
  strangeStep: 0.6,
};

const closes =
  /^(?:[)\]}>]|end\b|else\b|elif\b|except\b|finally\b|catch\b|case\b|default\b|when\b|rescue\b|ensure\b|esac\b|fi\b|done\b)|^<\/|^\w+:$/;
/** Lines that stand at the start of their line whatever is around them. */
const standsFree =
  /^#\s*(?:if|ifdef|ifndef|else|elif|endif|define|undef|include|pragma|error|region|endregion)\b|^\w+:$|^%/;
const pythonBlock = /^(?:def|class|if|elif|else|for|while|with|try|except|finally|async|match|case)\b.*:$/;

/** An item of a list in YAML and the like: what it holds besides stands where its first word does, unless that opens a block. */
const listMark = /^(?:- +)+(?=[^\s-])(?!.*[:[({|>]$)/;

/** A line of the answer. */
export interface AnswerLine {
  readonly line: string;
  /** Begins inside a literal: its white space is data. */
  readonly isData: boolean;
}

/** One reading and its points; `line` is added in order. */
export class IndentCandidate {
  readonly reading: IndentReading;
  readonly #base: IndentationBase;
  points: number;
  /** The indentations of the lines so far, as far as they tell candidates apart. */
  trace = '';
  #above: { readonly text: string; readonly indent: string } | undefined;
  /** How many new lines open levels around what the scope begins with; undefined once it can't be wrapped any more. */
  #wrappers: number | undefined = 0;
  /** What the old lines are further in than before. */
  #wrapIndent = '';

  constructor(reading: IndentReading, base: IndentationBase, prior: number) {
    this.reading = reading;
    this.#base = base;
    this.points = prior;
  }

  add({ line, isData }: AnswerLine): void {
    const text = line.trim();
    if (text === '' || isData) return;
    const indent = this.reading.indent(indentOf(line), this.#above === undefined);
    this.trace += `${indent}|`;
    this.#followWrapping(text);
    this.points += this.#inItself(text, indent) + this.#asOld(text, indent);
    if (this.#isFree(text) && this.reading.isOdd(indentOf(line))) this.points -= weight.odd;
    if (this.#above) this.points += this.#behind(this.#above, { text, indent });
    if (!isRemark(text) || !this.#above) this.#above = { text, indent };
  }

  get #isSecond(): boolean {
    return this.trace.indexOf('|') === this.trace.lastIndexOf('|', this.trace.length - 2);
  }

  /** Not aligned with anything above it. */
  #isFree(text: string): boolean {
    return !text.startsWith('*') && (this.#above === undefined || closesParens(this.#above.text));
  }

  #inItself(text: string, indent: string): number {
    let points = 0;
    if (this.#base.width(indent) < this.#base.least && !standsFree.test(text)) points -= weight.never;
    const { unit } = this.#base;
    if (unit === undefined || text.startsWith('*')) return points;
    if (unit === '\t' ? / {2}/.test(indent) : indent.includes('\t')) points -= weight.mixed;
    return points;
  }

  /** Lines that were there before mostly stay where they are. */
  #asOld(text: string, indent: string): number {
    const before = this.#base.indentsOf(text);
    // How comments were aligned is no matter.
    if (before.length === 0 || text.startsWith('*')) return 0;
    const counts = /\w{2}/.test(text) && before.every((each) => each === before[0]) ? weight.old : weight.oldMark;
    if (this.#wrapIndent !== '') {
      if (before.some((each) => each + this.#wrapIndent === indent)) return counts;
      // Who wraps code may leave it where it was.
      return before.includes(indent) ? 0 : -counts;
    }
    return before.includes(indent) ? counts : -counts;
  }

  /** Something new that the old code stands in: a block, an element. */
  #followWrapping(text: string): void {
    if (this.#wrappers === undefined) return;
    const { code, unit } = this.#base;
    const isNew = this.#base.indentsOf(text).length === 0;
    if (isNew && opensLevel(text) !== undefined) this.#wrappers++;
    else {
      if (text === code[0]?.text && /\w{2}/.test(text)) this.#wrapIndent = (unit ?? '').repeat(this.#wrappers);
      this.#wrappers = undefined;
    }
  }

  #behind(above: { text: string; indent: string }, { text, indent }: { text: string; indent: string }): number {
    const kind = opensLevel(above.text);
    const unit = this.#base.unit;
    if (indent.length > above.indent.length) {
      const item = listMark.exec(above.text)?.[0].length;
      if (item !== undefined) return indent.length === above.indent.length + item ? weight.block : -weight.wrongStep;
      if (kind === undefined) return -stepFrom(above.text, text);
      const fits = unit === undefined || indent === above.indent + unit;
      const points = kind === 'block' ? weight.block : weight.bracket;
      return fits ? points : -points;
    }
    if (kind === undefined || closes.test(text) || text.startsWith('{') || standsFree.test(text)) return 0;
    if (kind === 'bracket') return -weight.bracket;
    // As the scope has a body further in than its first line, an answer with such a first line has one, too.
    if (this.#isSecond && this.#base.hasBody) return -weight.never;
    return /\{$/.test(above.text) || pythonBlock.test(above.text) ? -weight.noBlock : -weight.noLabel;
  }
}

/** How little a line may stand further in than one that opens nothing: not at all where a statement ends, easily where one goes on. */
function stepFrom(above: string, text: string): number {
  if (/[;}]$/.test(above)) return weight.wrongStep;
  const goesOn = !closesParens(above) || /[^\w)\]"'`]$/.test(above) || /^(?:[^\w"'`@#]|and\b|or\b)/.test(text);
  return goesOn || isRemark(above) ? 0 : weight.strangeStep;
}

/** The one that the lines speak for; undefined as long as another one that differs, or may differ soon, is less than `lead` behind. */
export function decided(candidates: readonly IndentCandidate[], lead: number): IndentCandidate | undefined {
  const best = candidates.reduce((a, b) => (b.points > a.points ? b : a));
  const isRival = ({ trace, points, reading }: IndentCandidate) =>
    points > best.points - lead && (trace !== best.trace || reading.shift.kind !== best.reading.shift.kind);
  return lead > 0 && candidates.some(isRival) ? undefined : best;
}
