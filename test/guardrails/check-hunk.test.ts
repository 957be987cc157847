// Which hunks may reach the buffer.
import { describe, expect, it } from 'vitest';
import { ChangedLines } from '../../server/guardrails/changed-lines.ts';
import { beginHunkChecks, checkHunk, checkText, type HunkRules } from '../../server/guardrails/check-hunk.ts';
import type { Edit } from '../../server/text/edit.ts';

const rules: HunkRules = { maxChangedLines: 400, placeholders: 'reject', invisibleCharacters: 'reject' };
const base = 'function f(a) {\n  const b = a;\n  return b;\n}';

/** Replaces the first occurrence of `find`. */
const edit = (find: string, insert: string, text = base): Edit => {
  const from = text.indexOf(find);
  return { from, to: from + find.length, insert };
};
const reasonOf = (edits: Edit[], options: { base?: string; languageId?: string; rules?: Partial<HunkRules> } = {}) => {
  const state = beginHunkChecks({ base, languageId: 'typescript', ...options, rules: { ...rules, ...options.rules } });
  const verdict = checkHunk(state, { edits });
  return verdict.ok ? undefined : verdict.reason;
};

describe('the edges of the scope', () => {
  it.each([
    [{ from: -1, to: 0, insert: 'x' }],
    [{ from: 0, to: base.length + 1, insert: '' }],
    [{ from: 5, to: 4, insert: '' }],
    [{ from: Number.NaN, to: 4, insert: '' }],
    [{ from: 0.5, to: 4, insert: '' }],
  ])('%j is outside', (wrong) => {
    expect(reasonOf([wrong])).toBe('the answer would change something outside the scope');
  });

  it('both edges are inside', () => {
    expect(
      reasonOf([
        { from: 0, to: 0, insert: 'export ' },
        { from: base.length, to: base.length, insert: '\n' },
      ]),
    ).toBeUndefined();
  });

  it('hunks come in any order of position', () => {
    const state = beginHunkChecks({ base, languageId: 'typescript', rules });
    expect(checkHunk(state, { edits: [edit('return b', 'return a')] }).ok).toBe(true);
    expect(checkHunk(state, { edits: [edit('const b', 'let b')] }).ok).toBe(true);
    expect(state.edits.map(({ insert }) => insert)).toEqual(['let b', 'return a']);
  });

  it('but must not change anything twice', () => {
    const state = beginHunkChecks({ base, languageId: 'typescript', rules });
    expect(checkHunk(state, { edits: [edit('const b', 'let b')] }).ok).toBe(true);
    expect(checkHunk(state, { edits: [edit('b', 'c')] })).toEqual({
      ok: false,
      reason: 'the answer changes the same code twice',
    });
  });

  it('no line is assembled from harmless parts, whichever comes first', () => {
    const text = 'f();\nmore();\ng();\n';
    const behind = { from: text.indexOf('more();'), to: text.indexOf('more();'), insert: '// rest ' };
    const before = { from: text.indexOf('more();') + 'more'.length, to: text.indexOf('\ng'), insert: ' unchanged' };
    for (const pieces of [
      [behind, before],
      [before, behind],
    ]) {
      const state = beginHunkChecks({ base: text, languageId: 'typescript', rules });
      const verdicts = pieces.map((piece) =>
        checkHunk(state, { edits: [{ ...piece, ...(piece === behind && { to: piece.to + 4 }) }] }),
      );
      expect(verdicts.map(({ ok }) => ok)).toEqual([true, false]);
    }
  });
});

