// Sources to type into, and typing at random.

import fc from 'fast-check';

/** A little of everything in each language. */
export const sources: Record<string, string> = {
  typescript: `import { a } from './a';\n\n/** Does it: é 😀. */\nexport class A<T> {\n  #n = 1;\n\n  @log\n  run(x: T): string {\n    return \`\${this.#n} \${x}\`;\r\n  }\n}\n`,
  typescriptreact: `export const B = ({ items }: Props) => (\n  <ul>\n    {items.map((i) => (\n      <li key={i}>{i} &amp; 😀</li>\n    ))}\n  </ul>\n);\n`,
  javascript: `module.exports = {\n  f() {\n    if (/a+/.test(x)) return 'é';\n  },\n};\n`,
  python: `@cache\ndef f(x):\n    """Doc: é."""\n    if x:\n        return [y for y in x]\n\n    # 😀\n    return f"{x}"\n`,
};

const tokens = [
  ...'{}()[]<>"\'`/=;:,. \n\t#a1😀',
  '\r\n',
  '//',
  '/*',
  '=>',
  'if (',
  'def f():\n    ',
  'return ',
  '${',
  '</a>',
];

/** A place as a share of the text. No `fc.double`: most of those lie close to 0, by the way they are stored. */
export const share = fc.nat(10_000).map((n) => n / 10_000);

/** Where something is typed, as a share of the text; how much it replaces; what. */
export const keystroke = fc.record({
  at: share,
  remove: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(8) }),
  insert: fc.constantFrom(...tokens),
});

export function typed(text: string, { at, remove, insert }: { at: number; remove: number; insert: string }): string {
  const from = Math.floor(at * text.length);
  return text.slice(0, from) + insert + text.slice(from + remove);
}
