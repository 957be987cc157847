// Refuses SQL that ends before its last statement does: there is no tree that would tell.

import { type LineStage, noLines, passLine, reject, type StageOutput } from './line-stage.ts';
import type { Surroundings } from './surroundings.ts';

export class WholeStatement implements LineStage {
  readonly isSettled: boolean;
  readonly isPlain = true;
  readonly putRight = [];
  #last: string | undefined;

  /** Where nothing follows, the mark may be left out. */
  constructor(base: string, { languageId, after }: Surroundings) {
    this.isSettled = !/sql/.test(languageId) || !/;\s*$/.test(base.slice(-100)) || after.trim() === '';
  }

  push(line: string): StageOutput {
    if (line.trim() !== '' && !/^\s*--/.test(line)) this.#last = line.trim();
    return passLine(line);
  }

  finish(): StageOutput {
    const isOpen =
      !this.isSettled && this.#last !== undefined && !/;(?:\s*(?:--.*|\/\*.*))?$|^(?:\/|GO|\$\$.*)$/i.test(this.#last);
    return isOpen ? reject('the answer ends before its last statement does: it has no `;`') : noLines;
  }
}
