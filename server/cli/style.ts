// Colours of the terminal, or none.

import type { CliIo } from './io.ts';
import { control } from './screen.ts';

type Paint = (text: string) => string;

export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
}

/** On a terminal, unless NO_COLOR is set (no-color.org: to anything but the empty string). */
export function styleFor({ isTTY, env }: CliIo): Style {
  const coloured = isTTY && !env.NO_COLOR && env.TERM !== 'dumb';
  const paint = (on: number, off: number): Paint =>
    coloured ? (text) => `${control(`${on}m`)}${text}${control(`${off}m`)}` : (text) => text;
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  };
}
