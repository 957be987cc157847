// How long finding a scope takes in a component of 13,000 lines.

import { createSnapshot } from '../../../server/documents/snapshot.ts';
import { createScopes } from '../../../server/scope/create-scopes.ts';
import { assets } from '../../scope/assets.ts';
import { LineMap } from './line-map.ts';
import { type Row, timesOf } from './report.ts';
import { bounds } from './rules.ts';

const lineCount = 13_000;
/** Every so many lines. A prime, so that all kinds of lines come up. */
const stride = 7;

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
  const times: number[] = [];
  for (let line = 0; line < lineCount; line += stride) {
    const at = map.cursor(line);
    const start = performance.now();
    scopes.find(snapshot, { from: at, to: at }, 'auto', bounds);
    times.push(performance.now() - start);
  }
  scopes.dispose();
  return { lines: lineCount, ...timesOf(times) };
}
