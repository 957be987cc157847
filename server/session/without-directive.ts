// Makes an edit remove the directive that asked for it, whatever the model answers. The model and the engine never see the directive.

import type { Hunk, SteppedEngine, SteppedOptions } from '../edit/engine.ts';
import type { Edit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';

/** Blank lines in place of a directive: they stay if nothing takes their place. */
export interface Blank extends Span {
  readonly isBlank: true;
}

/** `directive` in offsets of `options.base`. Hunks come in offsets of that base; the first one removes the directive. */
export function engineWithoutDirective(
  create: (options: SteppedOptions) => SteppedEngine,
  options: SteppedOptions,
  directive: Span | Blank,
): SteppedEngine {
  const { base } = options;
  const inner = create({ ...options, base: base.slice(0, directive.from) + base.slice(directive.to) });
  let isRemoved = false;
  const outer = (hunks: readonly Hunk[]): Hunk[] => {
    const { from, to } = directive;
    const removal = isRemoved ? [] : [{ edits: [{ from, to, insert: '' }] }];
    isRemoved = true;
    return [...removal, ...hunks.map(({ edits }) => ({ edits: edits.flatMap((edit) => around(edit, directive)) }))];
  };
  return {
    get held() {
      return inner.held;
    },
    get heldLines() {
      return inner.heldLines;
    },
    get isThinking() {
      return inner.isThinking;
    },
    get putRight() {
      return inner.putRight;
    },
    *push(chunk) {
      const step = yield* inner.push(chunk);
      return step.hunks.length === 0 ? step : { ...step, hunks: outer(step.hunks) };
    },
    *finish() {
      const finish = yield* inner.finish();
      if (finish.kind === 'edited') return { ...finish, hunks: outer(finish.hunks) };
      return finish.kind === 'unchanged' && !('isBlank' in directive)
        ? { ...finish, kind: 'edited', hunks: outer([]) }
        : finish;
    },
  };
}

/** An edit of the text without the directive as edits of the text with it; one that spans its place is parted there. */
function around({ from, to, insert }: Edit, directive: Span): Edit[] {
  const gone = directive.to - directive.from;
  if (to <= directive.from && from < directive.from) return [{ from, to, insert }];
  if (from >= directive.from) return [{ from: from + gone, to: to + gone, insert }];
  return [
    { from, to: directive.from, insert },
    { from: directive.to, to: to + gone, insert: '' },
  ];
}
