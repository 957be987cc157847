// The edits that a model is tried on: small ones of every kind that the fast lane is for, each with what a right result is.

import type { EvalCase } from './case.ts';
import { longCases } from './long-cases.ts';

const shortCases: readonly EvalCase[] = [
  {
    name: 'rename a variable',
    file: 'total.ts',
    before: `export function total(prices: number[]): number {
  let sum = 0;
  for (const price of prices) sum += price;
  return sum;
}
`,
    at: 'let sum',
    instruction: 'rename sum to result',
    after: `export function total(prices: number[]): number {
  let result = 0;
  for (const price of prices) result += price;
  return result;
}
`,
  },
  {
    name: 'rename a parameter',
    file: 'repeat.py',
    before: `def repeat(text, n):
    if n < 1:
        return ""
    return text + repeat(text, n - 1)
`,
    at: 'if n',
    instruction: 'rename n to count',
    after: `def repeat(text, count):
    if count < 1:
        return ""
    return text + repeat(text, count - 1)
`,
  },
  {
    name: 'rename a prop',
    file: 'badge.tsx',
    before: `export function Badge({ label, tone }: { label: string; tone: string }) {
  if (!label) return null;
  return <span className={tone}>{label}</span>;
}
`,
    at: 'if (!label)',
    instruction: 'rename label to caption',
    after: `export function Badge({ caption, tone }: { caption: string; tone: string }) {
  if (!caption) return null;
  return <span className={tone}>{caption}</span>;
}
`,
  },
  {
    name: 'nothing to do',
    file: 'area.ts',
    before: `export function area(width: number, height: number): number {
  return width * height;
}
`,
    at: 'return',
    instruction: 'rename depth to length; if nothing is called depth, change nothing',
    after: `export function area(width: number, height: number): number {
  return width * height;
}
`,
  },
  {
    name: 'return early',
    file: 'greet.ts',
    before: `export function greet(user: User | undefined): string {
  if (user) {
    if (user.name) {
      return \`Hello \${user.name}\`;
    }
  }
  return 'Hello';
}
`,
    at: 'if (user.name)',
    instruction: "return early instead of nesting: 'Hello' where there is no user or no name",
    after: `export function greet(user: User | undefined): string {
  if (!user?.name) return 'Hello';
  return \`Hello \${user.name}\`;
}
`,
    accepts: (text) =>
      /if \(!user(\?\.name| \|\| !user\.name)?\)\s*(\{\s*)?return 'Hello'/.test(text) &&
      text.trimEnd().endsWith(`return \`Hello \${user.name}\`;\n}`),
  },
  {
    name: 'fix a bug',
    file: 'last.js',
    before: `export function longest(words) {
  let best = '';
  for (let i = 0; i < words.length - 1; i++) {
    if (words[i].length > best.length) best = words[i];
  }
  return best;
}
`,
    at: 'if (words',
    instruction: 'fix the bug: the last word is never looked at',
    after: `export function longest(words) {
  let best = '';
  for (let i = 0; i < words.length; i++) {
    if (words[i].length > best.length) best = words[i];
  }
  return best;
}
`,
    accepts: (text) => /i <= words\.length - 1;|for \(const \w+ of words\)/.test(text),
  },
  {
    name: 'check an argument',
    file: 'take.ts',
    before: `export function take<T>(list: T[], count: number): T[] {
  return list.slice(0, count);
}
`,
    at: 'return',
    instruction: "throw new RangeError('count') if count is negative",
    after: `export function take<T>(list: T[], count: number): T[] {
  if (count < 0) throw new RangeError('count');
  return list.slice(0, count);
}
`,
    accepts: (text) =>
      /if \(count < 0\)\s*\{\s*throw new RangeError\('count'\);?\s*\}\s*return list\.slice\(0, count\);/.test(text),
  },
  {
    name: 'give a default',
    file: 'hello.js',
    before: `export function hello(name, greeting) {
  return greeting + ', ' + name + '!';
}
`,
    at: 'return',
    instruction: "greeting is 'Hello' where it is not given; change nothing else",
    after: `export function hello(name, greeting = 'Hello') {
  return greeting + ', ' + name + '!';
}
`,
  },
  {
    name: 'use an f-string',
    file: 'label.py',
    before: `def label(item):
    price = round(item.price, 2)
    return item.name + ": " + str(price) + " EUR"
`,
    at: 'return',
    instruction: 'use an f-string in place of the concatenation',
    after: `def label(item):
    price = round(item.price, 2)
    return f"{item.name}: {price} EUR"
`,
    accepts: (text) => text.includes(`return f'{item.name}: {price} EUR'`),
  },
  {
    name: 'write a comprehension',
    file: 'names.py',
    before: `def names(users):
    result = []
    for user in users:
        if user.active:
            result.append(user.name)
    return result
`,
    at: 'for user',
    instruction: 'write it as one list comprehension that is returned directly',
    after: `def names(users):
    return [user.name for user in users if user.active]
`,
  },
  {
    name: 'make it asynchronous',
    file: 'load.ts',
    before: `export function load(url: string): Promise<Item[]> {
  return fetch(url).then((response) => response.json());
}
`,
    at: 'return',
    instruction: 'use async and await',
    after: `export async function load(url: string): Promise<Item[]> {
  const response = await fetch(url);
  return response.json();
}
`,
    accepts: (text) =>
      /export async function load/.test(text) && /await fetch\(url\)/.test(text) && !text.includes('.then('),
  },
  {
    name: 'handle the empty case',
    file: 'users.tsx',
    before: `export function Users({ users }: { users: User[] }) {
  return (
    <ul>
      {users.map((user) => (
        <li key={user.id}>{user.name}</li>
      ))}
    </ul>
  );
}
`,
    at: 'return',
    instruction: 'return <p>No users yet</p> before anything else if users is empty',
    after: `export function Users({ users }: { users: User[] }) {
  if (users.length === 0) return <p>No users yet</p>;
  return (
    <ul>
      {users.map((user) => (
        <li key={user.id}>{user.name}</li>
      ))}
    </ul>
  );
}
`,
    accepts: (text) =>
      /if \((users\.length === 0|!users\.length|users\.length < 1)\)\s*(\{\s*)?return <p>No users yet<\/p>;/.test(
        text,
      ) && text.includes('<li key={user.id}>{user.name}</li>'),
  },
  {
    name: 'document',
    file: 'clamp.ts',
    before: `export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
`,
    at: 'return',
    instruction: 'document the function with a JSDoc comment above it; change no code',
    accepts: (text) =>
      /^\/\*\*[\s\S]*?\*\/\nexport function clamp\(value: number, low: number, high: number\): number \{\n {2}return Math\.min\(Math\.max\(value, low\), high\);\n\}\n$/.test(
        text,
      ),
  },
];

/** In the order in which they are tried. */
export const allCases: readonly EvalCase[] = [...shortCases, ...longCases];

/** An edit whose answer takes a while, to be stopped in the middle. */
export const interrupted: EvalCase = {
  ...longCases[0]!,
  name: 'interrupted',
  file: 'interrupted.ts',
  instruction: 'put a comment above every statement that says what it does',
};
