// Encodes texts so that a longest common subsequence compares whole words: unrelated lines share many letters, but few words.

const wordPattern = /[\p{L}\p{N}\p{M}_$]+|[^\S\n]+/gu;
/** The units that stand for words, above any character of code that occurs outside of words. After so many words they are used again. */
const firstUnit = 0x4000;
const lastUnit = 0xffff;

/** All texts that are compared must share one encoder. An encoded text is as long as the text itself. */
export class WordEncoder {
  readonly #units = new Map<string, string>();

  /** Each word becomes one UTF-16 unit, repeated to its length; other characters stay. White space becomes `blank`, which should differ between the two sides: then it never counts as common. */
  encode(text: string, blank: string): string {
    return text.replace(wordPattern, (word) => (word.trim() === '' ? blank : this.#unitOf(word)).repeat(word.length));
  }

  #unitOf(word: string): string {
    const known = this.#units.get(word);
    if (known !== undefined) return known;
    const unit = String.fromCharCode(firstUnit + (this.#units.size % (lastUnit - firstUnit)));
    this.#units.set(word, unit);
    return unit;
  }
}
