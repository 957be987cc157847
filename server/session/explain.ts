// One explanation: its prompt from the code as it reads now, and the answer of the first model that gives one.

import type { Guardrails } from '../config/config.ts';
import { positionAt, type Snapshot } from '../documents/snapshot.ts';
import { messageOf } from '../errors.ts';
import { checkScope } from '../guardrails/scope.ts';
import type { ModelEnd } from '../models/model.ts';
import { buildExplain, type Prompt } from '../prompt/prompt.ts';
import type { Scopes } from '../scope/scopes.ts';
import type { Span } from '../text/span.ts';
import type { Outcome } from './edit-events.ts';
import type { LaneModel, ScopeDiagnostic } from './edit-request.ts';
import { sayFailure } from './ending.ts';
import { Explanation, sayCut } from './explanation.ts';
import { byLine, surroundings } from './surroundings.ts';

export interface ExplainRequest {
  readonly snapshot: Snapshot;
  /** The scope, in offsets of `snapshot`. */
  readonly span: Span;
  readonly path: string;
  readonly question: string | undefined;
  readonly diagnostics: readonly ScopeDiagnostic[];
  readonly scopes: Scopes;
  readonly rules: Guardrails;
  /** Models to try in order; a later one only if the one before said nothing. */
  readonly lanes: readonly string[];
  /** Rejects with an Error whose message tells the user what is missing. */
  readonly openLane: (lane: string) => Promise<LaneModel>;
  readonly signal: AbortSignal;
  /** Text of the answer as it comes, inert. Must not throw. */
  readonly onText: (text: string) => void;
}

/** `text` is what came of the answer, as inert Markdown; whole only if completed, and without a reason. `label` names who gave it. */
export interface Explained {
  readonly outcome: Exclude<Outcome, 'superseded'>;
  readonly reason?: string;
  readonly text: string;
  readonly label: string;
}

export async function explain(request: ExplainRequest): Promise<Explained> {
  const { snapshot, span, rules, lanes } = request;
  const allowed = checkScope(snapshot.text.slice(span.from, span.to), rules, positionAt(snapshot, span.from).line + 1);
  if (!allowed.ok) return { outcome: 'rejected', reason: allowed.reason, text: '', label: '' };
  const prompt = promptOf(request);
  let explained: Explained = { outcome: 'failed', text: '', label: '' };
  for (const lane of lanes) {
    explained = await ask(request, prompt, lane);
    if (explained.outcome !== 'failed' || explained.text !== '') break;
  }
  return explained;
}

function promptOf({ scopes, snapshot, span, rules, diagnostics, path, question }: ExplainRequest): Prompt {
  const around = surroundings({ scopes, snapshot, span, rules, diagnostics: byLine(diagnostics, { snapshot, span }) });
  return buildExplain({ snapshot, span, path, ...(question !== undefined && { question }), ...around });
}

async function ask({ openLane, signal, onText }: ExplainRequest, prompt: Prompt, lane: string): Promise<Explained> {
  let opened: LaneModel;
  try {
    opened = await openLane(lane);
  } catch (error) {
    return { outcome: 'failed', reason: messageOf(error), text: '', label: lane };
  }
  const { model, label, provider, maxOutputTokens } = opened;
  const modelRequest = { model, ...prompt, ...(maxOutputTokens && { maxOutputTokens }) };
  const explanation = new Explanation();
  const tell = (piece: string) => piece !== '' && onText(piece);
  const stop = new AbortController();
  const onAbort = () => stop.abort();
  if (signal.aborted) stop.abort();
  signal.addEventListener('abort', onAbort);
  const end = await new Promise<ModelEnd>((resolve) => {
    provider.stream(modelRequest, stop.signal, (event) => {
      if (event.type === 'ended') resolve(event.end);
      if (event.type !== 'text' || explanation.isCut) return;
      tell(explanation.add(provider.scrub(event.text)));
      // Whoever goes on for ever is not listened to, or paid for, any longer.
      if (explanation.isCut) stop.abort();
    });
  });
  signal.removeEventListener('abort', onAbort);
  tell(explanation.finish());
  const { text } = explanation;
  if (signal.aborted) return { ...cancelled(signal), text, label };
  const outcome = explanation.isCut ? ({ outcome: 'completed', reason: sayCut } as const) : meaning(end, text);
  return { ...outcome, text, label };
}

/** Who or what called it off is the signal's reason. */
function cancelled({ reason }: AbortSignal): Pick<Explained, 'outcome' | 'reason'> {
  return { outcome: 'cancelled', reason: String(reason) };
}

function meaning(end: ModelEnd, text: string): Pick<Explained, 'outcome' | 'reason'> {
  if (end.kind !== 'complete') return { outcome: 'failed', reason: sayFailure(end) };
  return text.trim() === '' ? { outcome: 'failed', reason: 'the model said nothing' } : { outcome: 'completed' };
}
