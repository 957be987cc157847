// Trees that follow the text: the same as if they were made from scratch, and all of them freed.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Parser, Tree } from 'web-tree-sitter';
import { countFaults } from '../../server/scope/faults.ts';
import type { Grammar } from '../../server/scope/grammar.ts';
import { Languages } from '../../server/scope/languages.ts';
import { readFolders } from '../../server/scope/manifest.ts';
import { Parsed } from '../../server/scope/parsed.ts';
import { checked } from '../text/property.ts';
import { root, scopesFor, snapshotOf } from './fixture.ts';
import { keystroke, sources, typed } from './typing.ts';

let languages: Languages;
beforeAll(async () => {
  languages = new Languages(root, await readFolders(`${root}/grammars`));
});
afterAll(() => languages.dispose());

async function grammarOf(languageId: string): Promise<Grammar> {
  await languages.load(languageId);
  const grammar = languages.get(languageId);
  if (!grammar) throw new Error(`no grammar for ${languageId}`);
  return grammar;
}

/** What a tree says, or that it has faults: how those are recovered from may depend on the way there, but never whether there are any. */
function shapeOf(parsed: Parsed): string {
  return parsed.root.hasError ? 'faulty' : parsed.root.toString();
}

describe.each(Object.keys(sources))('a tree of %s', (languageId) => {
  it('is after any typing what a fresh one would be', async () => {
    const grammar = await grammarOf(languageId);
    const source = sources[languageId]!;
    const property = fc.property(fc.array(keystroke, { minLength: 1, maxLength: 8 }), (keystrokes) => {
      const texts = [source];
      for (const one of keystrokes) texts.push(typed(texts.at(-1)!, one));
      let parsed = new Parsed(grammar, source);
      for (const text of [...texts.slice(1), ...texts.toReversed()]) {
        const next = parsed.with(text);
        parsed.dispose();
        parsed = next;
        const fresh = new Parsed(grammar, text);
        expect(shapeOf(parsed)).toBe(shapeOf(fresh));
        expect(parsed.root.endPosition).toEqual(fresh.root.endPosition);
        fresh.dispose();
      }
      parsed.dispose();
    });
    checked(property, 0.01);
  });
});

describe('the faults of a text', () => {
  it.each([
    ['f();', 0],
    ['f(;', 1],
    ['const a = = 1;\nf();\nconst b = = 2;', 2],
    ['function f() {', 1],
  ])('%j has %i', async (text, expected) => {
    const parsed = new Parsed(await grammarOf('typescript'), text);
    const [one] = [countFaults(parsed.tree, 1)];
    expect([countFaults(parsed.tree), one]).toEqual([expected, Math.min(expected, 1)]);
    parsed.dispose();
  });

  it('are as many as a walk over the whole tree finds', async () => {
    const grammar = await grammarOf('typescript');
    checked(
      fc.property(fc.array(keystroke, { minLength: 1, maxLength: 6 }), (keystrokes) => {
        const parsed = new Parsed(grammar, keystrokes.reduce(typed, sources.typescript!));
        expect(countFaults(parsed.tree)).toBe(walkFaults(parsed.root));
        parsed.dispose();
      }),
      0.01,
    );
  });
});

function walkFaults(node: Parsed['root']): number {
  const own = node.isError || node.isMissing ? 1 : 0;
  return node.children.reduce((sum, child) => sum + walkFaults(child), own);
}

describe('trees are freed', () => {
  it('those of documents that close, of gates, of everything in between', async () => {
    const scopes = await scopesFor('typescript', 'python');
    const live = countLive();
    const text = sources.typescript!;
    for (let n = 0; n < 20; n++) {
      const snapshot = snapshotOf('typescript', `${text}const a${n} = ${n % 2 ? '' : n};\n`, `file:///${n % 3}`);
      const scope = scopes.find(snapshot, { from: 130, to: 130 }, 'auto');
      const gate = scopes.gate(snapshot, scope!.span);
      gate?.parses('x');
      gate?.parses('}{');
      scopes.directiveAt(snapshot, { from: 0, to: 10 });
      gate?.dispose();
    }
    expect(live.count()).toBe(3);
    scopes.close('file:///0');
    scopes.close('file:///0');
    expect(live.count()).toBe(2);
    scopes.update(snapshotOf('python', 'a = 1\n', 'file:///1'));
    expect(live.count()).toBe(2);
    scopes.dispose();
    expect(live.count()).toBe(0);
    live.restore();
  });
});

/** Counts the trees that are made and not yet deleted from now on. */
function countLive(): { count: () => number; restore: () => void } {
  const { copy, delete: free } = Tree.prototype;
  const { parse } = Parser.prototype;
  let live = 0;
  Tree.prototype.copy = function () {
    live++;
    return copy.call(this);
  };
  Tree.prototype.delete = function () {
    live--;
    free.call(this);
  };
  Parser.prototype.parse = function (...args) {
    live++;
    return parse.apply(this, args);
  };
  return {
    count: () => live,
    restore() {
      Object.assign(Tree.prototype, { copy, delete: free });
      Object.assign(Parser.prototype, { parse });
    },
  };
}
