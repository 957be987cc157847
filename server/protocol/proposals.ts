// Imports that edits propose: said, offered, and remembered until they are approved. Nothing of them gets into a buffer by itself.

import type { Config } from '../config/config.ts';
import type { Documents } from '../documents/documents.ts';
import { filePath } from '../files/uri-paths.ts';
import { isImported } from '../guardrails/already-imported.ts';
import { checkImport } from '../guardrails/check-import.ts';
import { dependenciesOf, type ManifestName } from '../guardrails/dependencies.ts';
import type { EditListener, End } from '../session/edit-events.ts';
import type { EditSession } from '../session/edit-session.ts';
import type { Wire } from './connection/wire.ts';
import type { Disk } from './disk.ts';
import { showMessage } from './feedback/messages.ts';

/** No edit needs more; a longer list would be somebody's joke. */
const maxProposals = 10;

/** UTF-16 units of a file that its imports are looked for in: the menu asks on every cursor move. */
const maxHead = 10_000;

export interface ProposalsOptions {
  readonly wire: Wire;
  readonly config: () => Config;
  readonly documents: Documents;
  /** Undefined: no manifest is looked at. */
  readonly disk: Disk | undefined;
  readonly session: (editId: string) => EditSession;
}

export class Proposals {
  readonly #options: ProposalsOptions;
  readonly #byEdit = new WeakMap<EditSession, readonly string[]>();

  constructor(options: ProposalsOptions) {
    this.#options = options;
  }

  /** Import lines that the edit proposed. */
  of(session: EditSession): readonly string[] {
    return this.#byEdit.get(session) ?? [];
  }

  /** Those that are still to be approved: not in the file, and of an edit that was not reverted. */
  open(session: EditSession): readonly string[] {
    if (session.review.state === 'reverted') return [];
    const text = this.#options.documents.get(session.uri)?.text.slice(0, maxHead) ?? '';
    return this.of(session).filter((line) => !isImported(line, text));
  }

  /** Hears of the end of each edit. */
  get listener(): EditListener {
    return { begin() {}, hunk() {}, report() {}, end: (end) => this.#ended(end) };
  }

  /** What an offer needs is said when it is accepted. */
  #ended({ editId, outcome, state, imports }: End): void {
    const { config, session: find, wire } = this.#options;
    if (
      outcome !== 'completed' ||
      state === 'offered' ||
      imports.length === 0 ||
      config().guardrails.imports === 'never'
    )
      return;
    const session = find(editId);
    const checked = imports.slice(0, maxProposals).map((line) => ({ line, verdict: checkImport(line, new Set()) }));
    this.#byEdit.set(session, [...new Set(checked.filter(({ verdict }) => verdict.ok).map(({ line }) => line.trim()))]);
    const refused = checked.find(({ verdict }) => !verdict.ok)?.verdict;
    if (refused && !refused.ok) showMessage(wire, 'warning', `a proposed import was dropped: ${refused.reason}`);
    void this.#tell(session);
  }

  /** After what an edit says of its own end, because it looks at the disk. */
  async #tell(session: EditSession): Promise<void> {
    const lines = this.open(session);
    if (lines.length === 0) return;
    const names = manifests[session.languageId] ?? [];
    const path = filePath(session.uri);
    const { disk, wire } = this.#options;
    const nearest = path === undefined || !disk ? [] : await disk.nearestManifests(path, names);
    const known = new Set(nearest.flatMap(({ name, text }) => [...dependenciesOf(name, text)]));
    const told = lines.map((line) => {
      const verdict = checkImport(line, known);
      const isForeign = verdict.ok && !verdict.known && nearest.length > 0;
      return isForeign ? `${line} (${verdict.package} is not in ${nearest.map(({ name }) => name).join(', ')})` : line;
    });
    showMessage(wire, 'info', `proposed: ${told.join('; ')}`);
  }
}

const javascript: readonly ManifestName[] = ['package.json'];

/** What says which packages a file in a language may use. */
const manifests: Readonly<Record<string, readonly ManifestName[]>> = {
  javascript,
  javascriptreact: javascript,
  typescript: javascript,
  typescriptreact: javascript,
  python: ['pyproject.toml', 'requirements.txt'],
  rust: ['Cargo.toml'],
  go: ['go.mod'],
};
