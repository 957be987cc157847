// The `search-replace` answer that a careful model would give for a pair: per change one block with a line of context, extended until unique.

import { diff } from 'fast-myers-diff';
import type { Pair } from './corpus.ts';

interface Block {
  fromA: number;
  toA: number;
  fromB: number;
  toB: number;
}

export function searchReplaceAnswer({ before, after }: Pick<Pair, 'before' | 'after'>): string {
  const a = before.split('\n');
  const b = after.split('\n');
  let blocks: Block[] = [...diff(a, b)].map(([fromA, toA, fromB, toB]) => grown({ fromA, toA, fromB, toB }, a, 1));
  for (let again = true; again; ) {
    blocks = merged(blocks);
    again = false;
    blocks = blocks.map((block) => {
      if (isUnique(a, block)) return block;
      again = true;
      return grown(block, a, 1);
    });
  }
  return blocks.map(({ fromA, toA, fromB, toB }) => textOf(a.slice(fromA, toA), b.slice(fromB, toB))).join('\n');
}

function grown({ fromA, toA, fromB, toB }: Block, a: readonly string[], by: number): Block {
  const up = Math.min(by, fromA);
  const down = Math.min(by, a.length - toA);
  return { fromA: fromA - up, toA: toA + down, fromB: fromB - up, toB: toB + down };
}

function merged(blocks: readonly Block[]): Block[] {
  const out: Block[] = [];
  for (const block of blocks) {
    const last = out.at(-1);
    if (last && block.fromA <= last.toA)
      Object.assign(last, { toA: Math.max(last.toA, block.toA), toB: Math.max(last.toB, block.toB) });
    else out.push({ ...block });
  }
  return out;
}

function isUnique(a: readonly string[], { fromA, toA }: Block): boolean {
  if (fromA === 0 && toA === a.length) return true;
  const isAt = (at: number) => a.slice(fromA, toA).every((line, i) => a[at + i] === line);
  const blank = a.slice(fromA, toA).every((line) => line.trim() === '');
  return !blank && a.filter((_, at) => isAt(at)).length === 1;
}

function textOf(search: readonly string[], replacement: readonly string[]): string {
  return ['<<<<<<< SEARCH', ...search, '=======', ...replacement, '>>>>>>> REPLACE'].join('\n');
}
