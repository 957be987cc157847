// The loop around an edit: memory, command to wire, last chunk to last edit, CPU per chunk, many edits at once.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BenchEditor } from './editor.ts';
import { startBenchModel } from './model.ts';
import { functionOf, moduleOf } from './sources.ts';
import { median, quantile, round } from './stats.ts';

const uriOf = (name: string) => `file:///bench/${name}.ts`;

/** Every third line of the answer differs, so that hunks keep coming. */
const rewritten = (scope: string) =>
  scope.replace(/total \+= (.*);/g, (line, sum: string) => (sum.charCodeAt(6) % 3 === 0 ? `total += (${sum});` : line));

async function withServer<T>(
  server: string,
  modelUrl: string,
  options: object,
  run: (editor: BenchEditor) => Promise<T>,
): Promise<T> {
  const editor = new BenchEditor([process.execPath, server, '--stdio']);
  const providers = { bench: { api: 'responses', transport: 'websocket', baseUrl: modelUrl } };
  await editor.initialize({
    providers,
    lanes: { fast: { provider: 'bench', model: 'bench', format: 'rewrite' } },
    ...options,
  });
  try {
    return await run(editor);
  } finally {
    await editor.close();
  }
}

/** Resident memory after initialize, with one grammar loaded, and after an edit. MB. */
export async function benchMemory(server: string) {
  const model = await startBenchModel({ answer: rewritten });
  const result = await withServer(server, model.url, {}, async (editor) => {
    const idle = editor.rssMb();
    editor.open(uriOf('a'), 'typescript', moduleOf(200));
    const range = { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } };
    const ask = { textDocument: { uri: uriOf('a') }, range, context: { diagnostics: [] } };
    await editor.connection.sendRequest('textDocument/codeAction', ask);
    const peak = editor.rssMb();
    await settled();
    const withGrammar = editor.rssMb();
    await editor.edit(uriOf('a'), 3);
    await settled();
    return {
      idleMb: round(idle, 1),
      loadingMb: round(peak, 1),
      withGrammarMb: round(withGrammar, 1),
      afterEditMb: round(editor.rssMb(), 1),
    };
  });
  await model.close();
  return result;
}

/** The compiler's threads go on for a moment after a grammar was loaded; what is measured is a server at rest. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 1000));

/** Warm edits: from sending executeCommand to the request read by the model; from its last chunk to the last edit applied. ms. */
export async function benchLatency(server: string, edits: number) {
  const model = await startBenchModel({ answer: (scope) => toggled(scope), rate: () => 5000 });
  const wire: number[] = [];
  const settle: number[] = [];
  await withServer(server, model.url, {}, async (editor) => {
    editor.open(uriOf('a'), 'typescript', functionOf(20, 'A'));
    for (let i = 0; i < edits + 5; i++) {
      const startedMs = performance.now();
      const { outcome } = await editor.edit(uriOf('a'), 3);
      if (outcome !== 'completed') throw new Error(`an edit ended ${outcome}`);
      if (i < 5) continue;
      wire.push(model.askedMs - startedMs);
      settle.push(editor.lastAppliedMs - model.lastChunkMs);
    }
  });
  await model.close();
  const figures = (values: number[]) => ({ p50: round(median(values)), p99: round(quantile(values, 0.99)) });
  return { edits, commandToWireMs: figures(wire), lastChunkToLastEditMs: figures(settle) };
}

/** The last line of code changes each time, so that the last edit depends on the last chunks. */
function toggled(scope: string): string {
  return scope.includes('return total;')
    ? scope.replace('return total;', 'return total + 0;')
    : scope.replace('return total + 0;', 'return total;');
}

/**
 * CPU of the server per chunk of 4 characters at a rate, the whole edit included: in a document without a grammar, where nothing is parsed; in one whose tree
 * is kept but does not hold hunks back; and with the parse gate. Beside that of a bare client in the same run, which only reads the frames and parses
 * their JSON. Warm: what the compiler does in the first answers is not counted. µs.
 */
export async function benchCpu(server: string, rate: number, chunks: number) {
  const run = async (languageId: string, requireParse: boolean) => {
    const model = await startBenchModel({ answer: rewritten, rate: () => rate });
    const options = { guardrails: { requireParse, maxChangedLines: 100_000 } };
    const result = await withServer(server, model.url, options, async (editor) => {
      const next = async (name: string) => {
        editor.open(uriOf(name), languageId, functionOf(300, name));
        const { outcome } = await editor.edit(uriOf(name), 3);
        if (outcome !== 'completed') throw new Error(`an edit ended ${outcome}`);
      };
      for (const name of ['W1', 'W2', 'W3', 'W4']) await next(name);
      const before = { cpuMs: editor.cpuMs(), chunks: model.chunks };
      for (let i = 0; model.chunks - before.chunks < chunks; i++) await next(`A${i}`);
      return ((editor.cpuMs() - before.cpuMs) * 1000) / (model.chunks - before.chunks);
    });
    await model.close();
    return result;
  };
  const bare = await bareClient(rate, chunks);
  const without = await run('plaintext', false);
  const [ungated, gated] = [await run('typescript', false), await run('typescript', true)];
  return {
    rate,
    bareClientUs: round(bare, 1),
    withoutParseUs: round(without, 1),
    withoutGateUs: round(ungated, 1),
    withGateUs: round(gated, 1),
    oursUs: round(without - bare, 1),
  };
}

