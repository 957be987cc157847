// Measures the model of a lane with one small edit of a file of our own: whether it answers, how soon and how fast.

import { systemClock } from '../../clock.ts';
import { createSnapshot } from '../../documents/snapshot.ts';
import { messageOf } from '../../errors.ts';
import type { ModelEnd, ModelEvent } from '../../models/model.ts';
import { buildPrompt, chooseFormat, type Prompt } from '../../prompt/prompt.ts';
import type { LaneModel } from '../../session/lane-model.ts';
import type { Lanes } from '../../session/lanes.ts';
import { Stopwatch } from '../../session/stopwatch.ts';
import { lineCount } from '../../text/lines.ts';
import { sayTimeout, triedTokens } from '../answer-limits.ts';
import { demoFile, demoName } from '../demo-file.ts';

export interface Measurement {
  readonly lane: string;
  /** `provider/model`, or that it is the rehearsal model. */
  readonly model: string;
  readonly isRehearsal: boolean;
  /** Why it does not work; the figures are absent then. */
  readonly problem?: string;
  /** The first request on a new connection, in ms; edits in an editor find theirs open as a rule. */
  readonly ttftMs?: number;
  readonly totalMs?: number;
  readonly tokensPerSecond?: number;
  readonly outputTokens?: number;
  readonly transport?: string;
}

export interface MeasureOptions {
  readonly lanes: Lanes;
  readonly lane: string;
  readonly signal: AbortSignal;
  /** The measurement is given up after so long. */
  readonly timeoutMs: number;
  /** The first text has come. */
  readonly onFirstToken?: (ttftMs: number) => void;
}

/** Never rejects; an aborted measurement has a problem like any other. */
export async function measure(options: MeasureOptions): Promise<Measurement> {
  const { lanes, lane } = options;
  const { label, rehearsal: isRehearsal, problem } = lanes.describe(lane);
  const named = { lane, model: label, isRehearsal };
  if (problem !== undefined) return { ...named, problem };
  try {
    return { ...named, ...(await ask(await lanes.open(lane), options)) };
  } catch (error) {
    return { ...named, problem: messageOf(error) };
  }
}

type MeasuredAnswer = Pick<
  Measurement,
  'problem' | 'ttftMs' | 'totalMs' | 'tokensPerSecond' | 'outputTokens' | 'transport'
>;

async function ask(model: LaneModel, { signal, timeoutMs, onFirstToken }: MeasureOptions): Promise<MeasuredAnswer> {
  const watch = new Stopwatch(systemClock);
  let transport: string | undefined;
  let isThinking = false;
  const request = { model: model.model, ...smallEdit(model), maxOutputTokens: triedTokens(model) };
  const asking = abortable(signal, timeoutMs);
  const end = await new Promise<ModelEnd>((resolve) => {
    model.provider.stream(request, asking.signal, (event: ModelEvent) => {
      if (event.type === 'opened') transport = event.transport;
      if (event.type === 'usage') watch.used(event.usage);
      if (event.type === 'thinking' || event.type === 'text') isThinking = event.type === 'thinking';
      if (event.type === 'ended') resolve(event.end);
      if (event.type !== 'text') return;
      if (watch.chars === 0) onFirstToken?.(watch.elapsedMs);
      watch.text(event.text);
    });
  });
  asking.over();
  const isLate = asking.signal.reason === tooLate;
  const problem = isLate ? `no end of its answer within ${sayTimeout(timeoutMs)}` : problemOf(end, watch);
  if (problem !== undefined) return { problem: isThinking ? `${problem}: it was still thinking` : problem };
  return figuresOf(watch, transport);
}

const tooLate = 'too late';

/** A signal that follows another one, and is aborted as `tooLate` after `timeoutMs`. */
function abortable(signal: AbortSignal, timeoutMs: number): { readonly signal: AbortSignal; over(): void } {
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  const timer = setTimeout(() => controller.abort(tooLate), timeoutMs);
  const over = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  };
  return { signal: controller.signal, over };
}

function figuresOf(watch: Stopwatch, transport: string | undefined): MeasuredAnswer {
  const { ttftMs, totalMs, tokensPerSecond } = watch.timing();
  const outputTokens = watch.usage?.outputTokens;
  return {
    totalMs,
    ...(ttftMs !== undefined && { ttftMs }),
    ...(tokensPerSecond !== undefined && { tokensPerSecond }),
    ...(outputTokens && { outputTokens }),
    ...(transport !== undefined && { transport }),
  };
}

function problemOf(end: ModelEnd, { chars }: Stopwatch): string | undefined {
  if (end.kind === 'error') return end.error.message;
  if (end.kind !== 'complete') return end.message;
  return chars === 0 ? 'the model gave an empty answer' : undefined;
}

/** Some 150 tokens to read and 100 to write: enough for a rate, little enough to cost next to nothing. */
function smallEdit({ format }: LaneModel): Prompt {
  const text = demoFile.trimEnd();
  return buildPrompt({
    snapshot: createSnapshot(`file:///${demoName}`, 1, 'typescript', demoFile),
    span: { from: 0, to: text.length },
    path: demoName,
    format: chooseFormat(lineCount(text), format),
    instruction: 'rename sum to cents',
  });
}
