// Storms: very many edits one after the other while somebody types, each checked against the text that it must leave.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Editor } from './editor.ts';
import { gate, lines, type Script } from './model.ts';
import { inTotal, linesBetween, totalBody } from './project.ts';
import {
  fileWith,
  letters,
  lineInTotal,
  nothing,
  places,
  type Spot,
  type StormPlace,
  spotOf,
  type Typed,
  typedIn,
} from './storm-text.ts';

/** How fast the model speaks: a line in this time, so that an edit of ten lines overlaps with several keys. */
const lineMs = 4;
/** The longest pause between two keys. */
const keyMs = 40;
/** A typist who rests does so after this many keys, until the next edit begins. */
const burst = 6;

/** One key in so many breaks the line, where that moves what is below. */
const enterEvery = 4;

/** An editor in insert mode that takes commands beside the keys. */
export interface StormEditor extends Pick<Editor, 'sandbox' | 'text' | 'type' | 'typeBelow' | 'untilShown'> {
  /** Types on elsewhere, in insert mode. */
  typeAt(spot: Spot): Promise<void>;
  /** Breaks the line. */
  enter(): Promise<void>;
  /** Starts an edit in `total`, which is at `line` (1-based) once all keys have arrived. The cursor stays, or comes back to, where it types. */
  ask(line: number): Promise<void>;
  /** Takes the last edit back. */
  revert(): Promise<void>;
}

export interface StormOptions {
  readonly editor: StormEditor;
  readonly edits: number;
  /** For the keys and the pauses between them. */
  readonly seed: number;
  /** For an editor that tells of no change while its user types on. */
  readonly rests?: boolean;
}

/** Each edit whose number is a multiple of it is reverted in one step. */
const revertEvery = 4;

