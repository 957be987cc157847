// Whether texts of one function parse, by the server's own parse check. What the languages' own parsers say of its states is measured by test/bench/sound.ts.

import { loadLanguages } from '../../../server/scope/create-scopes.ts';
import { countErrorNodes } from '../../../server/scope/error-nodes.ts';
import { countFaults } from '../../../server/scope/faults.ts';
import type { Grammar } from '../../../server/scope/grammar.ts';
import { createParseCheck } from '../../../server/scope/parse-check.ts';
import { ParsedText } from '../../../server/scope/parsed-text.ts';
import { assets } from '../../scope/assets.ts';
import type { Pair } from './corpus.ts';

/** The language ids that the server knows the corpus's languages by. */
export const languageIds: Readonly<Record<string, string>> = {
  typescript: 'typescript',
  tsx: 'typescriptreact',
  javascript: 'javascript',
  python: 'python',
  rust: 'rust',
};

/** A method alone does not parse: each pair is put into the surroundings in which its base has the fewest faults. */
const surroundings: readonly (readonly [before: string, after: string])[] = [
  ['', ''],
  ['class A {\n', '\n}\n'],
  ['const a = {\n', '\n}\n'],
  ['impl A {\n', '\n}\n'],
];

/** Parses of one pair's texts. */
export interface Syntax {
  /** No more faults than the base; by a check of its own for each text, remembered. */
  parses(text: string): boolean;
  /** The same by one check, as a server does it. */
  gate(): Gate;
  /** Whether the new text itself is sound: if not, an engine has to reject it. */
  readonly sound: boolean;
}

export interface Gate {
  readonly calls: number;
  readonly ms: number;
  parses(text: string): boolean;
  dispose(): void;
}

export async function createSyntax(): Promise<(pair: Pair) => Syntax> {
  const languages = await loadLanguages(assets);
  for (const languageId of Object.values(languageIds)) await languages.load(languageId);
  return (pair) => syntaxOf(languages.get(languageIds[pair.language]!)!, pair);
}

function syntaxOf(grammar: Grammar, { before, after }: Pair): Syntax {
  const faults = ([head, tail]: readonly [string, string]) => faultsOf(grammar, head + before + tail);
  const [head, tail] = surroundings.reduce((best, each) => (faults(each) < faults(best) ? each : best));
  const check = () => {
    const span = { from: head.length, to: head.length + before.length };
    return createParseCheck({ grammar, text: head + before + tail, span });
  };
  const known = new Map<string, boolean>();
  const parses = (text: string) => {
    const fresh = check();
    const sound = known.get(text) ?? fresh.parses(text);
    fresh.dispose();
    known.set(text, sound);
    return sound;
  };
  return { parses, gate: () => timed(check()), sound: parses(after) };
}

function timed(check: ReturnType<typeof createParseCheck>): Gate {
  let calls = 0;
  let ms = 0;
  return {
    parses(text) {
      const started = performance.now();
      const sound = check.parses(text);
      ms += performance.now() - started;
      calls++;
      return sound;
    },
    dispose: () => check.dispose(),
    get calls() {
      return calls;
    },
    get ms() {
      return ms;
    },
  };
}

function faultsOf(grammar: Grammar, text: string): number {
  const parsed = new ParsedText(grammar, text);
  const count = countErrorNodes(parsed.tree) + countFaults(parsed, { from: 0, to: text.length });
  parsed.dispose();
  return count;
}
