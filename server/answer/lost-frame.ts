// Refuses what is only the inside of the scope where nothing else tells: the rules without their media query, the items without their list, the values without their key.

import { hasHashComments, isDataLanguage, isMarkupLanguage } from '../text/language-kinds.ts';
import { type LineStage, noLines, passLine, reject, type StageOutput } from './line-stage.ts';
import { mayGo, mayShrink } from './shape/asked-for.ts';
import { columnOf, isLoneCloser } from './shape/line-kinds.ts';
import { onlyPart } from './shape/read-whole.ts';
import type { Surroundings } from './surroundings.ts';

const styles = /^(?:css|scss|less|sass|postcss)$/;
/** What tells a line from its siblings: an element's name, a key, else all of it. */
const telling = /^(?:<[\w.:-]+|"(?:[^"\\]|\\.){1,80}"\s*:|[\w./-]{1,80}:(?=\s|$))/;

export class LostFrame implements LineStage {
  readonly isPlain = true;
  readonly putRight = [];
  #isSettled: boolean;
  /** Known by the first line, which may yet turn out to be talk: told at the end. */
  #isFault = false;
  readonly #base: string;
  readonly #comment: RegExp;

  constructor(base: string, { languageId, instruction }: Surroundings) {
    this.#base = base;
    // In a style sheet `#` begins a selector.
    this.#comment = hasHashComments(languageId) ? /^\s*#/ : /^\s*(?:\/[/*]|<!--)/;
    const isOf = styles.test(languageId) || isMarkupLanguage(languageId) || isDataLanguage(languageId);
    const isComment = this.#comment.test(base.trimStart());
    this.#isSettled = !isOf || isComment || mayGo('', instruction) || mayShrink(instruction);
  }

  get isSettled(): boolean {
    return this.#isSettled && !this.#isFault;
  }

  push(line: string): StageOutput {
    if (this.#isSettled || line.trim() === '' || this.#comment.test(line)) return passLine(line);
    this.#isSettled = true;
    const [header, ...inside] = frameOf(this.#base);
    const key = keyOf(line);
    this.#isFault = header !== undefined && key !== header && inside.includes(key);
    return passLine(line);
  }

  finish(): StageOutput {
    return this.#isFault ? reject(onlyPart) : noLines;
  }
}

/** What tells the line that all others stand in, and those directly in it; nothing where there is no such line. */
function frameOf(base: string): readonly string[] {
  const [header, ...others] = base.split('\n').filter((line) => line.trim() !== '');
  if (header === undefined) return [];
  const last = others.at(-1);
  const isClosed = last !== undefined && columnOf(last) === columnOf(header) && isLoneCloser(last.trim());
  const inside = isClosed ? others.slice(0, -1) : others;
  const column = Math.min(...inside.map(columnOf));
  if (inside.length === 0 || column <= columnOf(header)) return [];
  return [
    keyOf(header),
    ...inside.filter((line) => columnOf(line) === column && !isLoneCloser(line.trim())).map(keyOf),
  ];
}

const keyOf = (line: string): string => telling.exec(line.trim())?.[0] ?? line.trim();
