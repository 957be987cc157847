// Trees that are parsed incrementally: the same as if they were parsed from scratch, and all of them freed.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Parser, Tree } from 'web-tree-sitter';
import { countErrorNodes } from '../../server/scope/error-nodes.ts';
import type { Grammar } from '../../server/scope/grammar.ts';
import { readGrammarFolders } from '../../server/scope/grammar-manifest.ts';
import { Languages } from '../../server/scope/languages.ts';
import { ParsedText } from '../../server/scope/parsed-text.ts';
import { checked } from '../text/property.ts';
import { assets } from './assets.ts';
import { scopesFor, snapshotOf } from './fixture.ts';
import { keystroke, sources, typed } from './typing.ts';

let languages: Languages;
beforeAll(async () => {
  languages = new Languages(assets, await readGrammarFolders(assets));
});
afterAll(() => languages.dispose());

async function grammarOf(languageId: string): Promise<Grammar> {
  await languages.load(languageId);
  const grammar = languages.get(languageId);
  if (!grammar) throw new Error(`no grammar for ${languageId}`);
  return grammar;
}

/** The tree as an S-expression, or that it has errors: how the parser recovers from them may depend on the tree before, but never whether there are any. */
function shapeOf(parsed: ParsedText): string {
  return parsed.root.hasError ? 'has errors' : parsed.root.toString();
}

describe.each(Object.keys(sources))('a tree of %s', (languageId) => {
  it('is after any typing what a fresh one would be', async () => {
    const grammar = await grammarOf(languageId);
    const source = sources[languageId]!;
    const property = fc.property(fc.array(keystroke, { minLength: 1, maxLength: 8 }), (keystrokes) => {
      const texts = [source];
      for (const one of keystrokes) texts.push(typed(texts.at(-1)!, one));
      let parsed = new ParsedText(grammar, source);
      for (const text of [...texts.slice(1), ...texts.toReversed()]) {
        const next = parsed.reparse(text);
        parsed.dispose();
        parsed = next;
        const fresh = new ParsedText(grammar, text);
        expect(shapeOf(parsed)).toBe(shapeOf(fresh));
        expect(parsed.root.endPosition).toEqual(fresh.root.endPosition);
        fresh.dispose();
      }
      parsed.dispose();
    });
    checked(property, 0.01);
  });
});

describe('the error nodes of a text', () => {
  it.each([
    ['f();', 0],
    ['f(;', 1],
    ['const a = = 1;\nf();\nconst b = = 2;', 2],
    ['function f() {', 1],
  ])('%j has %i', async (text, expected) => {
    const parsed = new ParsedText(await grammarOf('typescript'), text);
    const [one] = [countErrorNodes(parsed.tree, 1)];
    expect([countErrorNodes(parsed.tree), one]).toEqual([expected, Math.min(expected, 1)]);
    parsed.dispose();
  });

  it('are as many as a walk over the whole tree finds', async () => {
    const grammar = await grammarOf('typescript');
    checked(
      fc.property(fc.array(keystroke, { minLength: 1, maxLength: 6 }), (keystrokes) => {
        const parsed = new ParsedText(grammar, keystrokes.reduce(typed, sources.typescript!));
        expect(countErrorNodes(parsed.tree)).toBe(walkErrorNodes(parsed.root));
        parsed.dispose();
      }),
      0.01,
    );
  });
});

function walkErrorNodes(node: ParsedText['root']): number {
  const own = node.isError || node.isMissing ? 1 : 0;
  return node.children.reduce((sum, child) => sum + walkErrorNodes(child), own);
}

describe('trees are freed', () => {
  it('those of documents that close, of parse checks, of everything in between', async () => {
    const scopes = await scopesFor('typescript', 'python');
    const live = countLive();
    const text = sources.typescript!;
    for (let n = 0; n < 20; n++) {
      const snapshot = snapshotOf('typescript', `${text}const a${n} = ${n % 2 ? '' : n};\n`, `file:///${n % 3}`);
      const scope = scopes.find(snapshot, { from: 130, to: 130 }, 'auto');
      const check = scopes.parseCheck(snapshot, scope!.span);
      check?.parses('x');
      check?.parses('}{');
      scopes.directiveAt(snapshot, { from: 0, to: 10 });
      check?.dispose();
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
