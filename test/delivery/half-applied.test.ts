// Which texts show an editor in the midst of an edit that it applies line by line.

import { describe, expect, it } from 'vitest';
import { isHalfApplied } from '../../server/delivery/half-applied.ts';

const previous = 'a\nb\nc\nd\ne\n';

describe('in the midst of an edit', () => {
  it.each([
    ['lines are set, and those that are too many not deleted', 'a\nC\nD\ne\n', 'a\nC\nD\nd\ne\n'],
    ['lines are set, and those that are missing not appended', 'a\nB\nC\nX\nY\nd\ne\n', 'a\nB\nC\nd\ne\n'],
    ['the first of two is made, and the lines of the other not deleted', 'A\nc\nd\nE\n', 'A\nc\nd\nE\ne\n'],
    ['lines are set at the end', 'a\nb\nc\nd\nE\nF\n', 'a\nb\nc\nd\nE\n'],
    ['a line is set that the last one began with', 'a\nbe\nbee', 'a\nbe', 'a\nbee'],
    ['in Windows', 'a\r\nC\r\nd\r\n', 'a\r\nC\r\nc\r\nd\r\n', 'a\r\nb\r\nc\r\nd\r\n'],
  ])('%s', (_, whole, next, before = previous) => {
    expect(isHalfApplied(before, whole, next)).toBe(true);
  });

  it.each([
    ['nothing is made', 'A\nb\nc\nd\nE\n', previous],
    ['all is made', 'A\nb\nc\nd\nE\n', 'A\nb\nc\nd\nE\n'],
    ['somebody typed in it', 'a\nC\nD\ne\n', 'a\nC\nDx\nd\ne\n'],
    ['somebody typed below', 'a\nC\nD\ne\n', 'a\nC\nD\nd\nxe\n'],
    ['somebody typed instead', 'a\nC\nD\ne\n', 'a\nbx\nc\nd\ne\n'],
    ['somebody deleted the end', 'a\nC\nD\ne\n', 'a\nb\nc\n'],
    ['somebody took out the break before a line that is as it was', 'a\nB\nc\nd\ne\n', 'a\nbc\nd\ne\n'],
    ['somebody deleted a line of it', 'a\nC\nD\ne\n', 'a\nc\nd\ne\n'],
  ])('not where %s', (_, whole, next) => {
    expect(isHalfApplied(previous, whole, next)).toBe(false);
  });
});
