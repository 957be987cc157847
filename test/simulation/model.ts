// A simulated model: answers each request by its script, at its rate, on virtual time.

import { ProviderError } from '../../server/errors.ts';
import type { ModelEnd, ModelEvent, ModelRequest, ModelStream, Provider } from '../../server/models/model.ts';
import { durationOf, type Script } from './plan.ts';
import { Random } from './random.ts';
import { newCode, rewriteOf, toBlocks } from './texts.ts';
import type { Time } from './time.ts';

/** One request to the model, and all that will be made of it. */
export interface Asked {
  readonly tag: number;
  readonly script: Script;
  /** The scope's text that the request holds. */
  readonly base: string;
  /** What the whole answer makes of it. */
  readonly target: string;
  readonly answer: string;
  /** How it ends unless it is aborted. */
  readonly end: 'complete' | 'broken';
  /** Nobody aborted it, and it has not ended. */
  running: boolean;
  /** Units of text that were sent so far. */
  sent: number;
}

export interface ModelOptions {
  readonly time: Time;
  /** The script of the nth request (from 0) with this tag. */
  readonly scriptOf: (tag: number, nth: number) => Script;
  readonly asked: (asked: Asked) => void;
  /** Right before a text leaves for the server. */
  readonly says: (asked: Asked, text: string) => void;
  readonly ended: (asked: Asked, how: string) => void;
  /** A request that does not hold what it must. */
  readonly unreadable: (why: string) => void;
}

/** What the answers with this tag propose, if they do. */
export const importOf = (tag: number) => `import { helper${tag} } from './helpers';`;

/** How an instruction names its script. */
export const instructionOf = (tag: number) => `make it better [${tag}]`;

/** A comment that gives the same instruction; the server takes it out of the code. */
export const directiveOf = (tag: number) => `// ai: ${instructionOf(tag)}`;

export class SimModel implements Provider {
  readonly #options: ModelOptions;
  readonly #counts = new Map<number, number>();
  warmed = 0;

  constructor(options: ModelOptions) {
    this.#options = options;
  }

  stream(request: ModelRequest, signal: AbortSignal, onEvent: (event: ModelEvent) => void): ModelStream {
    const asked = this.#read(request);
    const stream = { canSteer: false, steer: async () => 'unsupported' as const };
    if (!asked) {
      onEvent({ type: 'ended', end: { kind: 'truncated', message: 'no such request' } });
      return stream;
    }
    this.#options.asked(asked);
    new RunningAnswer(asked, this.#options, onEvent).begin(signal);
    return stream;
  }

  scrub(text: string): string {
    return text;
  }

  preconnect(): void {
    this.warmed++;
  }

  dispose(): void {}

  #read({ input }: ModelRequest): Asked | undefined {
    const text = input.at(-1)?.text ?? '';
    const scope = /<(scope(?:-\d+)?) [^>]*format="([^"]+)">\n([\s\S]*?)\n<\/\1>\n<instruction>/.exec(text);
    const tag = /<instruction>.*\[(\d+)\]<\/instruction>$/.exec(text);
    if (!scope || !tag) {
      this.#options.unreadable(`a request without scope or instruction: ${JSON.stringify(text)}`);
      return undefined;
    }
    const [, , format, base] = scope;
    const number = Number(tag[1]);
    const nth = this.#counts.get(number) ?? 0;
    this.#counts.set(number, nth + 1);
    const script = this.#options.scriptOf(number, nth);
    const played = play(script, base!, format!);
    const answer = script.proposes ? `<import>${importOf(number)}</import>\n${played.answer}` : played.answer;
    return { tag: number, script, running: true, sent: 0, ...played, answer };
  }
}

