// Takes out of an answer's text what is not said to the user: thinking, and the tokens of chat templates. Text that the scope itself holds is code.

import { endsInString } from './open-string.ts';
import { mayBeginToken, type TemplateToken, thinkingEndAt, tokenAt, tokenStarts } from './template-tokens.ts';

/** A piece of the answer that is said. `restart`: all that came before it was not. `trims`: blanks at the end of what came before were not. */
export interface SpokenPiece {
  readonly text: string;
  readonly restart?: true;
  readonly trims?: true;
}

interface Known {
  /** What was said since the last token. */
  readonly before: string;
  /** Whether no more text comes. */
  readonly isWhole: boolean;
}

/** Most chunks hold none of these. */
const mayHoldToken = /[<[◁]/;

/** What stands behind a token at the end of a line: nothing, or another one. And what may still be that. */
const endsLine = /^[^\S\n]*(?:\n|<\||<｜)/;
const mayEndLine = /^[^\S\n]*<?$/;

type State = 'speaking' | 'thinking' | 'over';

export class SpokenText {
  readonly #base: string;
  readonly #hasTags: boolean;
  #state: State = 'speaking';
  /** What may be the beginning of a token. */
  #rest = '';
  /** What was said on the current line so far. */
  #line = '';
  #hasSpoken = false;
  /** Whether line breaks that come next belong to what was taken out. */
  #skipsBreaks = false;
  #blanks = '';
  /** Whether a strike-through was said. */
  #hasStrike = false;
  readonly #putRight = new Set<string>();

  /** `base`: the scope's text. `hasTags`: tags are code in its language, such as that of a strike-through, `<s>`. */
  constructor(base: string, hasTags: boolean) {
    this.#base = base;
    this.#hasTags = hasTags;
  }

  get isThinking(): boolean {
    return this.#state === 'thinking';
  }

  get putRight(): readonly string[] {
    return [...this.#putRight];
  }

  push(chunk: string): readonly SpokenPiece[] {
    if (this.#isPlain && !mayHoldToken.test(chunk)) return this.#sayPlain(chunk);
    const text = this.#rest + chunk;
    this.#rest = '';
    return this.#read(text, false);
  }

  /** What was held as the beginning of a token. */
  finish(): readonly SpokenPiece[] {
    const text = this.#rest;
    this.#rest = '';
    return this.#read(text, true);
  }

  /** Whether a chunk in which no token can begin is said as it is. */
  get #isPlain(): boolean {
    return this.#rest === '' && this.#state === 'speaking' && !this.#skipsBreaks;
  }

  #sayPlain(text: string): readonly SpokenPiece[] {
    this.#line = lastLine(this.#line, text);
    this.#hasSpoken ||= text.trim() !== '';
    return [{ text }];
  }

  #read(text: string, isWhole: boolean): SpokenPiece[] {
    const pieces: SpokenPiece[] = [];
    let from = 0;
    tokenStarts.lastIndex = 0;
    for (let start = tokenStarts.exec(text); start; start = tokenStarts.exec(text)) {
      const at = start.index;
      const mayGoOn = !isWhole && (mayBeginToken(text, at) || (this.#hasTags && isLastStrike(text, at)));
      const token = mayGoOn ? 'open' : this.#tokenAt(text, at, { before: text.slice(from, at), isWhole });
      if (!token || (token === 'open' && isWhole)) continue;
      if (token === 'open') {
        this.#say(pieces, text.slice(from, at));
        this.#rest = text.slice(at);
        return pieces;
      }
      this.#say(pieces, text.slice(from, at));
      from = at + token.text.length;
      this.#obey(token, pieces);
      tokenStarts.lastIndex = from;
    }
    this.#say(pieces, text.slice(from));
    return pieces;
  }

  /** The token at `at`, if it is one here; `open`: what follows tells. */
  #tokenAt(text: string, at: number, { before, isWhole }: Known): TemplateToken | 'open' | undefined {
    if (this.#state === 'thinking') return thinkingEndAt(text, at) ?? channelIn(tokenAt(text, at, false));
    if (this.#state === 'over') return channelIn(tokenAt(text, at, false));
    const isFirst = !this.#hasSpoken && before.trim() === '';
    const token = tokenAt(text, at, isFirst && !this.#hasTags);
    if (!token || this.#base.includes(token.text.trim())) return undefined;
    if (channelIn(token)) return token;
    const line = lastLine(this.#line, before);
    // One whose beginning was said on the same line is spoken of.
    if (token.kind === 'unthink')
      return /["'`]$/.test(line) || line.includes(token.text.replace('/', '')) ? undefined : token;
    if (isInString(line)) return undefined;
    if (token.kind === 'say') return this.#headOfTurn(token, isFirst, line.trim() === '');
    const behind = text.slice(at + token.text.length);
    if (token.text === '</s>' && this.#hasTags) return behind.trim() === '' && !this.#hasStrike ? token : undefined;
    if (line.trim() === '') return token;
    if (token.kind === 'think') return undefined;
    if (endsLine.test(behind) || (isWhole && behind.trim() === '')) return token;
    return mayEndLine.test(behind) ? 'open' : undefined;
  }

  /** A head is one at the start of the answer, or, unless its tag is one of documents too, of a line. */
  #headOfTurn(token: TemplateToken, isFirst: boolean, startsLine: boolean): TemplateToken | undefined {
    const isStrike = token.text === '<s>' && (this.#hasTags || !isFirst);
    this.#hasStrike ||= isStrike;
    const isHead = isFirst || (startsLine && /^<(?:[|｜]|start_of)/.test(token.text));
    return isHead && !isStrike ? token : undefined;
  }

  #obey(token: TemplateToken, pieces: SpokenPiece[]): void {
    const { kind } = token;
    if (kind === 'unthink' && this.#state === 'speaking') this.#restart(pieces, 'thinking in front of the answer');
    if (kind === 'say' && token.text.includes('<|channel|>') && this.#hasSpoken)
      this.#restart(pieces, 'thinking in front of the answer');
    this.#putRight.add(names[kind](token.text));
    if (kind === 'end' || this.#line.trim() === '') pieces.push({ text: '', trims: true });
    if (kind === 'think' || kind === 'mutter') this.#state = 'thinking';
    else if (kind === 'end') this.#state = this.#hasSpoken ? 'over' : 'speaking';
    else if (kind !== 'other') this.#state = 'speaking';
    this.#skipsBreaks = this.#state === 'speaking' && this.#line.trim() === '';
  }

  #restart(pieces: SpokenPiece[], what: string): void {
    this.#putRight.add(what);
    this.#line = '';
    this.#hasSpoken = false;
    pieces.splice(0, pieces.length, { text: '', restart: true });
  }

  /** `said` without line breaks at its start. What may be the blanks in front of one is held. */
  #withoutBreaks(said: string): string {
    const text = (this.#blanks + said).replace(/^(?:[^\S\n]*\n)+/, '');
    const isBlank = text.trim() === '';
    this.#blanks = isBlank ? text : '';
    return isBlank ? '' : text;
  }

  #say(pieces: SpokenPiece[], said: string): void {
    if (this.#state !== 'speaking' || said === '') return;
    const text = this.#skipsBreaks ? this.#withoutBreaks(said) : said;
    if (text === '') return;
    this.#skipsBreaks = false;
    pieces.push({ text });
    this.#line = lastLine(this.#line, text);
    this.#hasSpoken ||= text.trim() !== '';
  }
}

const names: Readonly<Record<TemplateToken['kind'], (text: string) => string>> = {
  think: (text) => `a ${text} block`,
  unthink: (text) => `a ${text.replace('/', '')} block`,
  mutter: () => 'thinking on a channel of its own',
  say: (text) => `the head ${text.trim()}`,
  end: (text) => `the token ${text}`,
  other: (text) => `the token ${text}`,
};

/** In another's turn, or in thinking, only the head of a message counts. */
function channelIn(token: TemplateToken | undefined): TemplateToken | undefined {
  return token?.kind === 'mutter' || (token?.kind === 'say' && token.text.includes('<|channel|>')) ? token : undefined;
}

/** What ends a turn in one template, and a strike-through in HTML: only what follows tells. */
function isLastStrike(text: string, at: number): boolean {
  return text.startsWith('</s>', at) && text.slice(at + 4).trim() === '';
}

function lastLine(line: string, text: string): string {
  const start = text.lastIndexOf('\n') + 1;
  return start > 0 ? text.slice(start) : line + text;
}

/** Whether a string is open at the end of a line's beginning. */
function isInString(line: string): boolean {
  if (/^\s*(?:`{3}|~{3})\S*\s*$/.test(line)) return false;
  return endsInString(line);
}
