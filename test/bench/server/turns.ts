// The longest turn of the event loop, and how long a cancel takes to be heard, while answers and texts do their worst. Measured in the server's own process.

import { fileURLToPath } from 'node:url';
import { BenchEditor } from './editor.ts';
import { startBenchModel } from './model.ts';
import { functionOf, moduleOf } from './sources.ts';
import { round } from './stats.ts';

const watch = fileURLToPath(new URL('turn-watch.mjs', import.meta.url));

interface Case {
  readonly text: string;
  /** The line of the edit. */
  readonly line: number;
  readonly answer: (scope: string) => string;
  /** Chunks of four characters per second; absent: all in one. */
  readonly rate?: number;
  readonly cancelAfterMs: number;
  /** What else the editor does meanwhile. */
  readonly meanwhile?: (editor: BenchEditor, uri: string) => Promise<unknown>;
}

/** The body wrapped in `try`: it does not parse until its end. */
function wrapped(scope: string): string {
  const lines = scope.split('\n');
  const body = lines.slice(1, -1).map((line) => `  ${line}`);
  return [lines[0], '  try {', ...body, '  } catch (error) {', '    return 0;', '  }', lines.at(-1)].join('\n');
}

const large = moduleOf(100_000);
const hostile = '['.repeat(100_000);

function askForActions(editor: BenchEditor, uri: string): Promise<unknown> {
  const at = { line: 0, character: 50_000 };
  const ask = { textDocument: { uri }, range: { start: at, end: at }, context: { diagnostics: [] } };
  return editor.connection.sendRequest('textDocument/codeAction', ask);
}

const cases: Record<string, Case> = {
  'try/catch around 390 lines, 1,000 tokens/s': {
    text: functionOf(390, 'A'),
    line: 3,
    answer: wrapped,
    rate: 1000,
    cancelAfterMs: 4000,
  },
  'a looping answer, 1,000 tokens/s': {
    text: functionOf(390, 'A'),
    line: 3,
    answer: () => `export function sumA() {\n${'  if (items.length > 0) {\n    total += rates[0];\n'.repeat(5000)}`,
    rate: 1000,
    cancelAfterMs: 1000,
  },
  'an answer of 1 MB in one chunk': {
    text: functionOf(390, 'A'),
    line: 3,
    answer: () => '  total += items[0];\n'.repeat(50_000),
    cancelAfterMs: 5,
  },
  '100 kB of [[[[ as the answer': {
    text: functionOf(390, 'A'),
    line: 3,
    answer: () => hostile,
    rate: 20_000,
    cancelAfterMs: 200,
  },
  '100 kB of [[[[ as the source': {
    text: `${hostile}\n\nconst a = 1;`,
    line: 2,
    answer: () => 'const a = 2;',
    cancelAfterMs: 5,
    meanwhile: askForActions,
  },
  'an edit in 100,000 lines': {
    text: large,
    line: 50_003,
    answer: (scope) => scope.replaceAll('price', 'cost'),
    rate: 1000,
    cancelAfterMs: 300,
  },
};

/** For each case. ms; `cpuMs`: the busiest turn, in CPU time of all threads, the compiler's and the collector's too. */
export async function benchTurns(server: string): Promise<Record<string, object>> {
  const results: Record<string, object> = {};
  for (const [name, one] of Object.entries(cases)) results[name] = await measure(server, one);
  return results;
}

async function measure(server: string, one: Case) {
  const model = await startBenchModel({ answer: one.answer, rate: () => one.rate });
  const node = [process.execPath, '--import', watch, server, '--stdio'];
  const editor = new BenchEditor(node, {}, 'ipc');
  const providers = { bench: { api: 'responses', transport: 'websocket', baseUrl: model.url } };
  await editor.initialize({ providers, lanes: { fast: { provider: 'bench', model: 'bench', format: 'rewrite' } } });
  const edit = async (name: string, act?: (editId: string) => Promise<unknown>) => {
    const uri = `file:///bench/${name}.ts`;
    editor.open(uri, 'typescript', one.text);
    const [end] = await Promise.all([editor.edit(uri, one.line, 'go', act), one.meanwhile?.(editor, uri)]);
    await editor.closeDocument(uri);
    return end;
  };
  // What is compiled and loaded first is no turn of these.
  editor.open('file:///bench/warm.ts', 'typescript', functionOf(30, 'W'));
  await editor.edit('file:///bench/warm.ts', 3);
  await editor.longestTurn();
  const { outcome } = await edit('whole');
  const { ms, cpuMs } = await editor.longestTurn();
  let cancelMs = 0;
  await edit('cancelled', async (editId) => {
    await new Promise((resolve) => setTimeout(resolve, one.cancelAfterMs));
    const startedMs = performance.now();
    await editor.execute('quickhand.cancel', { editId });
    cancelMs = performance.now() - startedMs;
  });
  const second = await editor.longestTurn();
  await editor.close();
  await model.close();
  const longest = { ms: Math.max(ms, second.ms), cpuMs: Math.max(cpuMs, second.cpuMs) };
  return { outcome, longestTurnMs: round(longest.ms), cpuMs: round(longest.cpuMs), cancelMs: round(cancelMs) };
}
