// The ledger entry of one edit: measurements, the outcome and the reaction. No code, no prompt, no path, no text of a model or a user.

/** What the user did with an edit after its end; verified: asked for a check of it, which passed. */
export type Reaction = 'kept' | 'verified' | 'reverted' | 'retried' | 'steered';

/** One edit. Times in milliseconds, characters in UTF-16 units; absent where it never happened or is not known. */
export interface LedgerEntry {
  /** ISO 8601, when the edit ended. */
  readonly at: string;
  /** Unique within one `run`, which is one process. */
  readonly editId: string;
  readonly run: string;
  readonly lane: string;
  readonly model: string;
  readonly provider?: string;
  readonly transport?: string;
  /** Whether the connection was there already. */
  readonly reused?: boolean;
  readonly languageId?: string;
  readonly format?: string;
  readonly scopeLines?: number;
  readonly ttftMs?: number;
  readonly firstHunkMs?: number;
  readonly streamMs?: number;
  readonly totalMs: number;
  readonly tokensPerSecond?: number;
  readonly inputTokens?: number;
  readonly cachedTokens?: number;
  readonly outputTokens?: number;
  readonly hunks: number;
  /** Inserted plus deleted by the hunks, and the least that would have led to the same text. */
  readonly charsChanged?: number;
  readonly charsLeast?: number;
  readonly applyRoundTripMs?: number;
  readonly rebases: number;
  /** Misplacements: edits that the editor had applied in the wrong place, and that were corrected. */
  readonly repairs?: number;
  readonly outcome: 'completed' | 'cancelled' | 'superseded' | 'rejected' | 'failed';
  /** For a correction: from the interruption to the first hunk of this edit. */
  readonly interruptedToFirstHunkMs?: number;
  /** The last reaction of the user. */
  readonly reaction?: Reaction;
}

/** What a caller records; the ledger adds the time and the process. */
export type NewEntry = Omit<LedgerEntry, 'at' | 'run' | 'reaction'>;

/** A later line about an edit that has its own line already. */
export interface Amendment {
  readonly at: string;
  readonly editId: string;
  readonly run: string;
  readonly reaction: Reaction;
}

type Kind = 'string' | 'number' | 'boolean';

const fields: Readonly<Record<keyof Required<LedgerEntry>, Kind>> = {
  at: 'string',
  editId: 'string',
  run: 'string',
  lane: 'string',
  model: 'string',
  provider: 'string',
  transport: 'string',
  reused: 'boolean',
  languageId: 'string',
  format: 'string',
  scopeLines: 'number',
  ttftMs: 'number',
  firstHunkMs: 'number',
  streamMs: 'number',
  totalMs: 'number',
  tokensPerSecond: 'number',
  inputTokens: 'number',
  cachedTokens: 'number',
  outputTokens: 'number',
  hunks: 'number',
  charsChanged: 'number',
  charsLeast: 'number',
  applyRoundTripMs: 'number',
  rebases: 'number',
  repairs: 'number',
  outcome: 'string',
  interruptedToFirstHunkMs: 'number',
  reaction: 'string',
};

/** UTF-16 units. Names are short; anything longer is dropped, because it may be code. */
const maxString = 200;

/**
 * One line of JSON with a line break, holding only known fields of the right type: whatever else a caller passes, code or prompt, is left out.
 * Short enough (under 4 KB) to be written in one piece.
 */
export function jsonLineOf(entry: LedgerEntry | Amendment): string {
  return `${JSON.stringify(fieldsOf(entry))}\n`;
}

/** The known fields of the right type. A loop: a ledger has millions of lines. */
function fieldsOf(value: object): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[name];
    if (isField(name, member)) kept[name] = member;
  }
  return kept;
}

const requiredOfEdit = ['at', 'editId', 'run', 'lane', 'model', 'totalMs', 'hunks', 'rebases'];
const requiredOfAmendment = ['at', 'editId', 'run', 'reaction'];

function isField(name: string, value: unknown): boolean {
  if (!Object.hasOwn(fields, name) || typeof value !== fields[name as keyof LedgerEntry]) return false;
  if (typeof value === 'string') return value.length <= maxString;
  return typeof value === 'boolean' || Number.isFinite(value);
}

/** A line read back; undefined if it is torn, or not a line of the ledger. */
export function parseLine(line: string): LedgerEntry | Amendment | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const kept = fieldsOf(value);
  const required = 'outcome' in kept ? requiredOfEdit : requiredOfAmendment;
  return required.every((name) => name in kept) ? (kept as unknown as LedgerEntry | Amendment) : undefined;
}
