// Keeps what stands in front of the scope's declaration where the model dropped it unasked: decorators, the doc comment, `export` and the like.

import { indentOf } from '../../text/lines.ts';
import { type LineStage, noLines, passLine, reject, type StageOutput } from '../line-stage.ts';
import { declarationIn } from '../shape/declared-names.ts';
import type { Surroundings } from '../surroundings.ts';
import { askedOf, speaksOfName } from './head-asked.ts';
import { type HeadPart, HeadReader, inlineDecorators } from './head-parts.ts';
import { KeptDocstring } from './kept-docstring.ts';

/** How an access begins. Not `static` or `async`: these say what the declaration is. */
const visibility =
  /^(?:export\s+default\s+|export\s+|pub(?:\s*\([^)]*\))?\s+|public\s+|protected\s+|private\s+|internal\s+|fileprivate\s+)/;
/** A comment, a decorator, an attribute, or a part of one of these. */
const mayStandInFront = /^\s*(?:[@#*/[(<"'`%;]|--|\W*$)/;
/** Lines of a head that are held at most. */
const maxHeld = 400;

/** The first declaration of the scope: what is in front of it, by lines, and its own line. */
interface Head {
  readonly parts: readonly HeadPart[];
  readonly lines: readonly string[];
  readonly header: string;
  readonly name: string;
}

/**
 * `head`: all lines so far are of the head, `passed` of them are the scope's and are out. `body`: the docstring may still be missing. `exported`: `export` was kept. `other`: something else was
 * declared first, and the scope's own declaration may follow. */
type State =
  | { readonly kind: 'begin' | 'plain' }
  | { readonly kind: 'head'; readonly base: Head; readonly reader: HeadReader; passed: number; readonly held: string[] }
  | { readonly kind: 'body'; readonly docstring: KeptDocstring }
  | { readonly kind: 'exported'; readonly isAgain: RegExp }
  | { readonly kind: 'other'; readonly base: Head };

export interface KeptHeadOptions {
  readonly base: string;
  readonly surroundings: Surroundings;
}

export class KeptHead implements LineStage {
  readonly #base: string;
  readonly #surroundings: Surroundings;
  readonly #putRight: string[] = [];
  #state: State = { kind: 'begin' };

  /** `base`: the scope's text. The lines are expected in the indentation of the document already. */
  constructor({ base, surroundings }: KeptHeadOptions) {
    this.#base = base;
    this.#surroundings = surroundings;
  }

  get isPlain(): boolean {
    const { kind } = this.#state;
    return kind === 'plain' || kind === 'exported' || kind === 'other';
  }

  get isSettled(): boolean {
    return this.#state.kind === 'plain';
  }

  get putRight(): readonly string[] {
    return this.#putRight;
  }

  push(line: string): StageOutput {
    const state = this.#state;
    if (state.kind === 'plain') return passLine(line);
    if (state.kind === 'body') return this.#body(state.docstring, line);
    if (state.kind === 'other') return this.#other(state.base, line);
    if (state.kind === 'exported') return this.#exported(state.isAgain, line);
    if (state.kind === 'head') return this.#head(state, line);
    return line.trim() === '' ? passLine(line) : this.#begin(line);
  }

  finish(): StageOutput {
    return this.#state.kind === 'head' ? { lines: this.#state.held.splice(0) } : noLines;
  }

  #begin(line: string): StageOutput {
    if (this.#isHeader(line)) return this.#plain([line]);
    const base = headOf(this.#base, this.#surroundings.languageId);
    return base ? this.#beginHead(base, line) : this.#plain([line]);
  }

  /** Whether the answer begins as a scope does that has nothing in front of its declaration, and no docstring in it. */
  #isHeader(line: string): boolean {
    const base = this.#base;
    const start = base.length - base.trimStart().length;
    const isSame =
      base.startsWith(line.trim(), start) &&
      /^\r?(?:\n|$)/.test(base.slice(start + line.trim().length, start + line.trim().length + 2));
    return isSame && this.#surroundings.languageId !== 'python' && !mayStandInFront.test(line);
  }

  #beginHead(base: Head, line: string): StageOutput {
    const state = {
      kind: 'head' as const,
      base,
      reader: new HeadReader(this.#surroundings.languageId),
      passed: 0,
      held: [],
    };
    this.#state = state;
    return this.#head(state, line);
  }

  /** Only a line where the scope's declaration stands can begin its head, or be it. */
  #other(base: Head, line: string): StageOutput {
    const indent = indentOf(base.header);
    const isOutermost = line.startsWith(indent) && /^[^\s)\]}]/.test(line.slice(indent.length));
    return isOutermost ? this.#beginHead(base, line) : passLine(line);
  }

  #head(state: State & { kind: 'head' }, line: string): StageOutput {
    const { base, reader, held } = state;
    if (!reader.push(line)) return this.#header(state, line);
    if (held.length === 0 && base.lines[state.passed] === line) {
      state.passed++;
      return passLine(line);
    }
    held.push(line);
    return held.length > maxHeld ? this.#plain(held) : noLines;
  }

  #header({ base, reader, passed, held }: State & { kind: 'head' }, line: string): StageOutput {
    const { languageId } = this.#surroundings;
    const isSame = nameOf(line, languageId) === base.name;
    if (!isSame) {
      this.#state = { kind: 'other', base };
      return { lines: [...held, line] };
    }
    const passedLines = base.lines.slice(0, passed);
    const head = this.#mergedHead(base, reader.parts, line);
    const isOn = passedLines.every((each, i) => each === head[i]);
    const header = this.#mergedHeader(base, line);
    const lines = isOn ? head.slice(passed) : held;
    this.#state = this.#behind(base, header, header !== line);
    if (this.#state.kind !== 'body') return { lines: [...lines, header] };
    return { lines: [...lines, ...this.#body(this.#state.docstring, header).lines] };
  }

  /** What the lines behind the declaration are looked at for. */
  #behind(base: Head, header: string, isChanged: boolean): State {
    const docstring = askedOf(this.#surroundings.instruction).comments
      ? undefined
      : KeptDocstring.of(this.#base, base.header);
    if (docstring) return { kind: 'body', docstring };
    if (!isChanged || !header.trimStart().startsWith('export')) return { kind: 'plain' };
    return {
      kind: 'exported',
      isAgain: new RegExp(`^export\\s+(?:default\\b|\\{[^}]*\\b${escaped(base.name)}\\b)|^module\\.exports\\b`),
    };
  }

  #mergedHead(base: Head, parts: readonly HeadPart[], header: string): string[] {
    const kept = this.#keptParts(base, parts, header);
    const merged: HeadPart[] = [];
    const rest = [...parts];
    for (const part of base.parts) {
      if (kept.includes(part)) merged.push(part);
      const at = rest.findIndex((each) => isSamePart(each, part));
      if (at >= 0) merged.push(...rest.splice(0, at + 1));
    }
    for (const part of kept) this.#putRight.push(nounFor(part));
    // What is new in the answer stands in front of what was kept behind all that it has in common with the scope.
    return [...merged, ...rest].flatMap(({ lines }) => lines);
  }

  #keptParts(base: Head, parts: readonly HeadPart[], header: string): readonly HeadPart[] {
    const { instruction, languageId } = this.#surroundings;
    const asked = askedOf(instruction);
    const inline = inlineDecorators(header.trim(), languageId);
    const hasComment = parts.some(({ kind }) => kind === 'doc' || kind === 'remark');
    const isNewDecorator = ({ kind, name }: HeadPart) =>
      kind === 'decorator' && !base.parts.some((each) => each.name === name && each.kind === kind);
    const keepsDecorators = !asked.decorators && !parts.some(isNewDecorator) && inline === '';
    return base.parts.filter((part, i) => {
      if (part.kind === 'decorator')
        return (
          keepsDecorators && !parts.some((each) => isSamePart(each, part)) && !speaksOfName(instruction, part.name)
        );
      return !asked.comments && !hasComment && isDocumentation(base, i, languageId);
    });
  }

  #mergedHeader(base: Head, line: string): string {
    const { instruction, languageId } = this.#surroundings;
    const old = withoutDecorators(base.header, languageId);
    const now = withoutDecorators(line, languageId);
    const word = visibility.exec(old)?.[0];
    if (word === undefined || visibility.test(now) || askedOf(instruction).visibility) return line;
    this.#putRight.push(`\`${word.trim()}\``);
    return line.slice(0, line.length - now.length) + word + now;
  }

  #body(docstring: KeptDocstring, line: string): StageOutput {
    const lines = docstring.push(line);
    if (docstring.isDone) this.#state = { kind: 'plain' };
    if (lines.length > 1) this.#putRight.push('the docstring');
    return { lines };
  }

  #exported(isAgain: RegExp, line: string): StageOutput {
    return isAgain.test(line) ? reject(`the answer exports in another place: ${line.trim()}`) : passLine(line);
  }

  #plain(lines: readonly string[]): StageOutput {
    this.#state = { kind: 'plain' };
    return { lines };
  }
}

