// Codes for texts in which a word counts as a whole, so that unrelated lines have little in common.

const WORD = /[\p{L}\p{N}\p{M}_$]+|[^\S\n]+/gu;
/** Above any unit of code that stands outside of words. */
const FIRST = 0x4000;
const LAST = 0xffff;

/** Shared by all texts that are compared. The code of a text is as long as the text. */
export class Words {
  private readonly codes = new Map<string, string>();

  /** Each word is one unit, repeated; marks stay; white space is `blank`, which should differ between the two sides: it says nothing. */
  code(text: string, blank: string): string {
    return text.replace(WORD, (word) => (word.trim() === '' ? blank : this.unitOf(word)).repeat(word.length));
  }

  private unitOf(word: string): string {
    const known = this.codes.get(word);
    if (known !== undefined) return known;
    const unit = String.fromCharCode(FIRST + (this.codes.size % (LAST - FIRST)));
    this.codes.set(word, unit);
    return unit;
  }
}
