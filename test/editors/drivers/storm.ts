// Storms: very many edits one after the other while somebody types, each checked against the text that it must leave.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Editor } from './editor.ts';
import { gate, lines, type Script } from './model.ts';
import type { Neovim } from './neovim.ts';
import { BASE, IN_TOTAL, linesBetween, NOTES, TOTAL } from './project.ts';

/** How fast the model speaks: a line in this time, so that an edit of ten lines overlaps with several keys. */
const LINE_MS = 6;
/** The longest pause between two keys. */
const KEY_MS = 40;

/** An editor that tells of its edits, and takes commands beside the keys. */
export type StormEditor = Editor & Pick<Neovim, 'file' | 'events' | 'untilEvent' | 'request'>;

export interface StormOptions {
  readonly editor: StormEditor;
  readonly edits: number;
  /** For the pauses between keys. */
  readonly seed: number;
  /** Each edit whose number is a multiple of it is taken back in one step. */
  readonly revertEvery?: number;
}

interface Answer {
  readonly editId: string;
  readonly outcome: string;
  readonly reason?: string;
}

/** The instruction `number N` puts N behind every statement, in place of the number that is there. */
function numbered(text: string, number: number): string {
  return text.replaceAll(/;( \/\/ \d+)?$/gm, `; // ${number}`);
}

const numberIn = (instruction: string) => Number(/number (\d+)/.exec(instruction)?.[1]);

/** Speaks at its own pace. */
export const steadily: Script = async function* ({ scope, instruction }) {
  for (const line of lines(numbered(scope, numberIn(instruction)))) {
    yield line;
    await sleep(LINE_MS);
  }
};

/**
 * Runs `edits` edits in `total` while keys go into a line outside of it. After each the buffer must be exactly what the model said, with as much
 * of the typing as had arrived; at the end all of it. The model must be {@link steadily}. Gives how many keys were typed.
 */
export async function stormOutside({ editor, edits, seed, revertEvery = 0 }: StormOptions): Promise<number> {
  await editor.typeBelow(NOTES + 1, '');
  let typed = '';
  let over = false;
  const random = randomOf(seed);
  const typist = async () => {
    while (!over) {
      const key = String.fromCharCode(97 + Math.floor(random() * 26));
      typed += key; // before it is sent: the buffer never holds more than this
      await editor.type(key);
      await sleep(random() * KEY_MS);
    }
  };
  const typing = typist();
  const expected = (number: number, line: string) =>
    BASE.replace(TOTAL, number ? numbered(TOTAL, number) : TOTAL).replace('// notes\n\n', `// notes\n\n${line}\n`);
  const check = async (number: number, when: string) => {
    const text = await editor.text();
    const line = text.split('\n')[NOTES + 1] ?? '';
    expect(typed.startsWith(line), `after ${when} the typed line is ${line}, not ${typed}`).toBe(true);
    expect(text, `after ${when}`).toBe(expected(number, line));
  };
  let kept = 0;
  try {
    for (let number = 1; number <= edits; number++) {
      const answer = await ask(editor, `number ${number}`);
      expect(answer, `edit ${number}`).toMatchObject({ outcome: 'completed' });
      await check(number, `edit ${number}`);
      if (number % revertEvery !== 0) kept = number;
      else {
        await editor.request('quickhand.revert', {});
        await editor.untilGone(new RegExp(`// ${number}$`, 'm'), `edit ${number} is taken back`);
        await check(kept, `edit ${number} was taken back`);
      }
    }
  } finally {
    over = true;
    await typing;
  }
  await editor.untilShown(new RegExp(`^${typed}$`, 'm'), 'every key has arrived');
  expect(await editor.text()).toBe(expected(kept, typed));
  return typed.length;
}

/** Speaks until the middle, then waits for `next()`: what follows must never arrive. */
export function interruptible(): { readonly script: Script; next(): void } {
  let rest = gate();
  return {
    async *script({ scope, instruction }) {
      const answer = lines(numbered(scope, numberIn(instruction)));
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

/**
 * Runs `edits` edits in `total`, and types a key into a comment in it as soon as the first hunk of each has landed. Each must be cancelled; each
 * line must then be the one before or the model's, and the typed line hold every key. `next` is that of {@link interruptible}.
 */
export async function stormInside({ editor, edits, seed, next }: StormOptions & { next(): void }): Promise<void> {
  const random = randomOf(seed);
  // Below the lines that the model speaks before it waits, so that the key hits the region but no hunk.
  await editor.typeBelow(8, '// ');
  let typed = '  // ';
  await editor.untilShown(new RegExp(`^${typed}$`, 'm'), 'the comment is there');
  let before = await editor.text();
  for (let number = 1; number <= edits; number++) {
    const hunks = editor.events.filter(({ kind }) => kind === 'hunk').length;
    const answer = ask(editor, `number ${number}`);
    await editor.untilEvent((events) => events.filter(({ kind }) => kind === 'hunk').length > hunks, 'a hunk lands');
    const key = String.fromCharCode(97 + Math.floor(random() * 26));
    typed += key;
    await editor.type(key);
    expect(await answer, `edit ${number}`).toMatchObject({ outcome: 'cancelled' });
    next();
    const text = await editor.text();
    const touched = text.split('\n')[8];
    expect(touched, `after edit ${number}`).toBe(typed);
    const target = numbered(before, number).replace(typed.slice(0, -1), typed);
    expect(
      linesBetween(text, before.replace(typed.slice(0, -1), typed), target),
      `after edit ${number}:\n${text}`,
    ).toBe(true);
    before = text;
  }
}

function ask(editor: StormEditor, instruction: string): Promise<Answer> {
  const textDocument = { uri: `file://${editor.file}` };
  const position = { line: IN_TOTAL - 1, character: 4 };
  return editor.request('quickhand.edit', { textDocument, position, instruction, wait: true });
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
