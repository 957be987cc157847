// A terminal as far as the demo needs one: what would be on the screen after everything that was written.

import { Writable } from 'node:stream';

const esc = '\x1b';
const parts = new RegExp(`${esc}\\[\\??\\d*[A-Za-z]|\\n|[^${esc}\\n]+`, 'g');
const sequence = new RegExp(`^${esc}\\[(\\??\\d*)([A-Za-z])$`);

/** Understands line feeds, moving up, clearing, hiding the cursor and colours; anything else is an error. */
export class Terminal extends Writable {
  readonly columns: number;
  readonly rows: number;
  /** All that was written. */
  written = '';
  /** Everything ever scrolled through, without colours. */
  readonly lines: string[] = [''];
  cursorHidden = false;
  /** Whether anything was painted. */
  coloured = false;
  #row = 0;

  constructor(columns = 100, rows = 30) {
    super({ decodeStrings: false });
    this.columns = columns;
    this.rows = rows;
  }

  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    const text = String(chunk);
    this.written += text;
    for (const [part] of text.matchAll(parts)) this.#part(part);
    done();
  }

  get screen(): string {
    return this.lines.join('\n');
  }

  #part(part: string): void {
    const [, count = '', letter] = sequence.exec(part) ?? [];
    if (part === '\n') this.#feed();
    else if (letter === undefined) this.#text(part);
    else if (letter === 'A') this.#up(Number(count));
    else if (letter === 'K') this.lines[this.#row] = '';
    else if (letter === 'J') this.lines.length = this.#row + 1;
    else if (count === '?25') this.cursorHidden = letter === 'l';
    else if (letter === 'm') this.coloured = true;
    else throw new Error(`the terminal does not know ${JSON.stringify(part)}`);
  }

  #feed(): void {
    this.#row++;
    this.lines[this.#row] ??= '';
  }

  #up(count: number): void {
    if (count > this.rows - 1) throw new Error('moved up past the top of the screen');
    this.#row -= count;
  }

  #text(text: string): void {
    const line = (this.lines[this.#row] ?? '') + text;
    this.lines[this.#row] = line;
  }
}
