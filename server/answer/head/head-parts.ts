// What stands in front of a declaration and belongs to it: doc comments, decorators, attributes; read line by line.

import { isRemark } from '../indentation/indentation-units.ts';

/** `doc`: a comment that documents what follows. `remark`: any other one. `decorator`: a decorator, an attribute or an annotation, which `name` tells apart from others. */
export interface HeadPart {
  readonly kind: 'doc' | 'remark' | 'decorator' | 'blank';
  readonly name: string;
  readonly lines: readonly string[];
}

const decorator = /^@(?!interface\b|media\b|import\b)([\w.]+)/;
const attribute = /^#!?\[\s*([\w:]+)/;
/** C#: elsewhere a list may begin so. */
const sharpAttribute = /^\[\s*(?:\w+:\s*)?([\w.]+)[^\]]*\]$/;
const docLine = /^(?:\/\/[/!](?!\/)|#:|---)/;

/** UTF-16 units of a line that is looked at: the time of the patterns grows faster than the line. */
const maxLine = 500;

export class HeadReader {
  readonly #languageId: string;
  readonly #parts: HeadPart[] = [];
  /** What the part that has begun ends with: a text, or as many closing brackets as were opened. */
  #open: { readonly end: string } | { depth: number } | undefined;

  constructor(languageId: string) {
    this.#languageId = languageId;
  }

  get parts(): readonly HeadPart[] {
    return this.#parts;
  }

  /** Whether `line` belongs to the head. The first line that does not is the declaration; push no more then. */
  push(line: string): boolean {
    const text = line.trim();
    if (this.#open) return this.#continue(this.#open, line);
    if (text === '') return this.#add('blank', '', line);
    if (text.length > maxLine) return false;
    if (text.startsWith('/*')) return this.#block(text, line);
    if (docLine.test(text)) return this.#add('doc', text.slice(0, 3), line);
    if (text.startsWith('--') && this.#parts.at(-1)?.name === '---') return this.#add('doc', '---', line);
    const name = this.#decoratorName(text);
    if (name !== undefined) return this.#decorator(name, text, line);
    return isRemark(text) && this.#add('remark', '', line);
  }

  #decoratorName(text: string): string | undefined {
    const found = decorator.exec(text) ?? attribute.exec(text);
    if (found) return found[1]!;
    return this.#languageId === 'csharp' ? sharpAttribute.exec(text)?.[1] : undefined;
  }

  #block(text: string, line: string): boolean {
    const end = text.indexOf('*/', 2);
    if (end >= 0 && end + 2 < text.length) return false;
    if (end < 0) this.#open = { end: '*/' };
    return this.#add(/^\/\*\*(?!\*)/.test(text) ? 'doc' : 'remark', 'block', line, false);
  }

  #decorator(name: string, text: string, line: string): boolean {
    const rest = inlineDecorators(text, this.#languageId);
    const depth = depthOf(text);
    if (/^@\w+\s+~?\w?"""$/.test(text)) this.#open = { end: '"""' };
    else if (depth > 0 && rest === '') this.#open = { depth };
    else if (!/^(?:$|\/\/|#\s)/.test(text.slice(rest.length).trim())) return false;
    return this.#add('decorator', name, line, false);
  }

  #continue(open: { readonly end: string } | { depth: number }, line: string): boolean {
    const last = this.#parts.at(-1)!;
    this.#parts[this.#parts.length - 1] = { ...last, lines: [...last.lines, line] };
    if ('end' in open) {
      if (line.includes(open.end)) this.#open = undefined;
      return true;
    }
    open.depth += depthOf(line);
    if (open.depth <= 0) this.#open = undefined;
    return true;
  }

  /** Comments of single lines that follow each other are one. */
  #add(kind: HeadPart['kind'], name: string, line: string, joins = kind === 'doc' || kind === 'remark'): boolean {
    const last = this.#parts.at(-1);
    if (joins && last?.kind === kind && last.name === name)
      this.#parts[this.#parts.length - 1] = { ...last, lines: [...last.lines, line] };
    else this.#parts.push({ kind, name, lines: [line] });
    return true;
  }
}

/** The decorators and attributes that a line, trimmed, begins with, with the blanks behind them; '' if one of them goes on in the next line. */
export function inlineDecorators(text: string, languageId: string): string {
  if (text.length > maxLine) return '';
  if (languageId === 'elixir' && text.startsWith('@')) return text;
  let at = 0;
  for (;;) {
    const begun = /^(?:@(?!interface\b)[\w.]+|#!?(?=\[))\s*/.exec(text.slice(at))?.[0];
    if (begun === undefined) break;
    at += begun.length;
    if (text[at] !== '(' && text[at] !== '[') continue;
    const end = closingOf(text, at);
    if (end === undefined) return '';
    at = end + 1 + /^\s*/.exec(text.slice(end + 1))![0].length;
  }
  return at === 0 && languageId === 'csharp' && sharpAttribute.test(text) ? text : text.slice(0, at);
}

function closingOf(text: string, at: number): number | undefined {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    if (/[([{]/.test(text[i]!)) depth++;
    else if (/[)\]}]/.test(text[i]!) && --depth === 0) return i;
  }
  return undefined;
}

function depthOf(text: string): number {
  let depth = 0;
  for (const char of text) {
    if (/[([{]/.test(char)) depth++;
    else if (/[)\]}]/.test(char)) depth--;
  }
  return depth;
}
