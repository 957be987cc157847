// Streams an answer through the stage that compares it with its scope.

import { Shape } from '../../../server/answer/shape/shape.ts';
import { noSurroundings, type Surroundings } from '../../../server/answer/surroundings.ts';

export interface Asked extends Partial<Surroundings> {
  /** The document, its scope in « ». */
  readonly document: string;
  readonly answer: string;
}

export interface Shaped {
  /** The scope's new text; undefined if it was rejected. */
  readonly text: string | undefined;
  /** Why there is none. */
  readonly reason: string | undefined;
  readonly putRight: readonly string[];
  readonly imports: readonly string[];
  /** Lines that came out before the answer ended. */
  readonly early: number;
}

export function shaped({ document, answer, ...rest }: Asked): Shaped {
  const [before = '', base = '', after = ''] = document.split(/[«»]/);
  const surroundings: Surroundings = {
    ...noSurroundings,
    languageId: 'typescript',
    unit: '  ',
    ...rest,
    before,
    after,
  };
  const shape = new Shape({ base, surroundings });
  const lines: string[] = [];
  let reason: string | undefined;
  for (const line of answer.split('\n')) {
    const output = shape.push(line);
    lines.push(...output.lines);
    reason ??= output.rejected;
  }
  const early = lines.length;
  const end = shape.finish();
  lines.push(...end.lines);
  reason ??= end.rejected;
  const { putRight, imports } = shape;
  return { text: reason === undefined ? lines.join('\n') : undefined, reason, putRight, imports, early };
}
