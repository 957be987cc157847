// Tells lines that only comment from lines of code, in any language, by their text alone: a guess where a language is unknown.

import { isProseLanguage } from '../text/language-kinds.ts';

/** `filler`: a statement that does nothing (`pass`, `...`), which stands for left-out code where a comment says so beside it. */
export type LineKind = 'comment' | 'filler' | 'code';

/** How comments look that take a whole line. */
interface CommentLook {
  /** The start of a trimmed line that is one. */
  readonly line: RegExp;
  /** What opens and closes those that may go on over lines. */
  readonly blocks: readonly (readonly [open: string, close: string])[];
}

const cBlock = ['/*', '*/'] as const;
const markupBlock = ['<!--', '-->'] as const;
const mlBlock = ['(*', '*)'] as const;
const docBlocks = [['"""', '"""'] as const, ["'''", "'''"] as const];

const none = /^(?!)/;
const slashes: CommentLook = { line: /^\/\//, blocks: [cBlock, markupBlock] };
const hash: CommentLook = { line: /^#(?!!)/, blocks: docBlocks };
const either: CommentLook = { line: /^(?:\/\/|#(?![[!]))/, blocks: [cBlock] };
const dashes: CommentLook = { line: /^--/, blocks: [cBlock, ['--[[', ']]'], ['{-', '-}']] };
const semicolons: CommentLook = { line: /^;/, blocks: [['#|', '|#']] };
const percent: CommentLook = { line: /^%/, blocks: [['%{', '%}'], cBlock] };
const ml: CommentLook = { line: /^\/\//, blocks: [mlBlock] };
const basic: CommentLook = { line: /^(?:'|(?:@?rem|::)(?!\w))/i, blocks: [] };

/**
 * Any of them, where they can be told from code without knowing the language: not what the C preprocessor takes, a selector of CSS, an attribute of Rust, a decrement
 * or a string.
 */
const any: CommentLook = {
  line: /^(?:\/\/|#+(?:\s(?!\s*(?:include|define|undef|if|ifn?def|el(?:se|if)|endif|pragma)\b)|$|[^\p{ASCII}])|--+(?:\s|$|[^\p{ASCII}])|;|%+(?:\s|$|[^\p{ASCII}])|'(?!.*')|(?:@?rem|::)(?!\S))/iu,
  blocks: [cBlock, markupBlock, mlBlock, ['--[[', ']]'], ...docBlocks],
};

const looks = new Map<string, CommentLook>(
  (
    [
      [
        slashes,
        'typescript typescriptreact javascript javascriptreact c cpp csharp java kotlin swift go rust dart scala groovy zig objective-c solidity css scss less ' +
          'jsonc json5 vue svelte astro html xml svg proto proto3 glsl hlsl wgsl verilog systemverilog d',
      ],
      [
        hash,
        'python ruby shellscript bash sh zsh fish yaml toml perl r elixir makefile dockerfile gdscript julia powershell coffeescript crystal tcl cmake ' +
          'properties dotenv graphql starlark nim awk',
      ],
      [either, 'php terraform hcl nix'],
      [dashes, 'lua sql haskell elm ada vhdl applescript'],
      [semicolons, 'lisp commonlisp clojure scheme racket emacs-lisp elisp asm ini llvm'],
      [percent, 'erlang matlab octave prolog latex tex'],
      [ml, 'ocaml fsharp pascal'],
      [basic, 'vb vba basic bat'],
    ] as const
  ).flatMap(([look, names]) => names.split(' ').map((name) => [name, look] as const)),
);

const prose: CommentLook = { line: none, blocks: [markupBlock] };

function lookOf(languageId: string): CommentLook {
  return looks.get(languageId) ?? (isProseLanguage(languageId) ? prose : any);
}

const filler = /^(?:pass|\.{3}|…);?/;

/** The kind of each line; blank ones count as code, or as what they stand in. `lines` are in their order: a comment, or a string, may go on over several. */
export function lineKinds(lines: readonly string[], languageId: string): LineKind[] {
  const scan = new Scan(lookOf(languageId));
  return lines.map((line) => scan.next(line.trim()));
}

/** What has to come before lines are of another kind than those before it. */
interface Open {
  readonly kind: 'comment' | 'code';
  readonly close: string;
}

class Scan {
  readonly #look: CommentLook;
  #open: Open | undefined;

  constructor(look: CommentLook) {
    this.#look = look;
  }

  /** `line`: trimmed. */
  next(line: string): LineKind {
    if (this.#open) return this.#goOn(line, this.#open);
    const text = line.replace(/^\{(?=\/\*)/, '');
    const block = this.#look.blocks.find(([open]) => text.startsWith(open));
    if (block) return this.#block(text.slice(block[0].length), block[1]);
    if (this.#look.line.test(text)) return 'comment';
    const rest = filler.test(text) ? text.replace(filler, '').trim() : undefined;
    if (rest === '') return 'filler';
    if (rest !== undefined && this.#look.line.test(rest)) return 'comment';
    this.#openString(text);
    return 'code';
  }

  #block(rest: string, close: string): LineKind {
    const at = rest.indexOf(close);
    if (at < 0) this.#open = { kind: 'comment', close };
    return at < 0 || isOver(rest.slice(at + close.length)) ? 'comment' : 'code';
  }

  #goOn(line: string, { kind, close }: Open): LineKind {
    const at = line.indexOf(close);
    if (at < 0) return kind;
    this.#open = undefined;
    return isOver(line.slice(at + close.length)) ? kind : 'code';
  }

  /** A string of several lines that begins in code is code. */
  #openString(line: string): void {
    for (const [open, close] of this.#look.blocks)
      if (open === close && line.split(open).length % 2 === 0) this.#open = { kind: 'code', close };
  }
}

/** Whether nothing but what closes a comment in markup follows. */
function isOver(rest: string): boolean {
  return /^[\s};]*$/.test(rest);
}

/** UTF-16 units in which a comment is closed: a long row of stars takes the square of its length. */
const maxClosing = 200;

/** What a comment says: without its signs. */
export function commentText(line: string): string {
  const text = line
    .trim()
    .replace(
      /^(?:(?:pass|\.{3}|…);?\s*)?(?:\{?\/\*+|\/\/+[!/]?|#+|--+|;+|%+|<!--+|\(\*+|\*+(?=\s)|'+|"""|(?:@?rem|::)\s)\s*/i,
      '',
    );
  const end = Math.max(0, text.length - maxClosing);
  return text.slice(0, end) + text.slice(end).replace(/\s*(?:\*+\/\}?|--+>|\*+\)|"""|''')$/, '');
}