describe('changed lines', () => {
  const count = (text: string, ...edits: Edit[]) => {
    const lines = new ChangedLines(text);
    for (const one of edits) lines.add(one);
    return lines.count;
  };
  it.each<[string, number, string, Edit[]]>([
    ['a word', 1, 'a b c\n', [edit('b', 'x', 'a b c\n')]],
    ['two words of one line', 1, 'a b c\n', [edit('a', 'x', 'a b c\n'), edit('c', 'y', 'a b c\n')]],
    ['words of two lines', 2, 'a\nb\n', [edit('a', 'x', 'a\nb\n'), edit('b', 'y', 'a\nb\n')]],
    ['a line put in', 1, 'a\nb\n', [{ from: 2, to: 2, insert: 'x\n' }]],
    ['a line put in behind the last', 1, 'a\nb', [{ from: 3, to: 3, insert: '\nx' }]],
    ['a line put in, the next one changed', 2, 'a\nb\n', [{ from: 2, to: 2, insert: 'x\n' }, edit('b', 'y', 'a\nb\n')]],
    ['three lines become one', 3, 'a\nb\nc\n', [{ from: 0, to: 6, insert: 'x\n' }]],
    ['one line becomes three', 3, 'a\nb\n', [{ from: 0, to: 2, insert: 'x\ny\nz\n' }]],
    ['a line taken out with CRLF', 1, 'a\r\nb\r\n', [{ from: 0, to: 3, insert: '' }]],
  ])('%s: %i', (_, expected, text, edits) => {
    expect(count(text, ...edits)).toBe(expected);
  });

  it('the bound counts all hunks together', () => {
    const state = beginHunkChecks({ base, languageId: 'typescript', rules: { ...rules, maxChangedLines: 1 } });
    expect(checkHunk(state, { edits: [edit('const b', 'let b')] })).toEqual({ ok: true });
    expect(checkHunk(state, { edits: [edit('return b', 'return a')] })).toEqual({
      ok: false,
      reason: 'the answer changes more than 1 lines (guardrails.maxChangedLines)',
    });
  });
});

describe('code left out', () => {
  it.each([
    '// ... rest of the function',
    '// ...',
    '// ... existing code ...',
    '# ... (rest unchanged)',
    '/* rest of the code */',
    '{/* ... */}',
    '// remaining code unchanged',
    '// The rest of the implementation stays the same',
    '// existing code here',
    '-- rest of the code',
    '<!-- … -->',
    '// your code here',
    '// implementation omitted for brevity',
    'foo(); // ... other cases',
    '// unchanged',
    '// same as before',
    '// (rest of method remains unchanged)',
    '// other methods remain unchanged',
    '// rest of your code...',
    '# existing code',
    '; ... rest ...',
  ])('%s', (line) => {
    expect(reasonOf([edit('  return b;', `  ${line}`)])).toMatch(/leaves code out/);
  });

  it.each([
    '// the rest of the arguments is ignored on purpose',
    '// keeps the value unchanged while paused',
    '// ...and then the tail',
    'const [first, ...rest] = items;',
    'f(...args);',
    '// existing users keep their session',
    '// here be dragons',
    'def f(): ...',
    '// returns the same code for the same input',
    'const url = "https://example.com/rest/code";',
    '// TODO: implement retry',
    'for (const x of rest) {} // the remaining items',
  ])('is not: %s', (line) => {
    expect(reasonOf([edit('  return b;', `  ${line}`)])).toBeUndefined();
  });

  it('a comment that was there may stay, and move', () => {
    const text = `// ... rest unchanged\n${base}`;
    expect(
      reasonOf([edit('  return b;', '  // ... rest unchanged\n  return b;', text)], { base: text }),
    ).toBeUndefined();
  });

  it('can be allowed', () => {
    expect(reasonOf([edit('return b;', '// ... rest')], { rules: { placeholders: 'allow' } })).toBeUndefined();
  });

  it('is seen behind a hunk that ended in the same line', () => {
    const text = 'one();\ntwo(); // x\nthree();';
    const state = beginHunkChecks({ base: text, languageId: 'typescript', rules });
    expect(checkHunk(state, { edits: [{ from: 0, to: text.indexOf(' // x'), insert: 'both();' }] }).ok).toBe(true);
    const hunk = { edits: [{ from: text.indexOf('x'), to: text.indexOf('x') + 1, insert: '... rest' }] };
    expect(checkHunk(state, hunk)).toMatchObject({ ok: false, reason: expect.stringContaining('leaves code out') });
  });

  it('is seen when it is assembled from two hunks', () => {
    const state = beginHunkChecks({ base: 'a // x\nb', languageId: 'typescript', rules });
    expect(checkHunk(state, { edits: [{ from: 5, to: 5, insert: 'rest of the ' }] }).ok).toBe(true);
    expect(checkHunk(state, { edits: [{ from: 5, to: 6, insert: 'code' }] }).ok).toBe(false);
  });
});

