// Where the demo is seen: a terminal that is redrawn in place, or plain lines for everything else.

import { setTimeout as delay } from 'node:timers/promises';
import { printable } from '../text/printable.ts';
import type { CliIo } from './io.ts';
import { control } from './screen.ts';
import { type Style, styleFor } from './style.ts';
import { linesKept } from './text-diff.ts';

export interface DemoScreen {
  readonly style: Style;
  /** A line of prose. */
  say(text?: string): void;
  /** The file as it is now, its lines that are not in `base` marked, above a line that says what is going on. */
  show(view: View): void;
  /** The picture stays as it is; what comes next goes below it. */
  hold(): void;
  /** Time to read, where somebody reads. Rejects on Ctrl-C. */
  pause(ms: number): Promise<void>;
  close(): void;
}

export interface View {
  readonly text: string;
  readonly base: string;
  readonly status: string;
}

export function createDemoScreen(io: CliIo): DemoScreen {
  const animated = io.isTTY && io.env.TERM !== 'dumb';
  return animated ? terminalScreen(io) : plainScreen(io);
}

const hideCursor = control('?25l');
const showCursor = control('?25h');
const clearLine = control('2K');

function terminalScreen(io: CliIo): DemoScreen {
  const { stdout } = io;
  const style = styleFor(io);
  let height = 0;
  stdout.write(hideCursor);
  return {
    style,
    say: (text = '') => stdout.write(`${text}\n`),
    show(view) {
      const lines = crop(picture(view, style), { columns: stdout.columns ?? 80, rows: stdout.rows ?? 24 });
      const up = height > 0 ? control(`${height}A`) : '';
      const rest = lines.length < height ? control('J') : '';
      height = lines.length;
      stdout.write(`${up}${lines.map((line) => `${clearLine}${line.paint(line.text)}\n`).join('')}${rest}`);
    },
    hold() {
      height = 0;
    },
    pause: (ms) => delay(ms, undefined, { signal: io.interrupted }),
    close: () => stdout.write(showCursor),
  };
}

interface Row {
  readonly text: string;
  readonly paint: (text: string) => string;
  /** Whether this row matters most when not all of them fit. */
  readonly isNew: boolean;
}

function picture({ text, base, status }: View, { green, dim, cyan }: Style): Row[] {
  const lines = text.trimEnd().split('\n');
  const kept = linesKept(base.trimEnd().split('\n'), lines);
  const rows = lines.map((line, i) => {
    const isNew = !kept[i];
    return { text: `${isNew ? '  + ' : '    '}${printable(line)}`, paint: isNew ? green : dim, isNew };
  });
  return [...rows, { text: `  ${status}`, paint: cyan, isNew: true }];
}

/** No line wraps, and all of them stay on the screen: else moving up would not reach the first. */
function crop(rows: Row[], screen: { columns: number; rows: number }): Row[] {
  const most = Math.max(2, screen.rows - 1);
  const surplus = Math.max(0, rows.length - most);
  const firstNew = Math.max(0, rows.findIndex(({ isNew }) => isNew) - 1);
  const skipped = Math.min(surplus, firstNew);
  const status = rows.at(-1)!;
  const shown = surplus === 0 ? rows : [...rows.slice(skipped, skipped + most - 1), status];
  return shown.map((row) => ({ ...row, text: row.text.slice(0, Math.max(1, screen.columns - 1)) }));
}

function plainScreen(io: CliIo): DemoScreen {
  const { stdout } = io;
  let shown: View | undefined;
  return {
    style: styleFor({ ...io, isTTY: false }),
    say: (text = '') => stdout.write(`${text}\n`),
    show(view) {
      const before = (shown ?? { text: view.base }).text.trimEnd().split('\n');
      shown = view;
      const after = view.text.trimEnd().split('\n');
      linesKept(before, after).forEach((kept, i) => {
        if (!kept) stdout.write(`  ${String(i + 1).padStart(3)} + ${after[i]}\n`);
      });
    },
    hold() {
      if (shown) stdout.write(`  ${shown.status}\n`);
    },
    pause: async () => io.interrupted.throwIfAborted(),
    close: () => {},
  };
}