function headOf(base: string, languageId: string): Head | undefined {
  const lines = base.split(/\r?\n/);
  const from = lines.findIndex((line) => line.trim() !== '');
  const reader = new HeadReader(languageId);
  for (let at = Math.max(0, from); at < lines.length; at++) {
    if (reader.push(lines[at]!)) continue;
    const header = lines[at]!;
    const name = nameOf(header, languageId);
    return name === undefined ? undefined : { parts: reader.parts, lines: lines.slice(from, at), header, name };
  }
  return undefined;
}

function nameOf(header: string, languageId: string): string | undefined {
  return declarationIn(withoutDecorators(header, languageId).trim())?.name;
}

function withoutDecorators(line: string, languageId: string): string {
  const text = line.slice(indentOf(line).length);
  return text.slice(inlineDecorators(text, languageId).length);
}

/** A comment directly above the declaration that documents it; what is still to be done is none. */
function isDocumentation({ parts, name }: Head, at: number, languageId: string): boolean {
  const part = parts[at]!;
  const isDoc = part.kind === 'doc' || (languageId === 'go' && part.kind === 'remark' && isGoDoc(part, name));
  if (!isDoc || part.lines.some((line) => /\b(?:TODO|FIXME|XXX|HACK)\b/.test(line))) return false;
  return parts.slice(at + 1).every(({ kind }) => kind === 'decorator');
}

const isGoDoc = ({ lines }: HeadPart, name: string): boolean =>
  new RegExp(`^\\s*// ${escaped(name)}\\b`).test(lines[0]!);

const isSamePart = (a: HeadPart, b: HeadPart): boolean =>
  a.kind === b.kind && (a.kind !== 'decorator' || a.name === b.name);

function nounFor({ kind, name, lines }: HeadPart): string {
  if (kind !== 'decorator') return 'the doc comment';
  const first = lines[0]!.trim();
  return first.startsWith('@') ? `the decorator \`@${name}\`` : `the attribute \`${first.slice(0, 60)}\``;
}

const escaped = (name: string): string => name.replace(/[$#~]/g, '\\$&');