/** The answer that a script makes of a scope. */
function play(script: Script, base: string, format: string): Pick<Asked, 'base' | 'target' | 'answer' | 'end'> {
  const random = new Random(script.seed);
  const end = script.end === 'complete' ? 'complete' : 'broken';
  const as = (target: string, answer: string) => ({ base, target, answer, end }) as const;
  if (script.answer === 'no change') return as(base, '<no-change/>');
  if (script.answer === 'refuse') return as(base, '<refuse>it can not be done here</refuse>');
  if (script.answer === 'prose')
    return as(base, 'I am sorry, but I can not help with that request today.\nIt is too hard.');
  // Line breaks at an answer's ends are ignored, so that no answer can ask for any there.
  const fresh = () => (base === '' ? newCode(random) : rewriteOf(base, random).replace(/^\n+|\n+$/g, ''));
  const sound = script.answer === 'same' ? base : fresh();
  const target = script.answer === 'unsound' ? breakCode(sound, random) : sound;
  const blocks = format === 'search-replace' ? (toBlocks(base, target) ?? toBlocks(base, base)) : undefined;
  if (format === 'search-replace') {
    if (!blocks?.length) return as(base, '<no-change/>');
    // They are asked for in the order of the scope; not every model cares.
    const answer = inAnyOrder(blocks, random.fork('blocks')).join('\n');
    return as(toBlocks(base, target) === undefined ? base : target, answer);
  }
  const ending = random.pick(['', '\n', '\n\n']);
  return as(target, script.fence ? `\`\`\`typescript\n${target}\n\`\`\`${ending}` : target + ending);
}

function inAnyOrder<T>(list: readonly T[], random: Random): readonly T[] {
  if (random.chance(0.7)) return list;
  return list
    .map((one) => ({ one, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);
}

function breakCode(text: string, random: Random): string {
  const lines = text.split('\n');
  const at = random.int(lines.length);
  return lines.toSpliced(at, 0, random.pick(['  ((', '}}', '  const = {'])).join('\n');
}

/** One answer on its way. */
class RunningAnswer {
  readonly #asked: Asked;
  readonly #options: ModelOptions;
  readonly #onEvent: (event: ModelEvent) => void;
  readonly #random: Random;
  readonly #text: string;
  #timer: unknown;
  #stalled: boolean;

  constructor(asked: Asked, options: ModelOptions, onEvent: (event: ModelEvent) => void) {
    this.#asked = asked;
    this.#options = options;
    this.#onEvent = onEvent;
    const { script, answer } = asked;
    this.#random = new Random(script.seed).fork('chunks');
    const cut = script.end === 'error at once' ? 0 : Math.floor(answer.length * script.share);
    this.#text = asked.end === 'complete' ? answer : answer.slice(0, cut);
    this.#stalled = script.stallMs === 0;
  }

  begin(signal: AbortSignal): void {
    if (signal.aborted) return this.#end({ kind: 'aborted', message: 'aborted' });
    signal.addEventListener('abort', () => this.#end({ kind: 'aborted', message: 'aborted' }), { once: true });
    this.#later(this.#asked.script.firstMs, () => {
      this.#onEvent({ type: 'opened', transport: 'websocket', reused: false });
      this.#next();
    });
  }

  #next(): void {
    const { sent } = this.#asked;
    const { script } = this.#asked;
    if (sent >= this.#text.length) return this.#end(this.#ending());
    if (!this.#stalled && sent > this.#text.length / 2) {
      this.#stalled = true;
      return this.#later(script.stallMs, () => this.#next());
    }
    const text = this.#text.slice(sent, sent + this.#chunkSize(this.#text.slice(sent)));
    this.#options.says(this.#asked, text);
    this.#asked.sent += text.length;
    this.#onEvent({ type: 'text', text });
    if (this.#asked.running) this.#later((text.length / 4 / script.tokensPerSecond) * 1000, () => this.#next());
  }

  #chunkSize(rest: string): number {
    const random = this.#random;
    switch (this.#asked.script.chunks) {
      case 'characters':
        return 1;
      case 'tokens':
        return 1 + random.int(8);
      case 'lines':
        return rest.indexOf('\n') + 1 || rest.length;
      case 'all':
        return rest.length;
      case 'any':
        return Math.ceil(random.scale(1, 200));
    }
  }

  #ending(): ModelEnd {
    const { script } = this.#asked;
    switch (script.end) {
      case 'complete':
        return { kind: 'complete' };
      case 'truncated':
        return { kind: 'truncated', message: 'the connection broke' };
      case 'length':
        return { kind: 'length', message: 'the answer was cut off at its limit' };
      default:
        return { kind: 'error', error: new ProviderError('server', 'the model failed') };
    }
  }

  #end(end: ModelEnd): void {
    if (!this.#asked.running) return;
    this.#asked.running = false;
    this.#options.time.clearTimer(this.#timer);
    this.#options.ended(this.#asked, end.kind);
    this.#onEvent({ type: 'ended', end });
  }

  #later(delayMs: number, then: () => void): void {
    this.#timer = this.#options.time.setTimer(then, delayMs);
  }
}

export { durationOf };
