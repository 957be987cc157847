// Pictures of a terminal for the clients' READMEs, drawn from what a test sees.
import { existsSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keep } from './sandbox.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Size of a character and margin, in px, for a font size of 14. */
const cell = { width: 8.4, height: 18, margin: 12 };
/** The 16 named colours of a dark terminal. */
const named =
  '#1c1e26 #e06c75 #98c379 #d8a657 #61afef #c678dd #56b6c2 #c8ccd4 #6b7089 #f28b93 #b5d9a0 #e8c48a #8cc8ff #d9a0ea #83d2dc #ffffff'.split(
    ' ',
  );

interface Style {
  readonly fg?: string;
  readonly bg?: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly reverse?: boolean;
}

interface Run {
  readonly text: string;
  /** Cells from the left. */
  readonly column: number;
  readonly style: Style;
}

/**
 * Draws a screen with its colours (see Terminal.colours) into test/artefacts; `title` says in words what is to be seen. With QUICKHAND_CAPTURE=1 also into the repository at `path`, where a
 * README shows it; it must be there already otherwise.
 */
export function capture(path: string, title: string, screen: string): void {
  const svg = draw(title, screen);
  keep(`${path.split('/')[1]} ${basename(path)}`, svg);
  if (process.env.QUICKHAND_CAPTURE) writeFileSync(join(root, path), svg);
  if (!existsSync(join(root, path))) throw new Error(`${path} is missing: run the tests with QUICKHAND_CAPTURE=1`);
}

function draw(title: string, screen: string): string {
  const rows = folded(screen.replace(/\n+$/, '').split('\n'));
  let style: Style = {};
  const runs = rows.map((row) => {
    const [found, last] = runsOf(row, style);
    style = last;
    return found;
  });
  const columns = Math.max(...runs.flat().map(({ column, text }) => column + text.length));
  const [width, height] = [columns * cell.width + 2 * cell.margin, rows.length * cell.height + 2 * cell.margin];
  const body = runs.flatMap((row, y) => row.map((run) => element(run, y)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.ceil(width)} ${height}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14">`,
    `<title>${title}</title>`,
    `<rect width="100%" height="100%" rx="6" fill="#14161b"/>`,
    ...body,
    '</svg>\n',
  ].join('\n');
}

/** Without most of the rows below the end of a short file. */
function folded(rows: readonly string[]): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this is about
  const isIdle = (row = '') => /^~?\s*$/.test(row.replace(/\x1b\[[\d;:]*m/g, ''));
  return rows.filter((row, y) => !(isIdle(row) && isIdle(rows[y - 1]) && y > 0));
}

function element({ text, column, style }: Run, y: number): string {
  const { fg = '#e0e2ea', bg } = style.reverse ? { fg: style.bg ?? '#14161b', bg: style.fg ?? '#e0e2ea' } : style;
  const x = (cell.margin + column * cell.width).toFixed(1);
  const top = cell.margin + y * cell.height;
  const width = (text.length * cell.width).toFixed(1);
  const back = bg ? `<rect x="${x}" y="${top}" width="${width}" height="${cell.height}" fill="${bg}"/>` : '';
  if (!text.trim()) return back;
  const weight = `${style.bold ? ' font-weight="bold"' : ''}${style.italic ? ' font-style="italic"' : ''}`;
  const escaped = text.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);
  return `${back}<text x="${x}" y="${top + 13}" fill="${fg}"${weight} textLength="${width}" xml:space="preserve">${escaped}</text>`;
}

/** The runs of a row of one style each, and the style that it ends with. */
function runsOf(row: string, from: Style): [Run[], Style] {
  let style = from;
  let column = 0;
  const runs: Run[] = [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this is about
  for (const part of row.split(/(\x1b\[[\d;]*m|\x0e|\x0f)/)) {
    if (part.startsWith('\x1b')) style = restyle(style, part.slice(2, -1).split(/[;:]/).map(Number));
    else if (part && part !== '\x0e' && part !== '\x0f') {
      runs.push({ text: part, column, style });
      column += part.length;
    }
  }
  return [runs, style];
}

function restyle(style: Style, codes: number[]): Style {
  const [code = 0, kind, a = 0, b = 0, c = 0] = codes;
  if (codes.length === 0) return style;
  if (code === 38 || code === 48) {
    const colour = kind === 5 ? indexed(a) : `rgb(${a},${b},${c})`;
    return restyle({ ...style, [code === 38 ? 'fg' : 'bg']: colour }, codes.slice(kind === 5 ? 3 : 5));
  }
  return restyle(simple(style, code), codes.slice(1));
}

function simple(style: Style, code: number): Style {
  if (code === 0) return {};
  if (code === 1) return { ...style, bold: true };
  if (code === 3) return { ...style, italic: true };
  if (code === 7) return { ...style, reverse: true };
  if (code === 22) return { ...style, bold: false };
  if (code === 23) return { ...style, italic: false };
  if (code === 27) return { ...style, reverse: false };
  const [base, key] = [code % 10, Math.floor(code / 10)];
  if (base < 8 && (key === 3 || key === 9)) return { ...style, fg: named[base + (key === 9 ? 8 : 0)]! };
  if (base < 8 && (key === 4 || key === 10)) return { ...style, bg: named[base + (key === 10 ? 8 : 0)]! };
  const { fg, bg, ...rest } = style;
  if (code === 39) return { ...rest, ...(bg && { bg }) };
  if (code === 49) return { ...rest, ...(fg && { fg }) };
  return style;
}

/** A colour of the palette of 256. */
function indexed(index: number): string {
  if (index < 16) return named[index]!;
  if (index >= 232) return `rgb(${Array(3).fill(8 + (index - 232) * 10)})`;
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  const cube = index - 16;
  return `rgb(${level(Math.floor(cube / 36))},${level(Math.floor(cube / 6) % 6)},${level(cube % 6)})`;
}