describe('what is not code', () => {
  it.each([
    ['```ts', /fence/],
    ['~~~', /fence/],
    ['<<<<<<< SEARCH', /marker/],
    ['=======', /marker/],
    ['>>>>>>> REPLACE', /marker/],
    ['</scope>', /marker/],
    ['<no-change/>', /marker/],
    ['<refuse>no</refuse>', /marker/],
    ['<import>import x from "y"</import>', /marker/],
  ])('%s', (line, reason) => {
    expect(reasonOf([edit('  return b;', line)])).toMatch(reason);
  });

  it.each([
    "Here's the updated code:",
    'Sure! I changed it.',
    'I have renamed the variable.',
    'The updated function is below:',
  ])('before the code: %s', (line) => {
    expect(reasonOf([{ from: 0, to: 0, insert: `${line}\n` }])).toMatch(/words of a chat/);
    expect(reasonOf([{ from: base.length, to: base.length, insert: `\n\n${line}` }])).toMatch(/words of a chat/);
  });

  it('prose in the middle of a documentation text is fine', () => {
    expect(
      reasonOf([edit('  return b;', '  """\n  Here is how:\n  """\n  return b')], { languageId: 'python' }),
    ).toBeUndefined();
  });

  it('in Markdown fences and prose are the text, in Python a line of = may be', () => {
    expect(reasonOf([{ from: 0, to: 0, insert: "Here's how:\n```\n" }], { languageId: 'markdown' })).toBeUndefined();
    expect(reasonOf([edit('  return b;', 'Example\n=======')], { languageId: 'python' })).toBeUndefined();
  });
});

describe('invisible characters', () => {
  it('are spelling between the letters of some scripts', () => {
    expect(reasonOf([edit('return b', "return 'می\u200cخواهم'")])).toBeUndefined();
    expect(reasonOf([edit('return b', "return 'می\u200c'")])).toMatch(/U\+200C/);
  });

  it.each([
    '\u202a',
    '\u202b',
    '\u202c',
    '\u202d',
    '\u202e',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
    '\u200e',
    '\u200f',
    '\u200b',
    '\u200c',
    '\u200d',
    '\u2060',
    '\ufeff',
    '\u00ad',
    '\u061c',
    '\u180e',
    '\u3164',
    '\uffa0',
    '\u115f',
    '\u2028',
    '\u2029',
    '\u0000',
    '\u0008',
    '\u001b',
    '\u007f',
    '\u0085',
    '\ufff9',
    '\u{e0001}',
    '\u{e0041}',
    '\u{e007f}',
    '\u{e0100}',
    '\u{e01ef}',
    '\ufe00',
    '\ufe0f',
    '\u2062',
    '\u034f',
    '\u{1d173}',
    '\ud83d',
    '\u2800',
  ])('%j is rejected', (c) => {
    expect(reasonOf([edit('return b', `return a${c}b`)])).toMatch(/invisible character, U\+[0-9A-F]{4}/);
    expect(
      checkText({ base, text: base.replace('return b', `return ${c}b`), languageId: 'typescript', rules }).ok,
    ).toBe(false);
  });

  it.each(['"👩‍💻"', '"❤️"', '"👩🏽‍🚀"', '"🏳️‍🌈"', '"1️⃣"', '"☎︎"', '"a\tb"', '"日本語"', '"é"', '"é"', '"\u00a0"'])(
    '%s is not',
    (text) => {
      expect(reasonOf([edit('return b', `return ${text}`)])).toBeUndefined();
    },
  );

  it('a lone carriage return is one, a CRLF is none', () => {
    expect(reasonOf([edit('return b;', 'return b;\rdrop();')])).toMatch(/carriage return/);
    const crlf = base.replaceAll('\n', '\r\n');
    expect(reasonOf([edit('  return b;\r\n', '  return a;\r\n  done();\r\n', crlf)], { base: crlf })).toBeUndefined();
  });

  it('what was in the line before may stay or go', () => {
    const text = 'const a = "x\u200by";\nb();';
    expect(reasonOf([edit('a', 'renamed', text)], { base: text })).toBeUndefined();
    expect(reasonOf([edit('\u200b', '', text)], { base: text })).toBeUndefined();
    expect(reasonOf([edit('b()', 'b("\u200b")', text)], { base: text })).toMatch(/U\+200B/);
  });

  it('an emoji changed by half a surrogate pair is whole in its line', () => {
    const text = 'a("😀");';
    expect(reasonOf([{ from: 4, to: 5, insert: '\ude01' }], { base: text })).toBeUndefined();
  });

  it('can be allowed', () => {
    expect(
      reasonOf([edit('return b', 'return "\u200c"')], { rules: { invisibleCharacters: 'allow' } }),
    ).toBeUndefined();
  });
});
