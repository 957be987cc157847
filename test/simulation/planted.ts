// Bugs planted on purpose, to show that the simulation finds them: each is a change of the server's own source, made while it is bundled.

export interface Bug {
  /** What a programmer would have done. */
  readonly says: string;
  /** Path from the top of the checkout. */
  readonly file: string;
  /** The seed to begin with, for what few schedules show: the next one that does is near behind. Default: 1. */
  readonly from?: number;
  /** Each pair: what stands there, exactly once, and what is put in its place. */
  readonly changes: readonly (readonly [find: string, put: string])[];
}

export const bugs: Readonly<Record<string, Bug>> = {
  'skip the version': {
    says: 'edits are sent without a version, so that the editor applies them to whatever it holds',
    file: 'server/protocol/editor-port.ts',
    from: 481,
    changes: [['version: snapshot.version }', 'version: null }']],
  },
  'trust applied': {
    says: 'an edit counts as landed as soon as the editor says so',
    file: 'server/delivery/document-delivery.ts',
    changes: [
      [
        '        answered: ({ repliedAtMs }) => this.#held.until(repliedAtMs + halfAppliedMs),\n',
        `        answered: ({ reply, edits }) => {
          const { uri, version, languageId, text } = this.#text.reported;
          if (reply?.applied) this.changed([createSnapshot(uri, version, languageId, applyEdits(text, edits))]);
        },
`,
      ],
      [
        "import type { Snapshot } from '../documents/snapshot.ts';",
        "import { createSnapshot, type Snapshot } from '../documents/snapshot.ts';",
      ],
    ],
  },
  'resend without waiting': {
    says: 'an edit that was applied is sent again if no text shows it soon',
    file: 'server/delivery/retry-policy.ts',
    changes: [["return { afterMs: unseenTimeoutMs, act: 'fail', why };", "return { afterMs: 20, act: 'again' };"]],
  },
  'map positions by line': {
    says: 'a region moves with the lines above it, and keeps its columns',
    file: 'server/delivery/region-text.ts',
    changes: [
      [
        '    this.#span = mapSpan(this.#span, change.edits, own);\n',
        `    const line = (at: number) => change.text.slice(0, at).split('\\n').length;
    const lines = change.edits.filter((edit) => edit.to <= this.#span.from).reduce((sum, edit) => sum + edit.insert.split('\\n').length - change.text.slice(edit.from, edit.to).split('\\n').length, 0);
    const next = applyEdits(change.text, change.edits);
    const starts = [0, ...[...next.matchAll(/\\n/g)].map(({ index }) => index + 1)];
    const place = (at: number) => (starts[line(at) - 1 + lines] ?? 0) + at - (change.text.lastIndexOf('\\n', at - 1) + 1);
    this.#span = { from: place(this.#span.from), to: place(this.#span.to) };
`,
      ],
    ],
  },
  'believe no misplaced landing': {
    says: 'an edit is in its place or not there at all: what an editor put elsewhere is left there',
    file: 'server/delivery/reconcile.ts',
    from: 881,
    changes: [
      [
        'foreign: diffClosely(previous, clean), misplaced: { clean, at, isCertain } };',
        'foreign: diffClosely(previous, next) };',
      ],
    ],
  },
  'forget the gate': {
    says: 'hunks leave as soon as their place is known, whether they parse or not',
    file: 'server/scope/parse-check.ts',
    changes: [['isSound = fewer >= 0 && countFaults(next, replaced) <= allowed.faults + fewer;', 'isSound = true;']],
  },
};

/** The source with the bug in it. Throws if the code that it is planted in is no longer there. */
export function plant({ file, changes }: Bug, source: string): string {
  return changes.reduce((text, [find, put]) => {
    if (text.split(find).length !== 2) throw new Error(`${file} has changed: the planted bug looks for ${find}`);
    return text.replace(find, () => put);
  }, source);
}
