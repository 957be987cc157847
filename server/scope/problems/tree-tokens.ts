// What a tree shows of one part of its text that tells what is wrong in it: brackets, error nodes, quotes that begin no string, strings that end too late.

import type { TreeCursor } from 'web-tree-sitter';
import type { Span } from '../../text/span.ts';
import type { ParsedText } from '../parsed-text.ts';
import type { Bracket } from './bracket-problems.ts';

/** An ERROR or MISSING node. */
export interface ErrorNode extends Span {
  readonly type: string;
  readonly isMissing: boolean;
  /** MISSING only: whether it stands for a word of the grammar such as `)`. */
  readonly isLiteral: boolean;
  /** Types of the nodes around it, innermost first. */
  readonly around: readonly string[];
  /** Whether another one is in it. */
  hasInner: boolean;
  /** Where the last token in it begins. */
  lastToken: number;
}

export interface TreeTokens {
  readonly brackets: readonly Bracket[];
  readonly errors: readonly ErrorNode[];
  /** Tokens that open strings or comments and stand alone in an ERROR node. */
  readonly loose: readonly Span[];
  /** Strings and comments with a line break in them, or that end behind the part. */
  readonly long: readonly Span[];
}

/** Nodes that are looked at: those of a few thousand lines. */
const maxNodes = 60_000;
/** Of each kind but brackets: the first is what counts. */
const maxKept = 100;
/** Nodes around an error that say what it is in. */
const maxAround = 12;

const bracketTypes = new Map([...'()[]{}'].map((char) => [char, char] as const)).set('${', '{').set('#{', '{');
const opensLiteral = /^(?:["'`/]|"""|'''|\/\*|string_start)$/;
const isLiteral = /comment|string(?!_fragment|_start|_end|_content)|template(?!_)|^template_string$/;

/** Those that begin within `span` (UTF-16 offsets), and the ERROR nodes around it; undefined if that is too much to look at. */
export function treeTokens(parsed: ParsedText, span: Span): TreeTokens | undefined {
  const cursor = parsed.tree.walk();
  try {
    const collector = new Collector(parsed.text, span);
    return collector.collect(cursor) ? collector : undefined;
  } finally {
    cursor.delete();
  }
}

class Collector implements TreeTokens {
  readonly brackets: Bracket[] = [];
  readonly errors: ErrorNode[] = [];
  readonly loose: Span[] = [];
  readonly long: Span[] = [];
  readonly #text: string;
  readonly #span: Span;
  /** Types and ERROR nodes around the cursor, outermost first. */
  readonly #around: { readonly type: string; readonly error: ErrorNode | undefined }[] = [];

  constructor(text: string, span: Span) {
    this.#text = text;
    this.#span = span;
  }

  /** Whether all could be looked at. */
  collect(cursor: TreeCursor): boolean {
    for (let left = maxNodes; left > 0; left--) {
      const from = cursor.startIndex;
      if (from > this.#span.to) return true;
      const isAround = cursor.endIndex >= this.#span.from;
      if (isAround && (from >= this.#span.from || cursor.nodeType === 'ERROR')) this.#meet(cursor, from);
      if (isAround && this.#enter(cursor)) continue;
      while (!cursor.gotoNextSibling()) {
        this.#around.pop();
        if (!cursor.gotoParent()) return true;
      }
    }
    return false;
  }

  #enter(cursor: TreeCursor): boolean {
    const { nodeType: type, startIndex } = cursor;
    if (!cursor.gotoFirstChild()) return false;
    const last = this.errors.at(-1);
    this.#around.push({ type, error: type === 'ERROR' && last?.from === startIndex ? last : undefined });
    return true;
  }

  #meet(cursor: TreeCursor, from: number): void {
    const { nodeType: type, endIndex: to, nodeIsMissing: isMissing } = cursor;
    if ((type === 'ERROR' || isMissing) && this.errors.length < maxKept)
      this.#meetError({ type, from, to, isMissing, isLiteral: !cursor.nodeIsNamed });
    if (isMissing) return;
    if (isLiteral.test(type)) this.#meetLiteral({ from, to });
    for (const { error } of this.#near()) if (error && to > from) error.lastToken = from;
    const char = bracketTypes.get(type);
    if (char) this.brackets.push({ char, at: from });
    else if (this.#around.at(-1)?.type === 'ERROR' && opensLiteral.test(type)) this.#keep(this.loose, { from, to });
  }

  #meetError(node: Omit<ErrorNode, 'around' | 'hasInner' | 'lastToken'>): void {
    const near = this.#near();
    for (const { error } of near) if (error) error.hasInner = true;
    const around = near.map(({ type }) => type).reverse();
    this.errors.push({ ...node, around, hasInner: false, lastToken: node.from });
  }

  #meetLiteral({ from, to }: Span): void {
    if (to > this.#span.to || /[\r\n]/.test(this.#text.slice(from, to))) this.#keep(this.long, { from, to });
  }

  #keep(kept: Span[], one: Span): void {
    if (kept.length < maxKept) kept.push(one);
  }

  #near() {
    return this.#around.slice(-maxAround);
  }
}
