// The tags by which an answer speaks to Quickhand and not into the code: `<no-change/>`, `<refuse>…</refuse>` and `<import>…</import>`.

const noChangeTag = /^\s*`?<no-change\s*\/?>(?:<\/no-change>)?`?\s*$/;
const opening = /^\s*`?<(refuse|import)>/;
const closing = /<\/[\w-]+>`?\s*$/;
const element = /<(refuse|import)>(.*?)<\/[\w-]+>/gs;

/** An element that is not closed after this many lines is not one of ours: its lines are passed on as code. */
const maxLines = 12;

/** Takes the tags out of an answer's lines, wherever they stand on lines of their own. A tag that occurs in the base is code: so code with such tags can be edited. */
export class AnswerTags {
  readonly #base: string;
  /** The lines of an element that is not closed yet. */
  #open: string[] = [];
  #noChange = false;
  #refusal: string | undefined;
  readonly #imports: string[] = [];

  constructor(base: string) {
    this.#base = base;
  }

  /** The lines to pass on: none, the line itself, or several that turned out not to be a tag. */
  push(line: string): readonly string[] {
    if (this.#open.length === 0) {
      if (!line.includes('<')) return [line];
      if (noChangeTag.test(line) && !this.#base.includes('<no-change')) {
        this.#noChange = true;
        return [];
      }
      const tag = opening.exec(line);
      if (!tag || this.#base.includes(`<${tag[1]}>`)) return [line];
    }
    this.#open.push(line);
    if (closing.test(line)) this.#read(this.#flush().join('\n'));
    return this.#open.length >= maxLines ? this.#flush() : [];
  }

  /** An element that is still open: a refusal to its end, or an import of one line, behind which the code follows. */
  finish(): readonly string[] {
    if (this.#open.length > 0 && /<refuse>/.test(this.#open[0]!)) this.#read(`${this.#flush().join('\n')}</refuse>`);
    else if (this.#open.length > 0) this.#read(`${this.#open.shift()}</import>`);
    return this.#flush();
  }

  get noChange(): boolean {
    return this.#noChange;
  }

  /** The model's reason, once it has refused. */
  get refusal(): string | undefined {
    return this.#refusal;
  }

  /** Import statements in the model's words, not checked. */
  get imports(): readonly string[] {
    return this.#imports;
  }

  #read(text: string): void {
    for (const [, name, content] of text.matchAll(element)) {
      if (name === 'refuse') this.#refusal = content!.trim();
      else if (content!.trim() !== '') this.#imports.push(content!.trim());
    }
  }

  #flush(): string[] {
    const lines = this.#open;
    this.#open = [];
    return lines;
  }
}
