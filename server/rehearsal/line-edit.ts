// Edits of whole lines of a scope, and the two answer formats that express them.

/** Replaces the lines [from, to) of a text with `insert`. A list of them is sorted and does not overlap. */
export interface LineEdit {
  readonly from: number;
  readonly to: number;
  readonly insert: readonly string[];
}

export const noChange = '<no-change/>';

/** `lines` after `edits`. */
function applyLineEdits(lines: readonly string[], edits: readonly LineEdit[]): string[] {
  const result: string[] = [];
  let at = 0;
  for (const edit of edits) {
    result.push(...lines.slice(at, edit.from), ...edit.insert);
    at = edit.to;
  }
  return [...result, ...lines.slice(at)];
}

/** The answer that makes `edits` of `scope`, in `format`. */
export function formatAnswer(scope: string, edits: readonly LineEdit[], format: 'rewrite' | 'search-replace'): string {
  const lines = scope.split('\n');
  if (applyLineEdits(lines, edits).join('\n') === scope) return noChange;
  if (format === 'rewrite') return applyLineEdits(lines, edits).join('\n');
  return anchored(lines, edits)
    .map(({ from, to, insert }) =>
      ['<<<<<<< SEARCH', ...lines.slice(from, to), '=======', ...insert, '>>>>>>> REPLACE'].join('\n'),
    )
    .join('\n');
}

/** The edits, each widened until its old lines occur once in `lines`; those that come to touch are joined. */
function anchored(lines: readonly string[], edits: readonly LineEdit[]): LineEdit[] {
  const result: LineEdit[] = [];
  for (const edit of edits) {
    const wide = widen(lines, edit);
    const last = result.at(-1);
    if (!last || last.to <= wide.from) result.push(wide);
    else result.splice(-1, 1, join(lines, last, edit, wide.to));
  }
  return result;
}

function widen(lines: readonly string[], edit: LineEdit): LineEdit {
  let { from, to } = edit;
  let down = true;
  while (!isUnique(lines, from, to) && (from > 0 || to < lines.length)) {
    if ((down && to < lines.length) || from === 0) to++;
    else from--;
    down = !down;
  }
  return { from, to, insert: [...lines.slice(from, edit.from), ...edit.insert, ...lines.slice(edit.to, to)] };
}

/** `wide` already ends with old lines that `edit` changes: takes those off again and puts the edit in. */
function join(lines: readonly string[], wide: LineEdit, edit: LineEdit, to: number): LineEdit {
  const shared = Math.max(0, wide.to - edit.from);
  const head = wide.insert.slice(0, wide.insert.length - shared);
  const gap = lines.slice(wide.to, edit.from);
  const end = Math.max(to, wide.to);
  return { from: wide.from, to: end, insert: [...head, ...gap, ...edit.insert, ...lines.slice(edit.to, end)] };
}

function isUnique(lines: readonly string[], from: number, to: number): boolean {
  const wanted = lines.slice(from, to);
  if (wanted.every((line) => line.trim() === '')) return false;
  let found = 0;
  for (let at = 0; at + wanted.length <= lines.length; at++) {
    if (wanted.every((line, i) => lines[at + i] === line)) found++;
  }
  return found === 1;
}
