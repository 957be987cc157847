// A process that records edits: `writer FILE COUNT MAX_BYTES`. Prints the number of each edit once it is in the file.
import { writeSync } from 'node:fs';
import { Ledger } from '../../server/ledger/ledger.ts';

const [file = '', count = '0', maxBytes = '0'] = process.argv.slice(2);
const ledger = new Ledger({ file, maxBytes: Number(maxBytes) });
for (let i = 1; i <= Number(count); i++) {
  const model = `${process.pid}-${'m'.repeat(i % 150)}`;
  ledger.record({ editId: `edit-${i}`, lane: 'fast', model, totalMs: i, hunks: 1, rebases: 0, outcome: 'completed' });
  await ledger.flush();
  writeSync(1, `${i}\n`);
}
