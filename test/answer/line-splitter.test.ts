// Lines from chunks, and the beginning of the line that is not complete.

import { describe, expect, it } from 'vitest';
import { LineSplitter } from '../../server/answer/line-splitter.ts';

describe('a line that goes on for long', () => {
  const line = Array.from({ length: 10_000 }, (_, i) => String(i)).join(' ');

  it('is known up to a tenth, and completely once it ends', () => {
    const splitter = new LineSplitter();
    for (let at = 0; at < line.length; at += 7) {
      expect(splitter.push(line.slice(at, at + 7))).toEqual([]);
      const { partial } = splitter;
      expect(line.startsWith(partial)).toBe(true);
      expect(partial.length * 1.1).toBeGreaterThan(Math.min(at + 7, line.length) - 1);
    }
    expect(splitter.push('\r\nne')).toEqual([line]);
    expect(splitter.partial).toBe('ne');
    splitter.push('xt\r');
    expect(splitter.partial).toBe('next');
    expect(splitter.finish()).toEqual(['next']);
  });
});