/** CPU per chunk of a process that does nothing but read the same stream with `ws` and JSON.parse. µs. */
async function bareClient(rate: number, chunks: number): Promise<number> {
  const model = await startBenchModel({ answer: rewritten, rate: () => rate });
  const scope = `<scope path="a" language="typescript" lines="1-300" format="rewrite">\n${functionOf(300, 'B')}\n</scope>\n<instruction>`;
  const script = `
    import { WebSocket } from 'ws';
    const ask = () => new Promise((resolve) => {
      const socket = new WebSocket(process.argv[1].replace('http', 'ws') + '/responses');
      socket.on('open', () => socket.send(process.argv[2]));
      socket.on('message', (data) => { if (JSON.parse(String(data)).type === 'response.completed') { socket.terminate(); resolve(); } });
    });
    for (let i = 0; i < 4; i++) await ask();
    const before = process.cpuUsage();
    let rounds = 0;
    for (; rounds < Number(process.argv[3]); rounds++) await ask();
    const { user, system } = process.cpuUsage(before);
    console.log((user + system) / rounds);
  `;
  const input = JSON.stringify({ input: [{ content: [{ text: scope }] }] });
  const perAnswer = Math.ceil(rewritten(functionOf(300, 'B')).length / 4);
  const args = ['--input-type=module', '-e', script, model.url, input, String(Math.ceil(chunks / perAnswer))];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  await model.close();
  return Number(stdout) / perAnswer;
}

/** From sending the cancel command until the model sees its connection gone, both pipes included. ms. */
export async function benchInterruption(server: string, edits: number) {
  const model = await startBenchModel({ answer: rewritten, rate: () => 1000 });
  const times: number[] = [];
  await withServer(server, model.url, {}, async (editor) => {
    for (let i = 0; i < edits + 3; i++) {
      const uri = uriOf(`c${i}`);
      editor.open(uri, 'typescript', functionOf(200, 'C'));
      const before = model.chunks;
      const end = editor.edit(uri, 3);
      while (model.chunks < before + 50) await new Promise((resolve) => setTimeout(resolve, 5));
      const closed = model.closed();
      const startedMs = performance.now();
      void editor.execute('quickhand.cancel', {});
      const closedMs = await closed;
      if ((await end).outcome !== 'cancelled') throw new Error('a cancelled edit did not end so');
      if (i >= 3) times.push(closedMs - startedMs);
    }
  });
  await model.close();
  return { edits, cancelToClosedMs: { p50: round(median(times)), p99: round(quantile(times, 0.99)) } };
}

/** Edits side by side in as many documents, against one alone. ms. */
export async function benchAtOnce(server: string, count: number) {
  const model = await startBenchModel({ answer: rewritten, rate: () => 1000 });
  const result = await withServer(server, model.url, {}, async (editor) => {
    const names = Array.from({ length: count }, (_, i) => uriOf(`d${i}`));
    for (const uri of [uriOf('one'), ...names]) editor.open(uri, 'typescript', functionOf(60, 'D'));
    await editor.edit(uriOf('one'), 3);
    const aloneMs = await timed(() => editor.edit(uriOf('one'), 3));
    const times = await Promise.all(names.map((uri) => timed(() => editor.edit(uri, 3))));
    return {
      edits: count,
      aloneMs: round(aloneMs),
      medianMs: round(median(times)),
      slowestMs: round(Math.max(...times)),
    };
  });
  await model.close();
  return result;
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await run();
  return performance.now() - startedMs;
}

/** In a file of 10,000 lines: code actions after a cursor move and after a keystroke, less the round trip of a request that does nothing. ms. */
export async function benchKeystrokes(server: string, rounds: number) {
  const model = await startBenchModel({ answer: rewritten });
  const result = await withServer(server, model.url, {}, async (editor) => {
    const uri = uriOf('large');
    editor.open(uri, 'typescript', moduleOf(10_000));
    const lines = editor.documents.get(uri)!.lineCount;
    const actions = (line: number) => {
      const range = { start: { line, character: 2 }, end: { line, character: 2 } };
      return editor.connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri },
        range,
        context: { diagnostics: [] },
      });
    };
    await actions(3);
    const floor: number[] = [];
    const moved: number[] = [];
    const typed: number[] = [];
    for (let i = 0; i < rounds; i++) {
      const line = 3 + ((i * 7919) % (lines - 10));
      floor.push(await timed(() => editor.execute('quickhand.status', {})));
      moved.push(await timed(() => actions(line)));
      typed.push(
        await timed(async () => {
          editor.type(uri, line, 0, ' ');
          await actions(line);
        }),
      );
    }
    const less = (values: number[], p: number) => round(quantile(values, p) - median(floor), 3);
    return {
      rounds,
      roundTripMs: round(median(floor), 3),
      codeActionMs: { p50: less(moved, 0.5), p99: less(moved, 0.99) },
      keystrokeMs: { p50: less(typed, 0.5), p99: less(typed, 0.99) },
    };
  });
  await model.close();
  return result;
}