/** Puts `number` behind every statement and the head of a function, in place of the number that is there; 0 leaves none. */
function numbered(text: string, number: number): string {
  return text.replaceAll(/(;|^export .*\{)( \/\/ \d+)?$/gm, number ? `$1 // ${number}` : '$1');
}

/** A line with `number` behind it, on a screen or in a text. */
const lineWith = (number: number) => new RegExp(`[;{] // ${number}(?!\\d)`);

/** Numbers each scope that it is asked about, from 1 on, at its own pace. */
export function steadily(): Script {
  let number = 0;
  return async function* ({ scope }) {
    for (const line of lines(numbered(scope, ++number))) {
      yield line;
      await sleep(lineMs);
    }
  };
}

/** Numbers likewise, but speaks only until the middle, then waits for `next()`: what follows must never arrive. */
export function interruptible(): { readonly script: Script; next(): void } {
  let number = 0;
  let rest = gate();
  return {
    async *script({ scope }) {
      const answer = lines(numbered(scope, ++number));
      yield* answer.slice(0, 6);
      await rest.opened;
      yield* answer.slice(6);
    },
    next() {
      rest.open();
      rest = gate();
    },
  };
}

/** Types random letters, at one place after the other. */
class Typist {
  /** Everything so far, before it is sent: a buffer never holds more than this. */
  typed: Typed = nothing;
  #place: StormPlace = places[0];
  /** Where to type on. */
  #wish: StormPlace | undefined;
  readonly #random: () => number;
  readonly #rests: boolean;
  readonly #editor: StormEditor;
  #turn = gate();
  #over = false;
  #typing: Promise<void> | undefined;

  constructor({ editor, seed, rests = false }: StormOptions) {
    this.#editor = editor;
    this.#rests = rests;
    this.#random = randomOf(seed);
  }

  get count(): number {
    return places.reduce((sum, place) => sum + this.typed[place].length, 0);
  }

  async #key(): Promise<void> {
    const breaks = this.#place !== 'inFront' && this.#random() * enterEvery < 1;
    const key = breaks ? '\n' : this.#letter();
    this.typed = { ...this.typed, [this.#place]: this.typed[this.#place] + key };
    await (breaks ? this.#editor.enter() : this.#editor.type(key));
  }

  start(): void {
    this.#typing = this.#type();
    this.#typing.catch(() => {}); // told by end()
  }

  /** An edit begins: who rested goes on. */
  goOn(): void {
    this.#turn.open();
    this.#turn = gate();
  }

  /** From the next key on. */
  moveTo(place: StormPlace): void {
    this.#wish = place;
  }

  /** Waits until the buffer holds every key. */
  async arrived(): Promise<void> {
    const { sandbox, text } = this.#editor;
    await sandbox.wire.until(
      async () => JSON.stringify(typedIn(await text())) === JSON.stringify(inOrder(this.typed)),
      'every key has arrived',
    );
  }

  async end(): Promise<void> {
    this.#over = true;
    this.goOn();
    await this.#typing;
  }

  #letter(): string {
    return letters[Math.floor(this.#random() * letters.length)]!;
  }

  async #type(): Promise<void> {
    for (let count = 1; !this.#over; count++) {
      if (this.#wish) await this.#move(this.#wish);
      await this.#key();
      await sleep(this.#random() * keyMs);
      // Who is to stop may have been told so during this key: no turn comes after that.
      if (this.#rests && count % burst === 0 && !this.#over) await this.#turn.opened;
    }
  }

  async #move(place: StormPlace): Promise<void> {
    this.#wish = undefined;
    await this.arrived();
    this.#place = place;
    await this.#editor.typeAt(spotOf(this.typed, place));
  }
}

const inOrder = ({ above, inFront, below }: Typed): Typed => ({ above, inFront, below });

/** Somebody types at one place during so many edits. */
const stays = 10;

/**
 * Runs `edits` edits in `total` while keys go in below it, above it, and in front of it on its own line. After each the buffer must be exactly what the
 * model said, with as much of the typing as had arrived; at the end all of it. The model must be {@link steadily}, the file {@link fileWith}. Gives how
 * many keys were typed.
 */
export async function stormOutside(options: StormOptions): Promise<number> {
  const { editor, edits } = options;
  const typist = new Typist(options);
  const check = async (number: number, when: string) => {
    const text = await editor.text();
    const typed = typedIn(text);
    expect(text, `after ${when}`).toBe(fileWith(typed ?? nothing, numbered(totalBody, number)));
    for (const place of places) {
      const [there = '', all] = [typed?.[place], typist.typed[place]];
      expect(all.startsWith(there), `after ${when} ${place} reads ${there}, not ${all}`).toBe(true);
    }
  };
  let kept = 0;
  typist.moveTo(places[0]);
  typist.start();
  try {
    for (let number = 1; number <= edits; number++) {
      if (number % stays === 0) typist.moveTo(places[(number / stays) % places.length]!);
      const ended = editor.sandbox.wire.ended(number);
      const asked = editor.ask(lineInTotal(typist.typed, inTotal));
      await Promise.race([ended, asked]); // one that answers late must not hold the check up
      typist.goOn();
      expect(await ended, `edit ${number}`).toMatch(/^\d+ edits? in /);
      await check(number, `edit ${number}`);
      if (number % revertEvery !== 0) kept = number;
      else {
        await editor.revert();
        await untilGone(editor, number);
        await check(kept, `edit ${number} was reverted`);
      }
    }
  } finally {
    await typist.end();
  }
  await typist.arrived(); // each key is told of in the end
  await check(kept, 'all');
  return typist.count;
}

/**
 * Runs `edits` edits in `total`, and types a key into a comment in it as soon as the first hunk of each has landed. Each must be cancelled; each
 * line must then be the one before or the model's, and the typed line hold every key. `next` is that of {@link interruptible}.
 */
export async function stormInside({ next, ...options }: StormOptions & { next(): void }): Promise<void> {
  const { editor, edits } = options;
  // Below the lines that the model speaks before it waits, so that the key hits the region but no hunk.
  await editor.typeBelow(8, '// ');
  const random = randomOf(options.seed);
  let typed = '';
  const key = async () => {
    const letter = letters[Math.floor(random() * letters.length)]!;
    typed += letter;
    await editor.type(letter);
  };
  await key();
  await editor.untilShown(new RegExp(`// ${typed}`), 'the comment is there');
  let before = await editor.text();
  const [indentation] = /^ */.exec(before.split('\n')[8]!)!; // some editors indent what is typed
  const comment = () => `${indentation}// ${typed}`;
  for (let number = 1; number <= edits; number++) {
    await editor.ask(inTotal);
    await editor.untilShown(lineWith(number), `a hunk of edit ${number} lands`);
    const old = comment();
    await key();
    expect(await editor.sandbox.wire.ended(number), `edit ${number}`).toMatch(/^cancelled: you typed/);
    next();
    const text = await editor.text();
    expect(text.split('\n')[8], `after edit ${number}`).toBe(comment());
    before = before.replace(old, comment());
    expect(linesBetween(text, before, numbered(before, number)), `after edit ${number}:\n${text}`).toBe(true);
    expect(text).toMatch(lineWith(number));
    if (number % revertEvery !== 0) before = text;
    else {
      await editor.revert();
      await untilGone(editor, number);
      expect(await editor.text(), `edit ${number} was reverted`).toBe(before);
    }
  }
}

/** By the text: a screen may have scrolled away from it. Whatever happens in the text is told of on the wire. */
async function untilGone({ sandbox, text }: StormEditor, number: number): Promise<void> {
  await sandbox.wire.until(async () => !lineWith(number).test(await text()), `edit ${number} is reverted`);
}

/** Numbers in [0, 1) from a seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
