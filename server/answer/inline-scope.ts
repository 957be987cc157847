// A scope that is a part of a line, answered with all of that line: what stands around the scope already is cut off.

import { isProseLanguage } from '../text/language-kinds.ts';
import { type LineStage, noLines, passLine, type StageOutput } from './line-stage.ts';
import type { Surroundings } from './surroundings.ts';

/** What of a line an answer repeats, in front of the scope and behind it; both '' where nothing is, or where it can't be told. */
interface Around {
  readonly front: string;
  readonly behind: string;
}

const nothing: Around = { front: '', behind: '' };
const closing: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const quoted = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g;

export interface InlineScopeOptions {
  readonly base: string;
  readonly surroundings: Surroundings;
}

/** `begin`: no code has come. `whole`: the answer begins like the line; all of it is held. `open`: it does not; a line is held that may be the last one, and ends like the line. */
type State = 'begin' | 'whole' | 'open';

export class InlineScope implements LineStage {
  /** The rest of the scope's first line in front of it, and of its last line behind it, trimmed. */
  readonly #place: Place;
  readonly #surroundings: Surroundings;
  readonly #isInline: boolean;
  /** What a line ends with behind which nothing of the answer may be left. */
  readonly #ends: readonly string[];
  #state: State = 'begin';
  /** Lines that are out; and those that are held. */
  readonly #out: string[] = [];
  #held: string[] = [];
  #isCut = false;

  /** `base`: the scope's text, which stands between `surroundings.before` and `surroundings.after`. */
  constructor({ base, surroundings }: InlineScopeOptions) {
    this.#surroundings = surroundings;
    const { before, after } = surroundings;
    const head = before.slice(before.lastIndexOf('\n') + 1).trim();
    const tail = (/^[^\r\n]*/.exec(after)?.[0] ?? '').trim();
    this.#place = { base: base.trim(), head, tail };
    this.#ends = endsOf(tail).map(withoutBlanks);
    this.#isInline = head !== '' || tail !== '';
  }

  get isPlain(): boolean {
    return !this.#isInline || (this.#state === 'open' && this.#held.length === 0);
  }

  get putRight(): readonly string[] {
    return this.#isCut ? ['the line around the selection'] : [];
  }

