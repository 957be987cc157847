// The engine and the two baselines, each as something that a replay can stream into.

import { diff } from 'fast-myers-diff';
import { noSurroundings, type Surroundings } from '../../../server/answer/surroundings.ts';
import { createEngine } from '../../../server/edit/create-engine.ts';
import type { AnswerFormat, Hunk } from '../../../server/edit/engine.ts';
import { diffTexts, trimCommon } from '../../../server/text/diff.ts';
import { applyEdits, type Edit, sizeOfEdits } from '../../../server/text/edit.ts';
import type { Pair } from './corpus.ts';
import type { Contender } from './replay.ts';
import { languageIds } from './syntax.ts';

export interface EngineContender extends Contender {
  readonly hunks: readonly Hunk[];
  /** Whether two hunks overlapped: then something emitted was reverted. */
  readonly overlaps: boolean;
}

/** As the server reads an answer, but with nothing around the function. */
export function engineContender(
  { before: base, language, subject = '' }: Pick<Pair, 'before' | 'language' | 'subject'>,
  format: AnswerFormat,
  parses: (text: string) => boolean,
): EngineContender {
  const unit = /^(?:\t| {2,})(?=[^\s*])/m.exec(base)?.[0];
  const surroundings: Surroundings = {
    ...noSurroundings,
    languageId: languageIds[language] ?? language,
    instruction: subject,
    ...(unit !== undefined && { unit }),
  };
  const engine = createEngine({ base, eol: '\n', format, parses, surroundings });
  const hunks: Hunk[] = [];
  let edits: Edit[] = [];
  let text = base;
  let rejected: string | undefined;
  const take = (more: readonly Hunk[]): string => {
    if (more.length === 0) return text;
    hunks.push(...more);
    edits = [...edits, ...more.flatMap((hunk) => hunk.edits)].sort((a, b) => a.from - b.from || a.to - b.to);
    text = applyEdits(base, edits);
    return text;
  };
  return {
    push(token) {
      const step = engine.push(token);
      rejected = step.rejected;
      return take(step.hunks);
    },
    finish() {
      const end = engine.finish();
      if (end.kind === 'rejected' || end.kind === 'refused') rejected = end.reason;
      return take(end.kind === 'edited' ? end.hunks : []);
    },
    hunks,
    get touched() {
      return sizeOfEdits(edits);
    },
    flicker: 0,
    get overlaps() {
      return edits.some((edit, i) => i > 0 && edit.from < edits[i - 1]!.to);
    },
    get rejected() {
      return rejected;
    },
  };
}

/** Waits for the whole answer, then replaces what lies between the common start and end. */
export function trimmedContender(base: string): Contender {
  let answer = '';
  let touched = 0;
  return {
    push(token) {
      answer += token;
      return base;
    },
    finish() {
      const { from, toA, toB } = trimCommon(base, answer);
      touched = toA - from + (toB - from);
      return answer;
    },
    get touched() {
      return touched;
    },
    flicker: 0,
  };
}

/** At each line break: the new lines so far, then the base behind the last line that a line diff matches. */
export function lineDiffContender(base: string): Contender {
  const old = base.split('\n');
  let answer = '';
  let text = base;
  let touched = 0;
  let written = 0;
  const become = (target: string) => {
    const edits = diffTexts(text, target);
    touched += sizeOfEdits(edits);
    written += edits.reduce((sum, edit) => sum + edit.insert.length, 0);
    text = target;
    return text;
  };
  return {
    push(token) {
      answer += token;
      if (!token.includes('\n')) return text;
      const lines = answer.split('\n').slice(0, -1);
      return become([...lines, ...old.slice(matchedUpTo(old, lines))].join('\n'));
    },
    finish: () => become(answer),
    get touched() {
      return touched;
    },
    /** What was written beyond what a single step would have had to write. */
    get flicker() {
      const needed = diffTexts(base, answer).reduce((sum, edit) => sum + edit.insert.length, 0);
      return Math.max(0, written - needed);
    },
  };
}

function matchedUpTo(old: readonly string[], lines: readonly string[]): number {
  let last = 0;
  let atA = 0;
  let atB = 0;
  for (const [fromA, toA, fromB, toB] of diff(old as string[], lines as string[])) {
    if (fromB > atB || fromA > atA) last = fromA;
    [atA, atB] = [toA, toB];
  }
  return atB < lines.length ? Math.min(old.length, atA + lines.length - atB) : last;
}
