// The small project that the editor tests edit, and what is true of any text of it.
import { transform } from 'esbuild';

export const sampleFile = 'src/math.ts';

/** Two functions, with room between them. `total` is lines 1-10, `label` lines 14-16. */
export const baseText = `export function total(prices: number[], rate: number): number {
  let sum = 0;
  for (const price of prices) {
    sum += price;
  }
  if (sum < 0) {
    throw new Error('negative');
  }
  return sum * (1 + rate);
}

// notes

export function label(name: string): string {
  return \`<\${name}>\`;
}
`;

/** The text of `total`: the scope of an edit in it. */
export const totalBody = baseText.slice(0, baseText.indexOf('\n}\n') + 2);

/** Lines (1-based) to point at. */
export const inTotal = 4;
export const inLabel = 15;
/** A comment, with an empty line below. */
export const notes = 12;

/** Every statement of a text with a comment behind it: several hunks, none of which changes where a line is. */
export function noted(text: string, note = 'noted'): string {
  return text.replaceAll(/^.*;$/gm, (line) => `${line} // ${note}`);
}

/** Fails unless TypeScript's grammar takes the text. */
export async function expectSound(text: string): Promise<void> {
  await transform(text, { loader: 'ts' });
}

/** Fails unless each line of `text` is that of `base` or that of `target`: hunks of one line, each whole or not there. */
export function linesBetween(text: string, base: string, target: string): boolean {
  const [lines, from, to] = [text, base, target].map((each) => each.split('\n'));
  return lines!.length === from!.length && lines!.every((line, i) => line === from![i] || line === to![i]);
}
