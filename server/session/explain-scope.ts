// One explanation: its prompt from the code as it reads now, and the answer of the first model that gives one.

import type { Guardrails } from '../config/config.ts';
import { positionAt, type Snapshot } from '../documents/snapshot.ts';
import { messageOf } from '../errors.ts';
import { checkScope } from '../guardrails/check-scope.ts';
import type { ModelEnd } from '../models/model.ts';
import { buildExplain, type Prompt } from '../prompt/prompt.ts';
import type { Scopes } from '../scope/scopes.ts';
import type { Span } from '../text/span.ts';
import type { Outcome } from './edit-events.ts';
import { sayFailure } from './ending.ts';
import { Explanation, sayCut } from './explanation.ts';
import type { LaneModel } from './lane-model.ts';
import { ModelCall, untilEnded } from './model-call.ts';
import type { ScopeDiagnostic } from './prepared-request.ts';
import { diagnosticsByLine, promptContext } from './prompt-context.ts';

export interface ExplainRequest {
  readonly snapshot: Snapshot;
  /** The scope, in offsets of `snapshot`. */
  readonly span: Span;
  readonly path: string;
  readonly question: string | undefined;
  readonly diagnostics: readonly ScopeDiagnostic[];
  readonly scopes: Scopes;
  readonly rules: Guardrails;
  /** Lanes to try in order; a later one only if the one before gave no text. */
  readonly lanes: readonly string[];
  /** Rejects with an Error whose message tells the user what is missing. */
  readonly openLane: (lane: string) => Promise<LaneModel>;
  readonly signal: AbortSignal;
  /** Text of the answer as it comes, inert. Must not throw. */
  readonly onText: (text: string) => void;
}

/** `text`: the answer as inert Markdown; whole only if completed and without a reason. `label`: the model that gave it. */
export interface Explained {
  readonly outcome: Exclude<Outcome, 'superseded'>;
  readonly reason?: string;
  readonly text: string;
  readonly label: string;
}

export async function explainScope(request: ExplainRequest): Promise<Explained> {
  const { snapshot, span, rules, lanes } = request;
  const allowed = checkScope(snapshot.text.slice(span.from, span.to), rules, positionAt(snapshot, span.from).line + 1);
  if (!allowed.ok) return { outcome: 'rejected', reason: allowed.reason, text: '', label: '' };
  const prompt = promptOf(request);
  let explained: Explained = { outcome: 'failed', text: '', label: '' };
  for (const lane of lanes) {
    explained = await explainBy(lane, request, prompt);
    if (explained.outcome !== 'failed' || explained.text !== '') break;
  }
  return explained;
}

function promptOf({ scopes, snapshot, span, rules, diagnostics, path, question }: ExplainRequest): Prompt {
  const around = promptContext({
    scopes,
    snapshot,
    span,
    rules,
    diagnostics: diagnosticsByLine(diagnostics, { snapshot, span }),
  });
  return buildExplain({ snapshot, span, path, ...(question !== undefined && { question }), ...around });
}

async function explainBy(
  lane: string,
  { openLane, signal, onText }: ExplainRequest,
  prompt: Prompt,
): Promise<Explained> {
  let opened: LaneModel;
  try {
    opened = await openLane(lane);
  } catch (error) {
    return { outcome: 'failed', reason: messageOf(error), text: '', label: lane };
  }
  const { label, provider } = opened;
  if (signal.aborted) return { ...cancelled(signal), text: '', label };
  const explanation = new Explanation();
  let call: ModelCall | undefined;
  const abort = () => call?.abort();
  const show = (piece: string) => piece !== '' && onText(piece);
  const { listener, ended } = untilEnded((event) => {
    if (event.type !== 'text' || explanation.isCut) return;
    show(explanation.add(provider.scrub(event.text)));
    // An answer without an end is not read, or paid for, any longer.
    if (explanation.isCut) abort();
  });
  call = ModelCall.start(opened, prompt, listener);
  if (explanation.isCut) abort();
  signal.addEventListener('abort', abort);
  const end = await ended;
  signal.removeEventListener('abort', abort);
  show(explanation.finish());
  const { text } = explanation;
  if (signal.aborted) return { ...cancelled(signal), text, label };
  const outcome = explanation.isCut ? ({ outcome: 'completed', reason: sayCut } as const) : meaning(end, text);
  return { ...outcome, text, label };
}

/** The signal's reason says who or what cancelled it. */
function cancelled({ reason }: AbortSignal): Pick<Explained, 'outcome' | 'reason'> {
  return { outcome: 'cancelled', reason: String(reason) };
}

function meaning(end: ModelEnd, text: string): Pick<Explained, 'outcome' | 'reason'> {
  if (end.kind !== 'complete') return { outcome: 'failed', reason: sayFailure(end) };
  return text.trim() === ''
    ? { outcome: 'failed', reason: 'the model gave an empty answer' }
    : { outcome: 'completed' };
}
