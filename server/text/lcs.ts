// How much two texts have in common: the length of the longest common subsequence (LCS) of their UTF-16 units, 32 units at a time.

/**
 * One text, prepared to be compared with many others. Bit-parallel LCS after Hyyrö (2004): the dynamic-programming row is a bit set with one bit per unit of
 * this text, 32 to a word, so that comparing two lines of code costs about a microsecond. All lengths are in UTF-16 units.
 *
 * The other text may also come in pieces (`append`); a saved `row` then answers for the other text as it was at that moment, for every prefix of this one.
 */
export class LcsText {
  readonly text: string;
  readonly #words: number;
  /** For each unit that occurs, the bits of the positions where it does: all in one array, one after the other. */
  readonly #masks: Int32Array;
  /** Where in `#masks` those of a unit begin: units below 256 by index, all others in the map. */
  readonly #offsets: (number | undefined)[] = [];
  readonly #rareOffsets = new Map<number, number>();
  /** A zero bit at i: the LCS with this text's first i + 1 units is one longer than with its first i. */
  readonly #row: Int32Array;

  constructor(text: string) {
    this.text = text;
    this.#words = (text.length + 31) >>> 5;
    this.#row = new Int32Array(this.#words).fill(-1);
    const size = this.#findUnits(text);
    this.#masks = new Int32Array(size);
    let unit = -1;
    let offset = 0;
    for (let i = 0; i < text.length; i++) {
      const next = text.charCodeAt(i);
      if (next !== unit) offset = this.#offsetOf(next)!;
      unit = next;
      this.#masks[offset + (i >>> 5)]! |= 1 << (i & 31);
    }
  }

  /** The length of the longest common subsequence with `other`. */
  lcsLength(other: string): number {
    this.#row.fill(-1);
    return this.append(other);
  }

  /** The LCS length with every prefix of `other`, by the prefix's length: `other.length + 1` numbers. */
  lcsByOtherPrefix(other: string): Int32Array {
    this.#row.fill(-1);
    const common = new Int32Array(other.length + 1);
    let unit = -1;
    let offset: number | undefined;
    for (let i = 0; i < other.length; i++) {
      const next = other.charCodeAt(i);
      if (next !== unit) offset = this.#offsetOf(next);
      unit = next;
      common[i + 1] = common[i]! + this.#step(offset);
    }
    return common;
  }

  /** Appends `other` to the other text; returns by how much the LCS has grown. */
  append(other: string): number {
    let common = 0;
    let unit = -1;
    let offset: number | undefined;
    for (let i = 0; i < other.length; i++) {
      const next = other.charCodeAt(i);
      // Encoded words are runs of one unit: most of a text is looked up once for each.
      if (next !== unit) offset = this.#offsetOf(next);
      unit = next;
      common += this.#step(offset);
    }
    return common;
  }

  /** A copy of the row for the other text so far: for `restoreRow` and for the questions about this text's prefixes. */
  row(): Int32Array {
    return this.#row.slice();
  }

  restoreRow(row: Int32Array): void {
    this.#row.set(row);
  }

  /** The LCS length of this text's first `length` units and the other text as it was when `row` was taken. */
  lcsOfPrefix(row: Int32Array, length: number): number {
    const words = length >>> 5;
    let ones = 0;
    for (let word = 0; word < words; word++) ones += bitsIn(row[word]!);
    const rest = length & 31;
    if (rest > 0) ones += bitsIn(row[words]! & ((1 << rest) - 1));
    return length - ones;
  }

  /** The same for every prefix of at most `length` units, by its length: `length + 1` numbers. */
  lcsByPrefix(row: Int32Array, length: number): Int32Array {
    const common = new Int32Array(length + 1);
    for (let i = 0; i < length; i++) common[i + 1] = common[i]! + 1 - ((row[i >>> 5]! >>> (i & 31)) & 1);
    return common;
  }

  /** Twice the LCS length over the sum of both lengths: 1 for equal texts, 0 for texts without a common unit. */
  similarity(other: string): number {
    const total = this.text.length + other.length;
    return total === 0 ? 1 : (2 * this.lcsLength(other)) / total;
  }

  /** Appends one unit of the other text, by the place of its mask. Returns 1 if the LCS has grown (the addition carries out at the top), else 0. */
  #step(offset: number | undefined): number {
    if (offset === undefined) return 0;
    const row = this.#row;
    const words = this.#words;
    const masks = this.#masks;
    let carry = 0;
    for (let word = 0; word < words; word++) {
      const old = row[word]!;
      const hit = old & masks[offset + word]!;
      const sum = (old >>> 0) + (hit >>> 0) + carry;
      carry = sum > 0xffffffff ? 1 : 0;
      row[word] = sum | (old & ~hit);
    }
    return carry;
  }

  #offsetOf(unit: number): number | undefined {
    return unit < 256 ? this.#offsets[unit] : this.#rareOffsets.get(unit);
  }

  /** Gives each unit of the text its place; how long all masks are together. */
  #findUnits(text: string): number {
    let size = 0;
    let last = -1;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit === last) continue;
      last = unit;
      if (this.#offsetOf(unit) !== undefined) continue;
      if (unit < 256) this.#offsets[unit] = size;
      else this.#rareOffsets.set(unit, size);
      size += this.#words;
    }
    return size;
  }
}

function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
