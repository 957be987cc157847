// One answer being given: what to say, at what pace, and how it goes wrong if the script wants it to.

import { obey } from './obey.ts';
import { play, tokensOf } from './pace.ts';
import type { RehearsalRequest } from './request.ts';
import type { Fault, ScriptStep, ScriptUsage } from './script.ts';
import type { Carrier, Outcome, Voice } from './voice.ts';

/** An answer decided on. */
export interface Part {
  readonly chunks: readonly string[];
  readonly outcome: Outcome;
  readonly rate: number;
  readonly step: ScriptStep;
  readonly usage: Required<ScriptUsage>;
}

/** Decides on the answer to `request`; `rate` is the server's own, in tokens per second. */
export function rehearse(request: RehearsalRequest, step: ScriptStep, rate: number): Part {
  const scripted = step.chunks ?? (step.answer === undefined ? undefined : tokensOf(step.answer));
  const obeyed = scripted ? undefined : obey(request);
  const all = scripted ?? tokensOf(obeyed?.answer ?? '');
  const isCut = all.length > request.maxOutputTokens;
  const chunks = isCut ? all.slice(0, request.maxOutputTokens) : all;
  return {
    chunks,
    outcome: isCut ? 'incomplete' : 'completed',
    rate: step.rate ?? obeyed?.rate ?? rate,
    step,
    usage: { ...estimate(request, chunks.length), ...step.usage },
  };
}

/** Usage of a request that got `outputTokens`. */
export function estimate(request: RehearsalRequest, outputTokens: number): Required<ScriptUsage> {
  const inputTokens = tokensOf(request.instructions + request.text).length;
  return { inputTokens, cachedTokens: 0, outputTokens, reasoningTokens: 0 };
}

const ENDING_FAULTS: Partial<Record<Fault, Outcome>> = {
  failed: 'failed',
  incomplete: 'incomplete',
  filtered: 'filtered',
};
const CLOSING_FAULTS: Partial<Record<Fault, number>> = {
  close1000: 1000,
  close1001: 1001,
  close1006: 1006,
  close1009: 1009,
};

/** An answer being given. */
export interface Performing {
  /** Nothing is sent after it. */
  stop(): void;
  /** What was said so far. */
  said(): string;
}

/** Gives the answer. `done` is called when it has ended by itself. */
export function perform(part: Part, stage: { voice: Voice; carrier: Carrier; done: () => void }): Performing {
  const { voice, carrier } = stage;
  const { fault } = part.step;
  if (fault === 'silent') return { stop: () => {}, said: () => '' };
  const chunks = fault === undefined ? part.chunks : part.chunks.slice(0, part.step.afterChunks ?? 0);
  let said = '';
  voice.begin();
  const say = (chunk: string) => {
    said += chunk;
    voice.delta(chunk);
  };
  const finish = (outcome: Outcome) => {
    voice.finish(outcome, said, part.usage);
    stage.done();
    carrier.end();
  };
  const done = () => {
    if (fault === undefined) return finish(part.outcome);
    const ending = ENDING_FAULTS[fault];
    if (ending) return finish(ending);
    if (fault !== 'alien') return fail(fault, stage);
    voice.alien();
    for (const chunk of part.chunks.slice(chunks.length)) say(chunk);
    finish(part.outcome);
  };
  const stop = play(chunks, { rate: part.rate, delayMs: part.step.delayMs ?? 0 }, { emit: say, done });
  return { stop, said: () => said };
}

function fail(fault: Fault, { voice, carrier, done }: { voice: Voice; carrier: Carrier; done: () => void }): void {
  const code = CLOSING_FAULTS[fault];
  if (code !== undefined) return carrier.close(code);
  if (fault === 'eof') return carrier.close(1000);
  if (fault === 'reset') return carrier.reset();
  if (fault === 'freeze') return carrier.freeze();
  if (fault === 'binaryFrame') return carrier.sendRaw(Uint8Array.of(0, 255, 1));
  if (fault === 'badJson') return carrier.sendRaw('{"type": oops');
  if (fault === 'stall') return;
  if (fault === 'errorEvent') voice.error(500, 'server_error', 'The rehearsal failed as its script says.');
  if (fault === 'connectionLimit')
    voice.error(400, 'websocket_connection_limit_reached', 'This connection is too old.');
  if (fault === 'previousResponseNotFound')
    voice.error(400, 'previous_response_not_found', 'No response with that id.');
  done();
  carrier.end();
}
