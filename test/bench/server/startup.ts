// Time from spawn to the answer of initialize, against Node alone and against a bare server, in turn in the same run.

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { BenchEditor } from './editor.ts';
import { median, quantile, round } from './stats.ts';

const bareServer = `
import { createConnection, ProposedFeatures, TextDocuments, TextDocumentSyncKind } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
connection.onInitialize(() => ({ capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental } }));
documents.listen(connection);
connection.listen();
`;

export async function benchStartup(server: string, root: string, runs: number) {
  const folder = await mkdtemp(join(root, 'node_modules', '.bench-'));
  try {
    const bare = await bundleBare(folder);
    const times = { node: [] as number[], bare: [] as number[], quickhand: [] as number[] };
    for (let i = 0; i < runs; i++) {
      times.node.push(await timeOf(() => nodeAlone()));
      times.bare.push(await timeOf(() => initialized([process.execPath, bare, '--stdio'])));
      times.quickhand.push(await timeOf(() => initialized([process.execPath, server, '--stdio'])));
    }
    const medians = { node: median(times.node), bare: median(times.bare), quickhand: median(times.quickhand) };
    return {
      runs,
      nodeMs: round(medians.node),
      bareMs: round(medians.bare),
      quickhandMs: round(medians.quickhand),
      quickhandP90Ms: round(quantile(times.quickhand, 0.9)),
      toBare: round(medians.quickhand / medians.bare),
      toNode: round(medians.quickhand / medians.node),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bundleBare(folder: string): Promise<string> {
  const source = join(folder, 'bare.ts');
  await writeFile(source, bareServer);
  const outfile = join(folder, 'bare.cjs');
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    minify: true,
    logLevel: 'error',
  });
  return outfile;
}

/** Milliseconds until `run` says that it is ready; what it leaves behind is ended outside the measured time. */
async function timeOf(run: () => Promise<() => Promise<void>>): Promise<number> {
  const startedMs = performance.now();
  const end = await run();
  const tookMs = performance.now() - startedMs;
  await end();
  return tookMs;
}

async function nodeAlone(): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('exit', resolve));
  return async () => undefined;
}

async function initialized(command: readonly string[]): Promise<() => Promise<void>> {
  const editor = new BenchEditor(command);
  await editor.initialize();
  return () => editor.close();
}
