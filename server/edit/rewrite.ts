// The `rewrite` format: the answer is the whole new text of the scope.

import { Aligner } from './aligner.ts';
import type { Format, Read } from './format.ts';
import { withoutOuterBreaks } from './old-lines.ts';
import type { Plan } from './plan.ts';
import { Unwrap, type Unwrapped } from './unwrap.ts';

export class Rewrite implements Format {
  private readonly unwrap: Unwrap;
  private readonly aligner: Aligner;
  private empty = true;

  constructor(base: string) {
    this.unwrap = new Unwrap(base);
    this.aligner = new Aligner(base, withoutOuterBreaks(base));
  }

  push(line: string): Read {
    return this.read(this.unwrap.push(line));
  }

  finish(): Read {
    const last = this.read(this.unwrap.finish());
    if (last.rejected) return last;
    if (this.empty) return { stretches: [], rejected: 'the answer is empty' };
    return { stretches: [...last.stretches, ...this.aligner.finish()] };
  }

  consider(partial: string): { readonly plan?: Plan } | undefined {
    return this.aligner.consider(this.unwrap.behind(partial));
  }

  accept(plan: Plan): void {
    this.aligner.accept(plan);
  }

  get waiting(): number {
    return this.aligner.waiting;
  }

  private read({ lines, rejected }: Unwrapped): Read {
    if (lines.length > 0) this.empty = false;
    for (const line of lines) this.aligner.push(line);
    return { stretches: [], ...(rejected && { rejected }) };
  }
}
