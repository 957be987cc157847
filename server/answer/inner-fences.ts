// Tells the fence that closes an answer from those that are code in it, where the language has fences itself: in pairs, each of which opens and closes.

import { closes, type Fence, fenceIn, isBareFence } from './wrappers.ts';

/** `mayEnd`: a fence that closes the answer, unless another one follows: then both are code. `ends`: it does. `another`: behind what may be the end a fence opens that can't be in it. */
export type FenceRole = 'code' | 'mayEnd' | 'ends' | 'another';

/** Push each line behind the opening fence. */
export class InnerFences {
  readonly #outer: Fence;
  #open: { readonly marks: string; readonly isDoubtful: boolean } | undefined;

  constructor(outer: Fence) {
    this.#outer = outer;
  }

  /** Whether what comes is behind a fence that may be the closing one. */
  get mayBeOver(): boolean {
    return this.#open?.isDoubtful === true;
  }

  push(line: string): FenceRole {
    const fence = fenceIn(line);
    if (!fence) return 'code';
    const isEnd = closes(line, this.#outer);
    // Longer marks than the others have are there to be told from them.
    if (isEnd && this.#outer.marks.length > Math.max(3, this.#open?.marks.length ?? 0)) return 'ends';
    if (this.#open) return this.#inside(fence, line);
    this.#open = { marks: fence.marks, isDoubtful: isEnd };
    return isEnd ? 'mayEnd' : 'code';
  }

  #inside(fence: Fence, line: string): FenceRole {
    const { marks, isDoubtful } = this.#open!;
    if (isBareFence(line.trimStart()) && fence.marks.startsWith(marks)) this.#open = undefined;
    else if (isDoubtful && fence.info !== '') return 'another';
    return 'code';
  }
}
