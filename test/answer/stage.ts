// Streams an answer through one step of the reading.

import type { LineStage } from '../../server/answer/line-stage.ts';
import { noSurroundings, type Surroundings } from '../../server/answer/surroundings.ts';

export interface Through {
  readonly text: string;
  /** How many lines were out after each line that went in. */
  readonly out: readonly number[];
  readonly rejected: string | undefined;
  readonly putRight: readonly string[];
}

export function through(stage: LineStage, answer: string): Through {
  const lines: string[] = [];
  const out: number[] = [];
  const outputs = answer.split('\n').map((line) => {
    const output = stage.push(line);
    lines.push(...output.lines);
    out.push(lines.length);
    return output;
  });
  const last = stage.finish();
  lines.push(...last.lines);
  const rejected = [...outputs, last].find((output) => output.rejected !== undefined)?.rejected;
  return { text: lines.join('\n'), out, rejected, putRight: stage.putRight };
}

export const around = (more: Partial<Surroundings>): Surroundings => ({ ...noSurroundings, ...more });
