// Untrusted Markdown through a real renderer that lets everything pass: nothing active comes out, for any chunking, and code stays.

import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { InertMarkdown, inertMarkdown } from '../../server/text/markdown.ts';

const seed = Number(process.env.QUICKHAND_SEED ?? Date.now() % 2 ** 31);

/** As VS Code's preview has it, and as trusting as it can be made. */
const renderer = new MarkdownIt({ html: true, linkify: true });
renderer.validateLink = () => true;

/** What would do something in a renderer. An address that stands there to be read may be one to be clicked. */
function active(markdown: string): string[] {
  const tokens = renderer.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  return tokens.flatMap((token) => {
    if (/^html_|^image$/.test(token.type)) return [`${token.type}: ${token.content}`];
    const href = token.type === 'link_open' && token.markup !== 'linkify' ? String(token.attrGet('href')) : '';
    return href === '' ? [] : [`link: ${href}`];
  });
}

/** Code of the blocks that a renderer sees. */
const codeIn = (markdown: string): string[] =>
  renderer.parse(markdown, {}).flatMap(({ type, content }) => (type === 'fence' ? [content] : []));

const payloads: Readonly<Record<string, string>> = {
  'an image tag': '<img src=x onerror=alert(1)>',
  'a script': 'a\n\n<script>alert(1)</script>\n',
  'a comment': '<!-- @import "/etc/passwd" -->',
  'a block of HTML': '<div>\n\n[a](command:x)\n\n</div>',
  'a command link': '[run](command:workbench.action.terminal.new)',
  'a script link': '[a](javascript:alert(1))',
  'a data link': '[a](data:text/html;base64,PHNjcmlwdD4=)',
  'a file link': '[a](file:///etc/passwd)',
  'a link in brackets': '[a](<command:x>)',
  'a link with a title': '[a](command:x "title")',
  'an autolink': '<command:x> <javascript:alert(1)>',
  'a reference': '[a][b]\n\n[b]: command:x',
  'a short reference': '[b]\n\n[b]: javascript:alert(1)',
  'an image': '![a](https://evil.example/pixel.png)',
  'an image by reference': '![a][b]\n\n[b]: http://evil.example/x.png',
  'an image in a link': '[![a](http://evil.example/x.png)](command:x)',
  'an escape before a link': '\\\\[a](command:x) \\\\\\[a](command:x)',
  'an escape before a tag': '\\<img src=x> \\\\<img src=x>',
  'a span that begins in the line before': 'a ` b\nc ` <img src=x> `',
  'a span in a table': '| a | b | c |\n|---|---|---|\n| ` | <img src=x> | ` |',
  'a span in the head of a table': '` | <img src=x> | `\n---|---|---\n',
  'a span in a destination': '[a](`) <img src=x> `',
  'an escaped backtick': '\\` <img src=x> `',
  'backticks of different lengths': '`` a ` <img src=x> ``` b `',
  'a fence that ends with its list': '- a\n\n  ```\n<img src=x>\n',
  'a fence that ends with its quote': '> ```\n<img src=x>\n',
  'a fence that is none': 'a\n      ```\n<img src=x>\n      ```',
  'a fence that is closed by a deeper one': '- a\n  - b\n\n    ```\n    x\n   ```\n<img src=x>\n',
  'a fence with a backtick behind it': '``` a`b\n<img src=x>\n```',
  'a fence that another sign does not close': '```\n~~~\n```\n<img src=x>',
  'a fence closed by a longer one': '```\nx\n`````\n<img src=x>',
  'a fence that is indented too far to end': '```\n    ```\n```\n<img src=x>\n```\n<img src=y>',
  'a tab before a fence': '- a\n\n\t```\n\t<img>\n\t```\n<img src=x>',
  'a lone carriage return': '```\rx\r```\r<img src=x>',
  'an odd space behind a fence': '```\nx\n```\u00a0\n```\n<img src=x>\n',
  'one long line': `\` ${'x'.repeat(3000)} \` <img src=x>`,
  'a thousand quotes': `${'>'.repeat(2000)}\`\`\`\n<img src=x>`,
};

