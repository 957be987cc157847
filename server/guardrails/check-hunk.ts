// Checks the hunks of one edit as they come: inside the scope, within the limits, and nothing in them that is not code.

import type { Hunk } from '../edit/engine.ts';
import { applyEdits, type Edit, shiftEdits } from '../text/edit.ts';
import { overlaps, type Span } from '../text/span.ts';
import { ChangedLines, type KnownLines, knownLines, wholeLines } from './changed-lines.ts';
import { introducedInvisible, nameOf } from './hidden-characters.ts';
import type { LeftOut } from './left-out.ts';
import { LeftOutWatch } from './left-out-watch.ts';
import { findNonCode, type NonCodeInput } from './non-code.ts';
import { findPlaceholder } from './omissions.ts';
import { firstRefusal, pass, refuse, refuseLeftOut, type Verdict } from './verdict.ts';

/** The settings that hunks are checked against; a part of the configuration's `guardrails`. */
export interface HunkRules {
  readonly maxChangedLines: number;
  readonly placeholders: 'reject' | 'allow';
  readonly invisibleCharacters: 'reject' | 'allow';
}

/** One edit's hunks so far. Made by {@link beginHunkChecks}, advanced by {@link checkHunk}, owned by the edit. */
export interface HunkChecks {
  /** The scope's text when the edit began; all offsets are UTF-16 offsets into it. */
  readonly base: string;
  readonly languageId: string;
  readonly rules: HunkRules;
  readonly known: KnownLines;
  readonly changed: ChangedLines;
  /** All edits that passed, in order of position. */
  readonly edits: Edit[];
  readonly leftOut: LeftOutWatch;
  /** What an earlier answer left out, and was refused for: who has it said again means it. */
  readonly accepted?: LeftOut | undefined;
}

type HunkCheckOptions = Pick<HunkChecks, 'base' | 'languageId' | 'rules' | 'accepted'>;

export function beginHunkChecks(options: HunkCheckOptions): HunkChecks {
  const { base, languageId, accepted } = options;
  const known = knownLines(base);
  const leftOut = new LeftOutWatch({ base, known, languageId, accepted });
  return { ...options, known, changed: new ChangedLines(base), edits: [], leftOut };
}

/** Whether `hunk` may be sent too; hunks come in any order of position. After a refusal the edit is over: check no more. */
export function checkHunk(state: HunkChecks, hunk: Hunk): Verdict {
  const placed = checkOffsets(state, hunk);
  if (!placed.ok || hunk.edits.length === 0) return placed;
  for (const edit of hunk.edits) {
    state.changed.add(edit);
    state.edits.splice(state.edits.findLastIndex(({ from }) => from <= edit.from) + 1, 0, edit);
  }
  const { region, inside } = regionOf(state, hunk);
  const before = state.base.slice(region.from, region.to);
  const after = applyEdits(before, shiftEdits(inside, -region.from));
  return firstRefusal([
    () => checkChangedLines(state.changed.count, state.rules),
    () => checkInvisible(state.rules, before, after),
    () => checkPlaceholders(state, after),
    () => checkLeftOut(state, () => state.leftOut.hunk({ region, after, edits: state.edits })),
    () =>
      checkNonCode(state, after, {
        text: () => applyEdits(state.base, state.edits),
        atStart: region.from === 0,
        atEnd: region.to === state.base.length,
      }),
  ]);
}

/** Whether the answer may stay, once all of its hunks have passed. */
export function checkWhole(state: HunkChecks): Verdict {
  return checkLeftOut(state, () => state.leftOut.end(state.edits));
}

/** Whether `lines` more may change: those that the engine holds, so that an answer that is too large is refused before they are released. */
export function checkHeld({ changed, rules }: HunkChecks, lines: number): Verdict {
  return checkChangedLines(changed.count + lines, rules);
}

/**
 * The whole lines that the hunk touches, and all edits in them. Other hunks that begin or end in these lines count too: lines are judged as they will read,
 * so that none can be assembled from harmless parts.
 */
function regionOf({ base, edits }: HunkChecks, hunk: Hunk): { region: Span; inside: readonly Edit[] } {
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

/** The same checks for a whole new text of the scope at once, without the limit on changed lines. */
export function checkText(options: { base: string; text: string; languageId: string; rules: HunkRules }): Verdict {
  const state = beginHunkChecks(options);
  return firstRefusal([
    () => checkInvisible(options.rules, options.base, options.text),
    () => checkPlaceholders(state, options.text),
    () => checkLeftOut(state, () => state.leftOut.end([{ from: 0, to: options.base.length, insert: options.text }])),
    () => checkNonCode(state, options.text, { text: () => options.text, atStart: true, atEnd: true }),
  ]);
}

/** Offsets must be whole numbers in order, inside the base, and not overlap earlier edits. */
function checkOffsets({ base, edits }: HunkChecks, hunk: Hunk): Verdict {
  let last = 0;
  for (const { from, to } of hunk.edits) {
    const isInside = Number.isInteger(from) && Number.isInteger(to) && last <= from && from <= to && to <= base.length;
    if (!isInside) return refuse('the answer would change something outside the scope');
    if (edits.some((other) => overlaps(other, { from, to }))) return refuse('the answer changes the same code twice');
    last = to;
  }
  return pass;
}

function checkChangedLines(lines: number, { maxChangedLines }: HunkRules): Verdict {
  if (lines <= maxChangedLines) return pass;
  return refuse(`the answer changes more than ${maxChangedLines} lines (guardrails.maxChangedLines)`);
}

function checkInvisible({ invisibleCharacters }: HunkRules, before: string, after: string): Verdict {
  const found = invisibleCharacters === 'reject' ? introducedInvisible(before, after) : undefined;
  if (!found) return pass;
  return refuse(`the answer would bring in an invisible character, ${nameOf(found.character)}`);
}

function checkPlaceholders({ rules, known, accepted }: HunkChecks, after: string): Verdict {
  if (rules.placeholders === 'allow') return pass;
  const line = findPlaceholder(accepted ? new Set([...known, accepted.line]) : known, after);
  return line === undefined ? pass : refuseLeftOut({ line, lost: [] });
}

function checkLeftOut({ rules }: HunkChecks, find: () => LeftOut | undefined): Verdict {
  const leftOut = rules.placeholders === 'reject' ? find() : undefined;
  return leftOut ? refuseLeftOut(leftOut) : pass;
}

function checkNonCode(
  { known, languageId }: HunkChecks,
  after: string,
  where: Pick<NonCodeInput, 'text' | 'atStart' | 'atEnd'>,
): Verdict {
  const found = findNonCode({ known, after, languageId, ...where });
  return found === undefined ? pass : refuse(`the answer would put ${found} into the code`);
}
