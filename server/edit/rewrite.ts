// The `rewrite` format: the answer is the whole new text of the scope.

import { Aligner, type Piece } from './aligner.ts';
import { type BaseLines, baseLines, withoutOuterBreaks } from './base-lines.ts';
import type { Format, Read } from './format.ts';
import { pieceUnits, type Unit } from './piece-edits.ts';
import { Unwrap, type Unwrapped } from './unwrap.ts';

export class Rewrite implements Format {
  private readonly base: string;
  private readonly eol: string;
  private readonly lines: BaseLines;
  private readonly unwrap: Unwrap;
  private readonly aligner: Aligner;
  private empty = true;

  constructor(base: string, eol: string) {
    this.base = base;
    this.eol = eol;
    this.lines = baseLines(base, withoutOuterBreaks(base));
    this.unwrap = new Unwrap(base);
    this.aligner = new Aligner(this.lines);
  }

  push(line: string): Read {
    return this.read(this.unwrap.push(line));
  }

  finish(): Read {
    const last = this.read(this.unwrap.finish());
    if (last.rejected) return last;
    if (this.empty) return { units: [], rejected: 'the answer is empty' };
    return { units: [...last.units, ...this.toUnits(this.aligner.finish())] };
  }

  get waiting(): number {
    return this.aligner.waiting;
  }

  private read({ lines, rejected }: Unwrapped): Read {
    if (lines.length > 0) this.empty = false;
    return { units: lines.flatMap((line) => this.toUnits(this.aligner.push(line))), ...(rejected && { rejected }) };
  }

  private toUnits(pieces: readonly Piece[]): Unit[] {
    return pieces.flatMap((piece) => pieceUnits({ base: this.base, lines: this.lines, piece, eol: this.eol }));
  }
}
