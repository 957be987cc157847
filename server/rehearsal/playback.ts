// Plans an answer (its text, its pace, its fault if the script has one) and plays it back through an encoder and a carrier.

import type { Clock } from '../clock.ts';
import type { RehearsalContext } from './context.ts';
import type { AnswerEnd, Carrier, Encoder } from './encoder.ts';
import { interpret } from './interpret.ts';
import { emitAtPace, tokensOf } from './pace.ts';
import type { RehearsalRequest } from './request.ts';
import type { ScriptedFault, ScriptStep, ScriptUsage } from './script.ts';

/** An answer that is about to be played back. */
export interface PlannedAnswer {
  readonly chunks: readonly string[];
  readonly end: AnswerEnd;
  readonly rate: number;
  readonly clock: Clock;
  readonly step: ScriptStep;
  readonly usage: Required<ScriptUsage>;
}

/** The answer to `request`. */
export function planAnswer(
  request: RehearsalRequest,
  step: ScriptStep,
  { rate, clock }: Pick<RehearsalContext, 'rate' | 'clock'>,
): PlannedAnswer {
  const scripted = step.chunks ?? (step.answer === undefined ? undefined : tokensOf(step.answer));
  const interpreted = scripted ? undefined : interpret(request);
  const all = scripted ?? tokensOf(interpreted?.answer ?? '');
  const isCut = all.length > request.maxOutputTokens;
  const chunks = isCut ? all.slice(0, request.maxOutputTokens) : all;
  return {
    chunks,
    end: isCut ? 'incomplete' : 'completed',
    rate: step.rate ?? interpreted?.rate ?? rate,
    clock,
    step,
    usage: { ...estimateUsage(request, chunks.length), ...step.usage },
  };
}

/** Usage of a request that got `outputTokens`. */
export function estimateUsage(request: RehearsalRequest, outputTokens: number): Required<ScriptUsage> {
  const inputTokens = tokensOf(request.instructions + request.text).length;
  return { inputTokens, cachedTokens: 0, outputTokens, reasoningTokens: 0 };
}

const endingFaults: Partial<Record<ScriptedFault, AnswerEnd>> = {
  failed: 'failed',
  incomplete: 'incomplete',
  filtered: 'filtered',
};
const closingFaults: Partial<Record<ScriptedFault, number>> = {
  close1000: 1000,
  close1001: 1001,
  close1006: 1006,
  close1009: 1009,
};

/** An answer that is being sent. */
export interface Playback {
  /** Nothing is sent after it. */
  stop(): void;
  /** All text that was sent. */
  textSoFar(): string;
}

/** Starts to send the answer. `done` is called when it has ended by itself. */
export function startPlayback(
  planned: PlannedAnswer,
  output: { encoder: Encoder; carrier: Carrier; done: () => void },
): Playback {
  const { encoder, carrier } = output;
  const { fault } = planned.step;
  if (fault === 'silent') return { stop: () => {}, textSoFar: () => '' };
  const chunks = fault === undefined ? planned.chunks : planned.chunks.slice(0, planned.step.afterChunks ?? 0);
  let sent = '';
  encoder.begin();
  const sendDelta = (chunk: string) => {
    sent += chunk;
    encoder.delta(chunk);
  };
  const finish = (end: AnswerEnd) => {
    encoder.finish(end, sent, planned.usage);
    output.done();
    carrier.end();
  };
  const done = () => {
    if (fault === undefined) return finish(planned.end);
    const ending = endingFaults[fault];
    if (ending) return finish(ending);
    if (fault !== 'alien') return fail(fault, output);
    encoder.alien();
    for (const chunk of planned.chunks.slice(chunks.length)) sendDelta(chunk);
    finish(planned.end);
  };
  const stop = emitAtPace(
    chunks,
    { rate: planned.rate, delayMs: planned.step.delayMs ?? 0, clock: planned.clock },
    { emit: sendDelta, done },
  );
  return { stop, textSoFar: () => sent };
}

function fail(
  fault: ScriptedFault,
  { encoder, carrier, done }: { encoder: Encoder; carrier: Carrier; done: () => void },
): void {
  const code = closingFaults[fault];
  if (code !== undefined) return carrier.close(code);
  if (fault === 'eof') return carrier.close(1000);
  if (fault === 'reset') return carrier.reset();
  if (fault === 'freeze') return carrier.freeze();
  if (fault === 'binaryFrame') return carrier.sendRaw(Uint8Array.of(0, 255, 1));
  if (fault === 'badJson') return carrier.sendRaw('{"type": oops');
  if (fault === 'stall') return;
  if (fault === 'errorEvent') encoder.error(500, 'server_error', 'The rehearsal failed as its script says.');
  if (fault === 'connectionLimit')
    encoder.error(400, 'websocket_connection_limit_reached', 'This connection is too old.');
  if (fault === 'previousResponseNotFound')
    encoder.error(400, 'previous_response_not_found', 'No response with that id.');
  done();
  carrier.end();
}
