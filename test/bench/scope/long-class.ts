// How long finding a scope takes in a component of 13,000 lines.

import { createSnapshot } from '../../../server/documents/snapshot.ts';
import { createScopes } from '../../../server/scope/create-scopes.ts';
import { assets } from '../../scope/assets.ts';
import { LineMap } from './line-map.ts';
import { type Row, timesOf } from './report.ts';
import { bounds } from './rules.ts';
import { timed } from './timed.ts';

const lineCount = 13_000;
/** Every so many lines. A prime, so that all kinds of lines come up. */
const stride = 7;
/** Finds that are not measured. */
const warmUp = 200;

/** Ten lines of a class. */
const unit = (n: number) => `  /** Shows what is in ${n}. */
  rows${n} = new Map<string, number>([['a', ${n}]]);

  render${n}(items: readonly Item[]): ReactNode {
    const shown = items.filter(({ hidden }) => !hidden).map((item) => item.title);
    return (
      <List title="${n}">{shown.map((title) => <Row key={title}>{title}</Row>)}</List>
    );
  }

`;

export async function measureLongClass(): Promise<Row> {
  const units = Array.from({ length: lineCount / 10 }, (_, n) => unit(n));
  const text = `export class Long extends Component {\n${units.join('')}}\n`;
  const scopes = await createScopes({ assets });
  await scopes.load('typescriptreact');
  const snapshot = createSnapshot('file:///long.tsx', 1, 'typescriptreact', text);
  scopes.update(snapshot);
  const map = new LineMap(text);
  const find = (line: number) => scopes.find(snapshot, spanOf(map.cursor(line)), 'auto', bounds);
  const lines = Array.from({ length: Math.floor(lineCount / stride) }, (_, n) => n * stride);
  for (const line of lines.slice(0, warmUp)) find(line);
  const times = lines.map((line) => timed(() => find(line)).ms);
  scopes.dispose();
  return { lines: lineCount, ...timesOf(times) };
}

const spanOf = (at: number) => ({ from: at, to: at });
