// What single lines declare, in the words of many languages, and what only looks like it.

import { describe, expect, it } from 'vitest';
import { declarationIn } from '../../../server/answer/shape/declared-names.ts';

const declaring: Record<string, readonly (readonly [line: string, kind: string, name: string])[]> = {
  'TypeScript and JavaScript': [
    ['export function net(a: number) {', 'function', 'net'],
    ['async function* gen() {', 'function', 'gen'],
    ['export /*@__PURE__*/ function $new<T>(', 'function', '$new'],
    ['export default class Foo extends Bar {', 'container', 'Foo'],
    ['export default function () {', 'function', 'default'],
    ['export const f = (', 'function', 'f'],
    ['const f: (a: number) => void = (a) => {', 'function', 'f'],
    ['const x = useCallback(() => {', 'value', 'x'],
    ['total(rate: number): Promise<void> {', 'function', 'total'],
    ['match(path: string): Result {', 'function', 'match'],
    ['private async load(', 'function', 'load'],
    ['get size(): number {', 'function', 'get size'],
    ['#secret(a) {', 'function', '#secret'],
    ['name: async (a) => {', 'function', 'name'],
    ['foo = function (a) {', 'function', 'foo'],
    ['interface X {', 'container', 'X'],
    ['export type Y<T> = string;', 'container', 'Y'],
    ["describe('sums', () => {", 'container', 'sums'],
    ["it.concurrent('adds', async () => {", 'test', 'adds'],
  ],
  Python: [
    ['    async def total(self, rate):', 'function', 'total'],
    ['class A(B):', 'container', 'A'],
  ],
  Go: [
    ['func F(a int) int {', 'function', 'F'],
    ['func (s *Stack[T]) Push(a T) {', 'function', 'Stack.Push'],
    ['type X struct {', 'container', 'X'],
  ],
  Rust: [
    ['pub(crate) async fn foo<T>(a: T) -> X {', 'function', 'foo'],
    ["impl<'a> Iterator for X<'a> where X: Y {", 'container', 'impl Iterator for X'],
    ['macro_rules! foo {', 'function', 'foo'],
    ['mod tests {', 'container', 'tests'],
  ],
  'C, C++, Java, C#': [
    ['int main(int argc, char **argv) {', 'function', 'main'],
    ['std::vector<int> Foo::bar(const X& a) const {', 'function', 'Foo::bar'],
    ['@Override public void add(int a) throws IOException {', 'function', 'add'],
    ['public int Sum(int a) => a + 1;', 'function', 'Sum'],
    ['public static class Foo {', 'container', 'Foo'],
  ],
  others: [
    ['local function add(a, b)', 'function', 'add'],
    ['function M:foo(a)', 'function', 'M:foo'],
    ['def self.foo?(a)', 'function', 'self.foo?'],
    ['defp foo(a) do', 'function', 'foo'],
    ['defmodule A.B do', 'container', 'A.B'],
    ['fun <T> List<T>.foo(x: T) {', 'function', 'List<T>.foo'],
    ['(defn foo [a]', 'function', 'foo'],
    ['sub foo {', 'function', 'foo'],
    ['foo <- function(a) {', 'function', 'foo'],
    ['foo() {', 'function', 'foo'],
    ['CREATE OR REPLACE FUNCTION foo(a int)', 'function', 'foo'],
  ],
};

describe.each(Object.entries(declaring))('%s', (_, lines) => {
  it.each(lines)('%s', (line, kind, name) => {
    expect(declarationIn(line)).toEqual({ kind, name });
  });
});

describe('no declaration', () => {
  it.each([
    'if (a) {',
    '} else if (x) {',
    'for (const x of y) {',
    'match (a, b) {',
    'return foo(a);',
    'return function (a) {',
    'foo(a, b);',
    'await foo(() => {',
    'useEffect(() => {',
    'items.map((a) => {',
    'this.x = 3',
    'self.items = []',
    '// function foo() {',
    '# def foo',
    'const { a, b } = c;',
    'let Some(x) = foo() else {',
    'a: 3,',
    'onChange: (v: string) => void;',
    'type = 3',
    'with open(x) as f:',
    'if err := foo(); err != nil {',
    "import { x } from 'y';",
  ])('%s', (line) => {
    expect(declarationIn(line)).toBeUndefined();
  });
});
