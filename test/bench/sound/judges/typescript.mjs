// Judges TypeScript and JavaScript texts with TypeScript's own parser: `node typescript.mjs FOLDER EXTENSION`; how to ask is told in judge.ts.

import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder, extension] = process.argv.slice(2);
const ts = createRequire(join(folder, 'package.json'))('typescript');

function faultOf(text) {
  const file = ts.createSourceFile(`judged${extension}`, text, ts.ScriptTarget.Latest, false);
  const [first] = file.parseDiagnostics;
  if (!first) return '';
  const line = file.getLineAndCharacterOfPosition(first.start).line + 1;
  return `${line}: ${ts.flattenDiagnosticMessageText(first.messageText, ' ')}`;
}

let pending = Buffer.alloc(0);
process.stdin.on('data', (bytes) => {
  pending = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
  for (let end = pending.indexOf(10); end >= 0; end = pending.indexOf(10)) {
    const to = end + 1 + Number(pending.subarray(0, end));
    if (pending.length < to) break;
    process.stdout.write(`${faultOf(pending.toString('utf8', end + 1, to))}\n`);
    pending = pending.subarray(to);
  }
});
