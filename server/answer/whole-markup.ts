// Refuses an answer in a language of tags that ends before what it opened is closed: there is no tree that would tell.

import { isMarkupLanguage } from '../text/language-kinds.ts';
import { type LineStage, noLines, passLine, reject, type StageOutput } from './line-stage.ts';
import type { Surroundings } from './surroundings.ts';

/** Elements that are always closed, in all that people write. */
const element =
  'a|article|aside|b|blockquote|button|canvas|code|dialog|div|dl|em|fieldset|figure|footer|form|h[1-6]|header|i|label|main|nav|ol|pre|script|section|select|span|strong|style|table|template|textarea|ul|video';
const always = new RegExp(`^(?:${element})$`);
/** Their ends are left out as people like. */
const seldom = /^(?:li|p|dt|dd|option)$/;
const tags = /<!--|-->|<(\/?)([a-z][\w-]*)(?=[\s>/]|$)/gi;

const ends: Readonly<Record<string, string>> = { '<!--': '-->', script: '/script', style: '/style' };

export class WholeMarkup implements LineStage {
  readonly isSettled: boolean;
  readonly isPlain = true;
  readonly putRight = [];
  readonly #base: string;
  readonly #lines: string[] = [];

  constructor(base: string, { languageId }: Surroundings) {
    this.#base = base;
    this.isSettled = !isMarkupLanguage(languageId);
  }

  push(line: string): StageOutput {
    if (!this.isSettled) this.#lines.push(line);
    return passLine(line);
  }

  /** What the scope itself leaves open is closed behind it. */
  finish(): StageOutput {
    if (this.isSettled || this.#lines.length === 0) return noLines;
    const isClosed = (name: string) =>
      always.test(name) || (!seldom.test(name) && new RegExp(`</${name}[\\s>]`, 'i').test(this.#base));
    if (openIn(this.#base, isClosed) !== undefined) return noLines;
    const open = openIn(this.#lines.join('\n'), isClosed);
    return open === undefined ? noLines : reject(`the answer ends before \`<${open}>\` is closed`);
  }
}

/** The first element that is opened more often than closed, of those that are. */
function openIn(text: string, isClosed: (name: string) => boolean): string | undefined {
  const open = new Map<string, number>();
  /** What ends the comment, or the code of another language, in which tags are none. */
  let end: string | undefined;
  for (const { 0: mark, 1: slash, 2: word, index } of text.matchAll(tags)) {
    const name = word?.toLowerCase();
    const key = name === undefined ? mark : slash + name;
    if (end !== undefined && key !== end) continue;
    if (slash === '' && closesItself(text, index + mark.length)) continue;
    end = ends[end === undefined ? key : ''];
    if (name !== undefined) open.set(name, (open.get(name) ?? 0) + (slash === '' ? 1 : -1));
  }
  return [...open].find(([name, count]) => count > 0 && isClosed(name))?.[0];
}

/** UTF-16 units of one tag that is looked at. */
const maxTag = 2000;

/** Whether the tag whose name ends at `from` ends with `/>`, as a component or an element of XML may. One that is too long to be looked at is not counted either. */
function closesItself(text: string, from: number): boolean {
  let quote = '';
  let depth = 0;
  const to = Math.min(text.length, from + maxTag);
  for (let i = from; i < to; i++) {
    const char = text[i]!;
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '{') depth++;
    else if (char === '}') depth--;
    else if (char === '>' && depth <= 0) return text[i - 1] === '/';
  }
  return to < text.length;
}