describe('a payload', () => {
  it.each(Object.entries(payloads))('%s', (_, payload) => {
    for (const before of ['', 'text ', 'text\n', '\n', '- ', '> ', '1. a\n\n   ', '# '])
      expect(active(inertMarkdown(`${before}${payload}`))).toEqual([]);
  });

  it('there is something in nearly all of them', () => {
    const harmless = Object.entries(payloads).filter(([, payload]) => active(payload).length === 0);
    expect(harmless.length).toBeLessThan(8);
  });
});

describe('what is no payload stays', () => {
  it.each([
    'It takes the **first** one, _not_ the last: `list<T>[0]`.',
    '# Title\n\n1. one\n2. two\n   - three\n\n> quoted\n',
    'Costs 5, https://example.com/a?b=c is where.',
    'a\n\n```ts\nconst a: List<T> = b[0]; // <img> $x\n```\n\nand `a<b>` again\n',
    '1. Do:\n\n   ```html\n   <b>x</b>\n\n     <i>\n   ```\n2. Then\n',
    '~~~\n``` <b>\n~~~\n',
  ])('%j', (text) => {
    expect(inertMarkdown(text)).toBe(text);
  });

  it('blocks of code are the same to a renderer, invisible characters aside', () => {
    const code = 'if (a < b && c[0]) {\n\treturn `<b>$' + '{x}</b>`;\n}\n';
    for (const text of [
      `\`\`\`js\n${code}\`\`\``,
      `a\n~~~~\n${code}~~~~\nb`,
      `- x\n\n  \`\`\`\n${code.replace(/^(?=.)/gm, '  ')}  \`\`\`\n`,
    ])
      expect(codeIn(inertMarkdown(text))).toEqual([code]);
    expect(inertMarkdown('```\na\u202eb\n```')).toBe('```\na\\u{202E}b\n```');
  });

  it('a block that is left open is closed, and what follows is not in it', () => {
    expect(inertMarkdown('a\n```ts\nx')).toBe('a\n```ts\nx\n```');
  });

  it('what an editor would run by the words behind a fence is gone', () => {
    expect(inertMarkdown('```js {cmd=true}\nx\n```')).toBe('```js\nx\n```');
    expect(inertMarkdown('---\n```\n---\n<img src=x>')).toMatch(/^\*\*\*\n/);
  });
});

const piece = fc.constantFrom(
  ...[
    '`',
    '``',
    '```',
    '````',
    '~~~',
    '\n',
    '\n\n',
    ' ',
    '  ',
    '   ',
    '    ',
    '\t',
    '> ',
    '- ',
    '1. ',
    '10) ',
    '* ',
    '# ',
    '\\',
    '|',
    '\n---|---\n',
    '$',
    ':',
  ],
  ...[
    '<img src=x>',
    '<b',
    '>',
    '[a](command:x)',
    '![a](http://x)',
    '[r]: command:x\n',
    '[r]',
    '<!--',
    '-->',
    '](',
    '<a:b>',
    'a',
    'b c',
    '\r',
    '&lt;',
    '===\n',
    '---\n',
  ],
);
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

it('random text is inert', () => {
  fc.assert(
    fc.property(text, (markdown) => {
      expect(active(inertMarkdown(markdown))).toEqual([]);
    }),
    { seed, numRuns: Number(process.env.QUICKHAND_RUNS ?? 3000) },
  );
});

it('any chunking gives the same output', () => {
  fc.assert(
    fc.property(text, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }), (markdown, sizes) => {
      const inert = new InertMarkdown();
      let said = '';
      for (let at = 0, i = 0; at < markdown.length; i++) {
        const size = sizes[i % sizes.length]!;
        said += inert.push(markdown.slice(at, at + size));
        at += size;
      }
      expect(said + inert.finish()).toBe(inertMarkdown(markdown));
    }),
    { seed, numRuns: 1000 },
  );
});

it('comes as it streams, not only at the end of a line', () => {
  const inert = new InertMarkdown();
  expect([inert.push('It takes '), inert.push('the **first** one.'), inert.finish()]).toEqual([
    'It takes ',
    'the **first** one.',
    '',
  ]);
});
