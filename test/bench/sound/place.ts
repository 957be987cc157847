// One function in a file, with what the edits ask about its syntax and its lines. All offsets are UTF-16 offsets of the file.

import type { Node } from 'web-tree-sitter';
import type { Span } from '../../../server/text/span.ts';
import type { Language } from './languages.ts';
import type { Random } from './random.ts';

/** Of texts whose lines are not indented with the code around them. */
const literalTypes = ['template_string', 'string', 'raw_string_literal', 'string_literal', 'comment'];

export class Place {
  readonly language: Language;
  readonly text: string;
  readonly node: Node;
  readonly random: Random;
  /** One step of indentation. */
  readonly unit: string;
  readonly #byType = new Map<string, Node[]>();

  constructor({ language, text, node, random }: Pick<Place, 'language' | 'text' | 'node' | 'random'>) {
    this.language = language;
    this.text = text;
    this.node = node;
    this.random = random;
    this.#collect(node);
    this.unit = this.#unitOf();
  }

  /** The nodes of these types in the function, itself included, in order. */
  all(types: readonly string[]): Node[] {
    return types.flatMap((type) => this.#byType.get(type) ?? []);
  }

  textOf({ startIndex, endIndex }: Node): string {
    return this.text.slice(startIndex, endIndex);
  }

  lineStart(offset: number): number {
    return this.text.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Before the line break. */
  lineEnd(offset: number): number {
    const end = this.text.indexOf('\n', offset);
    return end < 0 ? this.text.length : end;
  }

  indentAt(offset: number): string {
    return /^[ \t]*/.exec(this.text.slice(this.lineStart(offset), offset))![0];
  }

  /** The lines of a node that shares them with nothing but a comma, a semicolon or a comment behind it. */
  linesOf({ startIndex, endIndex }: Node): Span | undefined {
    const from = this.lineStart(startIndex);
    const to = this.lineEnd(endIndex);
    const isAlone =
      this.text.slice(from, startIndex).trim() === '' && /^[;,]?\s*((\/\/|#).*)?$/.test(this.text.slice(endIndex, to));
    return isAlone ? { from, to } : undefined;
  }

  /** The statements of a block, if each has lines of its own. */
  statements(block: Node): { node: Node; lines: Span }[] {
    const found = block.namedChildren
      .flatMap((child) => (child?.type === 'statement_list' ? child.namedChildren : [child]))
      .filter((child) => child !== null && !/comment/.test(child.type))
      .map((node) => ({ node: node!, lines: this.linesOf(node!)! }));
    return found.every(({ lines }) => lines) ? found : [];
  }

  /** The blocks with statements on lines of their own. */
  blocks(): Node[] {
    return this.all(['statement_block', 'block']).filter((block) => this.statements(block).length > 0);
  }

  /** Whole lines with another indentation, but for those that begin inside a string. */
  shifted({ from, to }: Span, indent: (line: string) => string): string {
    const inside = this.all(literalTypes).filter((node) => node.startPosition.row < node.endPosition.row);
    let at = from;
    return this.text
      .slice(from, to)
      .split('\n')
      .map((line) => {
        const isInside = inside.some(({ startIndex, endIndex }) => startIndex < at && at < endIndex);
        at += line.length + 1;
        return isInside || line.trim() === '' ? line : indent(line);
      })
      .join('\n');
  }

  indented(span: Span): string {
    return this.shifted(span, (line) => this.unit + line);
  }

  /** One step less, or as far as the lines go. */
  dedented(span: Span, unit = this.unit): string {
    return this.shifted(span, (line) => (line.startsWith(unit) ? line.slice(unit.length) : line.trimStart()));
  }

  /** Lines of a template, in which a tab is one step of indentation, at `indent`. */
  lines(template: string, indent: string): string {
    return template
      .split('\n')
      .map((line) => indent + line.replaceAll('\t', this.unit))
      .join('\n');
  }

  #collect(node: Node): void {
    const list = this.#byType.get(node.type);
    if (list) list.push(node);
    else this.#byType.set(node.type, [node]);
    for (const child of node.namedChildren) if (child) this.#collect(child);
  }

  /** The indentation of the body beyond that of the function, else what is usual. */
  #unitOf(): string {
    const outer = this.indentAt(this.node.startIndex);
    const own = this.blocks().find(({ parent }) =>
      [parent, parent?.parent?.parent].some((each) => each?.equals(this.node)),
    );
    const inner = own ? this.indentAt(this.statements(own)[0]!.node.startIndex) : '';
    if (inner.startsWith(outer) && inner.length > outer.length) return inner.slice(outer.length);
    if (outer.startsWith('\t') || this.language.family === 'go') return '\t';
    return this.language.family === 'script' ? '  ' : '    ';
  }
}
