// How much two texts have in common: the longest common subsequence of their UTF-16 units, many units at a time.

/**
 * One text, prepared to be compared with many others. Bit-parallel LCS after Hyyrö (2004): one bit per unit of this text, 32 to a word, so that
 * a line of code costs about a microsecond against another.
 */
export class Comparable {
  readonly text: string;
  private readonly words: number;
  /** For each unit that occurs, the bits where it does. */
  private readonly masks: (Int32Array | undefined)[] = [];
  private readonly rare = new Map<number, Int32Array>();
  private readonly row: Int32Array;

  constructor(text: string) {
    this.text = text;
    this.words = (text.length + 31) >>> 5;
    this.row = new Int32Array(this.words).fill(-1);
    for (let i = 0; i < text.length; i++) this.maskOf(text.charCodeAt(i))[i >>> 5]! |= 1 << (i & 31);
  }

  /** The length of the longest common subsequence with `other`. */
  common(other: string): number {
    this.row.fill(-1);
    return this.feed(other);
  }

  /** The same for every prefix of `other`, by its length: `other.length + 1` numbers. */
  commonByPrefix(other: string): Int32Array {
    this.row.fill(-1);
    const common = new Int32Array(other.length + 1);
    for (let i = 0; i < other.length; i++) common[i + 1] = common[i]! + this.step(other.charCodeAt(i));
    return common;
  }

  /** Goes on with the other text where the last call left it: so many more units are common now. */
  feed(other: string): number {
    let common = 0;
    for (let i = 0; i < other.length; i++) common += this.step(other.charCodeAt(i));
    return common;
  }

  /** The other text so far; good for `restore` and for asking about this text's prefixes. */
  snapshot(): Int32Array {
    return this.row.slice();
  }

  restore(snapshot: Int32Array): void {
    this.row.set(snapshot);
  }

  /** What the first `length` units of this text have in common with the other one as it was at the snapshot: zero bits say where it grows. */
  ownPrefix(snapshot: Int32Array, length: number): number {
    const words = length >>> 5;
    let ones = 0;
    for (let word = 0; word < words; word++) ones += bitsIn(snapshot[word]!);
    const rest = length & 31;
    if (rest > 0) ones += bitsIn(snapshot[words]! & ((1 << rest) - 1));
    return length - ones;
  }

  /** The same for every length up to one: `length + 1` numbers. */
  ownPrefixes(snapshot: Int32Array, length: number): Int32Array {
    const common = new Int32Array(length + 1);
    for (let i = 0; i < length; i++) common[i + 1] = common[i]! + 1 - ((snapshot[i >>> 5]! >>> (i & 31)) & 1);
    return common;
  }

  /** Twice what is common over both lengths: 1 for equal texts, 0 for texts without a common unit. */
  similarity(other: string): number {
    const total = this.text.length + other.length;
    return total === 0 ? 1 : (2 * this.common(other)) / total;
  }

  /** Takes in one more unit of the other text; 1 if that made one more unit common: then the addition carries out at the top. */
  private step(unit: number): number {
    const mask = unit < 256 ? this.masks[unit] : this.rare.get(unit);
    if (!mask) return 0;
    const { row, words } = this;
    let carry = 0;
    for (let word = 0; word < words; word++) {
      const old = row[word]!;
      const hit = old & mask[word]!;
      const sum = (old >>> 0) + (hit >>> 0) + carry;
      carry = sum > 0xffffffff ? 1 : 0;
      row[word] = sum | (old & ~hit);
    }
    return carry;
  }

  private maskOf(unit: number): Int32Array {
    const known = unit < 256 ? this.masks[unit] : this.rare.get(unit);
    if (known) return known;
    const mask = new Int32Array(this.words);
    if (unit < 256) this.masks[unit] = mask;
    else this.rare.set(unit, mask);
    return mask;
  }
}

function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
