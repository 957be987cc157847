// What an answer says to Quickhand instead of into the code: `<no-change/>`, `<refuse>…</refuse>` and `<import>…</import>`.

const NO_CHANGE = /^\s*`?<no-change\s*\/?>(?:<\/no-change>)?`?\s*$/;
const OPENING = /^\s*`?<(refuse|import)>/;
const CLOSING = /<\/[\w-]+>`?\s*$/;
const ELEMENT = /<(refuse|import)>(.*?)<\/[\w-]+>/gs;

/** An element that is not closed after this many lines was none: its lines are passed on as code. */
const MAX_LINES = 12;

/** Takes the directives out of an answer's lines, wherever they stand on lines of their own. */
export interface Directives {
  /** The lines to read on: none, the line itself, or several that turned out to be no directive. */
  push(line: string): readonly string[];
  finish(): readonly string[];
  readonly noChange: boolean;
  /** The model's reason, once it has refused. */
  readonly refusal: string | undefined;
  readonly imports: readonly string[];
}

/** A tag that occurs in `base` is code there, not a directive. */
export function createDirectives(base: string): Directives {
  const imports: string[] = [];
  let open: string[] = [];
  let noChange = false;
  let refusal: string | undefined;

  const take = (text: string): void => {
    for (const [, name, content] of text.matchAll(ELEMENT)) {
      if (name === 'refuse') refusal = content!.trim();
      else if (content!.trim() !== '') imports.push(content!.trim());
    }
  };
  const flush = (): string[] => {
    const lines = open;
    open = [];
    return lines;
  };
  return {
    push(line) {
      if (open.length === 0) {
        if (!line.includes('<')) return [line];
        if (NO_CHANGE.test(line) && !base.includes('<no-change')) {
          noChange = true;
          return [];
        }
        const tag = OPENING.exec(line);
        if (!tag || base.includes(`<${tag[1]}>`)) return [line];
      }
      open.push(line);
      if (CLOSING.test(line)) take(flush().join('\n'));
      return open.length >= MAX_LINES ? flush() : [];
    },
    finish() {
      if (open.length > 0 && /<refuse>/.test(open[0]!)) take(`${flush().join('\n')}</refuse>`);
      else if (open.length > 0) take(`${open.shift()}</import>`);
      return flush();
    },
    get noChange() {
      return noChange;
    },
    get refusal() {
      return refusal;
    },
    imports,
  };
}
