// How much two texts have in common: the longest common subsequence of their UTF-16 units, many units at a time.

/**
 * One text, prepared to be compared with many others. Bit-parallel LCS after Hyyrö (2004): one bit per unit of this text, 32 to a word, so that
 * a line of code costs about a microsecond against another.
 */
export class Comparable {
  readonly text: string;
  private readonly words: number;
  /** For each unit that occurs, the bits where it does. */
  private readonly masks = new Map<number, Int32Array>();
  private readonly row: Int32Array;

  constructor(text: string) {
    this.text = text;
    this.words = (text.length + 31) >>> 5;
    this.row = new Int32Array(this.words);
    for (let i = 0; i < text.length; i++) this.maskOf(text.charCodeAt(i))[i >>> 5]! |= 1 << (i & 31);
  }

  /** The length of the longest common subsequence with `other`. */
  common(other: string): number {
    this.row.fill(-1);
    let common = 0;
    for (let i = 0; i < other.length; i++) common += this.step(other.charCodeAt(i));
    return common;
  }

  /** The same for every prefix of `other`, by its length: `other.length + 1` numbers. */
  commonByPrefix(other: string): Int32Array {
    this.row.fill(-1);
    const common = new Int32Array(other.length + 1);
    for (let i = 0; i < other.length; i++) common[i + 1] = common[i]! + this.step(other.charCodeAt(i));
    return common;
  }

  /** Twice what is common over both lengths: 1 for equal texts, 0 for texts without a common unit. */
  similarity(other: string): number {
    const total = this.text.length + other.length;
    return total === 0 ? 1 : (2 * this.common(other)) / total;
  }

  /** Takes in one more unit of the other text; 1 if that made one more unit common: then the addition carries out at the top. */
  private step(unit: number): number {
    const mask = this.masks.get(unit);
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
    const mask = this.masks.get(unit) ?? new Int32Array(this.words);
    this.masks.set(unit, mask);
    return mask;
  }
}
