// Checks the hunks of one edit as they come: inside the scope, within the bounds, and nothing in them that is no code.

import type { Hunk } from '../edit/engine.ts';
import { applyEdits, type Edit, shiftEdits } from '../text/edit.ts';
import { overlaps, type Span } from '../text/span.ts';
import { findForeign } from './foreign.ts';
import { introducedInvisible, nameOf } from './invisible.ts';
import { ChangedLines, type KnownLines, knownLines, wholeLines } from './lines.ts';
import { findPlaceholder } from './placeholders.ts';
import { firstRefusal, pass, refuse, type Verdict } from './verdict.ts';

/** The settings that a hunk is held to; a part of the configuration's `guardrails`. */
export interface HunkRules {
  readonly maxChangedLines: number;
  readonly placeholders: 'reject' | 'allow';
  readonly invisibleCharacters: 'reject' | 'allow';
}

/** One edit's hunks so far. Made by {@link beginHunks}, advanced by {@link checkHunk}, owned by the edit. */
export interface HunkState {
  /** The scope's text when the edit began; all offsets are into it. */
  readonly base: string;
  readonly languageId: string;
  readonly rules: HunkRules;
  readonly known: KnownLines;
  readonly changed: ChangedLines;
  /** All edits that passed, in order of position. */
  readonly edits: Edit[];
}

export function beginHunks(options: { base: string; languageId: string; rules: HunkRules }): HunkState {
  return { ...options, known: knownLines(options.base), changed: new ChangedLines(options.base), edits: [] };
}

/** Whether `hunk` may be sent too; hunks come in any order of position. After a refusal the edit is over: check no more. */
export function checkHunk(state: HunkState, hunk: Hunk): Verdict {
  const fenced = checkFence(state, hunk);
  if (!fenced.ok || hunk.edits.length === 0) return fenced;
  for (const edit of hunk.edits) {
    state.changed.add(edit);
    state.edits.splice(state.edits.findLastIndex(({ from }) => from <= edit.from) + 1, 0, edit);
  }
  const { region, inside } = regionOf(state, hunk);
  const before = state.base.slice(region.from, region.to);
  const after = applyEdits(before, shiftEdits(inside, -region.from));
  return firstRefusal([
    () => boundOn(state.changed.count, state.rules),
    () => checkInvisible(state.rules, before, after),
    () => checkPlaceholders(state, after),
    () => checkForeign(state, after, region.from === 0, region.to === state.base.length),
  ]);
}

/** Whether so many more changed lines may still come: they are certain, and wait for what follows. */
export function checkHeld({ changed, rules }: HunkState, lines: number): Verdict {
  return boundOn(changed.count + lines, rules);
}

/**
 * The whole lines that the hunk touches, and all edits in them. Other hunks that begin or end in these lines count too: no line is put together from
 * innocent pieces.
 */
function regionOf({ base, edits }: HunkState, hunk: Hunk): { region: Span; inside: readonly Edit[] } {
  const region = wholeLines(base, hunk.edits[0]!.from, hunk.edits.at(-1)!.to);
  let [first, end] = [edits.indexOf(hunk.edits[0]!), edits.indexOf(hunk.edits.at(-1)!) + 1];
  const take = ({ from, to }: Edit) => {
    const lines = wholeLines(base, from, to);
    region.from = Math.min(region.from, lines.from);
    region.to = Math.max(region.to, lines.to);
  };
  while (first > 0 && edits[first - 1]!.to >= region.from) take(edits[--first]!);
  while (end < edits.length && edits[end]!.from <= region.to) take(edits[end++]!);
  return { region, inside: edits.slice(first, end) };
}

/** The same rules for a whole text at once, e.g. what an edit came to. `changed` bounds are the hunks' business. */
export function checkText(options: { base: string; text: string; languageId: string; rules: HunkRules }): Verdict {
  const state = beginHunks(options);
  return firstRefusal([
    () => checkInvisible(options.rules, options.base, options.text),
    () => checkPlaceholders(state, options.text),
    () => checkForeign(state, options.text, true, true),
  ]);
}

/** Offsets must be whole numbers in order, inside the base, beside all earlier edits. */
function checkFence({ base, edits }: HunkState, hunk: Hunk): Verdict {
  let last = 0;
  for (const { from, to } of hunk.edits) {
    const isInside = Number.isInteger(from) && Number.isInteger(to) && last <= from && from <= to && to <= base.length;
    if (!isInside) return refuse('the answer would change something outside the scope');
    if (edits.some((other) => overlaps(other, { from, to }))) return refuse('the answer changes the same code twice');
    last = to;
  }
  return pass;
}

function boundOn(lines: number, { maxChangedLines }: HunkRules): Verdict {
  if (lines <= maxChangedLines) return pass;
  return refuse(`the answer changes more than ${maxChangedLines} lines (guardrails.maxChangedLines)`);
}

function checkInvisible({ invisibleCharacters }: HunkRules, before: string, after: string): Verdict {
  const found = invisibleCharacters === 'reject' ? introducedInvisible(before, after) : undefined;
  if (!found) return pass;
  return refuse(`the answer would bring in an invisible character, ${nameOf(found.character)}`);
}

function checkPlaceholders({ rules, known }: HunkState, after: string): Verdict {
  const found = rules.placeholders === 'reject' && findPlaceholder(known, after) !== undefined;
  return found ? refuse('the answer leaves code out: it has a comment such as "rest unchanged" in its place') : pass;
}

function checkForeign({ known, languageId }: HunkState, after: string, atStart: boolean, atEnd: boolean): Verdict {
  const found = findForeign({ known, after, languageId, atStart, atEnd });
  return found === undefined ? pass : refuse(`the answer would put ${found} into the code`);
}