  push(line: string): StageOutput {
    if (!this.#isInline) return passLine(line);
    if (this.#state === 'begin' && line.trim() !== '') this.#state = this.#beginsLikeLine(line) ? 'whole' : 'open';
    this.#held.push(line);
    return this.#state === 'open' && !this.#mayEnd(line) ? this.#release() : noLines;
  }

  finish(): StageOutput {
    const text = [...this.#out, ...this.#held].join('\n').trim();
    const { front, behind } = this.#meant(this.#aroundOf(text));
    const held = this.#held.join('\n').trimEnd();
    if ((front === '' && behind === '') || behind.length > held.length) return this.#release();
    this.#isCut = true;
    const begin = front === '' ? 0 : held.length - held.trimStart().length + front.length;
    const rest = held.slice(begin, held.length - behind.length);
    return { lines: (front === '' ? rest.trimEnd() : rest.trim()).split('\n') };
  }

  #beginsLikeLine(line: string): boolean {
    const { base, head } = this.#place;
    return isTelling(repeated(line.trim(), base, head, 'front')) || this.#fronts(line).length > 0;
  }

  /** In prose any words may be those beside the selection, but not all of its line. */
  #meant(around: Around): Around {
    if (!isProseLanguage(this.#surroundings.languageId)) return around;
    const { head, tail } = this.#place;
    const isLine = isSame(around.front, head) && isSame(around.behind, tail);
    return isLine && leastWords.test(`${around.front} ${around.behind}`) ? around : nothing;
  }

  /** With the line that the scope is a part of, or with some lines above and below that, too. */
  #aroundOf(answer: string): Around {
    const { base, tail } = this.#place;
    const own = aroundOf(answer, this.#place);
    if (own.front !== '' || own.behind !== '' || this.#state !== 'whole') return own;
    const lines = answer.split('\n');
    for (const above of this.#fronts(lines[0]!)) {
      for (const below of [...linesTo(this.#surroundings.after, lines.at(-1)!), tail]) {
        const more = aroundOf(answer, { base, head: above, tail: below });
        if (more.front !== '') return more;
      }
    }
    return nothing;
  }

  /** What stands in front of the scope from a line on that reads like `first`, the nearest one first. */
  #fronts(first: string): readonly string[] {
    const above = this.#surroundings.before.slice(-maxUnits).split('\n').slice(0, -1);
    const starts = above.flatMap((line, i) => (isSameLine(line, first) ? [i] : []));
    return starts.reverse().map((from) => [...above.slice(from), this.#place.head].join('\n').trim());
  }

  #mayEnd(line: string): boolean {
    const text = withoutBlanks(line);
    if (/;$/.test(text) && (this.#out.length === 0 || /^[)\]}]+;$/.test(text))) return true;
    return text === '' ? this.#held.length > 1 : this.#ends.some((end) => text.endsWith(end));
  }

  #release(): StageOutput {
    const lines = this.#held.splice(0);
    this.#out.push(...lines);
    return { lines };
  }
}

/** UTF-16 units of the document on either side that an answer may repeat: some hundred lines. */
const maxUnits = 4000;

/** Whether two lines are the same, and tell more than a bracket does. */
const isSameLine = (a: string, b: string): boolean => a.trim() === b.trim() && /\w{3}|\w+\W+\w/.test(a);

/** What stands behind the scope, down to a line that reads like `last`; the nearest one first. */
function linesTo(after: string, last: string): readonly string[] {
  const below = after.slice(0, maxUnits).split('\n');
  return below.flatMap((line, i) =>
    i > 0 && line.trim() === last.trim()
      ? [
          below
            .slice(0, i + 1)
            .join('\n')
            .trim(),
        ]
      : [],
  );
}

interface Place {
  readonly base: string;
  readonly head: string;
  readonly tail: string;
}

function aroundOf(answer: string, { base, head, tail }: Place): Around {
  const front = repeated(answer, base, head, 'front');
  if (isTelling(front)) {
    const behind = endOf(answer.slice(front.length), base, tail);
    return isWhole(answer.slice(front.length, answer.length - behind.length)) ? { front, behind } : nothing;
  }
  const behind = endOf(answer, base, tail);
  const rest = answer.slice(0, answer.length - behind.length);
  // What ends a statement, or what nothing in the answer has opened, is of the line around it.
  if (behind !== '' && isWhole(rest) && (/^[;,:]$/.test(behind) || !isWhole(answer) || /\w{2}/.test(behind)))
    return { front: '', behind };
  return isStatement(answer, { base, tail }) ? { front: '', behind: ';' } : nothing;
}

/** An expression that was answered with a mark behind it, where more of the statement follows in the document. */
function isStatement(answer: string, { base, tail }: Pick<Place, 'base' | 'tail'>): boolean {
  const isInside = /^(?:[,)\].?:]|[-+*/%&|^<>=!]+\s|(?:and|or|as|is|in|if|else)\b)/.test(tail) && !base.includes(';');
  return isInside && /^[^;]*[^;\s];$/.test(answer.replace(quoted, '""'));
}

/** One word beside the selection may be meant. */
const leastWords = /[\p{L}\p{N}].*?\s.*[\p{L}\p{N}]/su;

const isSame = (a: string, b: string): boolean => withoutBlanks(a) === withoutBlanks(b);

const withoutBlanks = (text: string): string => text.replace(/\s+/g, '');

/** Punctuation alone tells nothing: `(a) + (b)` may be meant for the `a` of `(a)`. */
const isTelling = (front: string): boolean => /\w/.test(front);

function endOf(answer: string, base: string, tail: string): string {
  for (const part of endsOf(tail)) {
    const found = repeated(answer, base, part, 'behind');
    if (found !== '') return found;
  }
  return '';
}

/** What of a tail an answer may end with: all of it, what is code, that without the mark that ends it, or only a mark that it begins with; the longest first. */
function endsOf(tail: string): string[] {
  const code = tail.replace(/\s*(?:\/\/|#|--)(?=\s|$).*$/, '');
  const mark = /^[;,]/.exec(tail)?.[0] ?? '';
  return [tail, code, code.replace(/\s*[;,{:]$/, ''), mark].filter((part) => part !== '');
}

/** `part` as the answer has it at its beginning or end, whatever the white space; '' if it has not, or if the scope has it there, too. */
function repeated(answer: string, base: string, part: string, side: 'front' | 'behind'): string {
  if (part === '') return '';
  const tokens = (part.match(/[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu) ?? []).map((token) =>
    token.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'),
  );
  const text = tokens.join('\\s*');
  const isWord = /[\p{L}\p{N}_$]/u;
  const pattern =
    side === 'front'
      ? new RegExp(`^${text}${isWord.test(part.at(-1)!) ? '(?![\\p{L}\\p{N}_$])' : ''}`, 'u')
      : new RegExp(`${isWord.test(part[0]!) ? '(?<![\\p{L}\\p{N}_$])' : ''}${text}$`, 'u');
  return pattern.test(base) ? '' : (pattern.exec(answer)?.[0] ?? '');
}

/** Whether something is there, and each bracket has its other one. */
function isWhole(code: string): boolean {
  if (code.trim() === '') return false;
  const open: string[] = [];
  for (const char of code.replace(quoted, '')) {
    if ('([{'.includes(char)) open.push(char);
    else if (closing[char] !== undefined && open.pop() !== closing[char]) return false;
  }
  return open.length === 0;
}
