// Runs checks one after the other, until one fails.

import type { Invocation } from './invocation.ts';
import type { Ran } from './run.ts';

export type RunOne = (invocation: Invocation, signal: AbortSignal) => Promise<Ran>;

/** A check that ran. */
export interface Step {
  readonly invocation: Invocation;
  /** It ended by itself, with exit status 0. */
  readonly ok: boolean;
  readonly output: string;
}

/** `ok`: all of them passed. `reason`: why there is no verdict. `exitCode`: of the last one. */
export interface Sequence {
  readonly ok: boolean;
  readonly exitCode?: number;
  readonly reason?: string;
  readonly steps: readonly Step[];
}

export interface SequenceOptions {
  readonly run: RunOne;
  /** Its reason becomes the sequence's. */
  readonly signal: AbortSignal;
  /** Told of each check before it starts. */
  readonly report: (message: string) => void;
}

export async function runInOrder(invocations: readonly Invocation[], options: SequenceOptions): Promise<Sequence> {
  const { run, signal, report } = options;
  const steps: Step[] = [];
  let exitCode: number | undefined;
  for (const invocation of invocations) {
    report([invocation.command, ...invocation.args].join(' '));
    const ran = await run(invocation, signal);
    const reason = whyNoVerdict(ran, invocation, signal);
    exitCode = ran.kind === 'ended' ? ran.exitCode : undefined;
    if (ran.kind !== 'unstartable') steps.push({ invocation, ok: exitCode === 0, output: ran.output });
    if (reason !== undefined) return { ok: false, reason, steps };
    if (exitCode !== 0) break;
  }
  return { ok: exitCode === 0, ...(exitCode !== undefined && { exitCode }), steps };
}

function whyNoVerdict(ran: Ran, { command, timeoutMs }: Invocation, signal: AbortSignal): string | undefined {
  if (ran.kind === 'unstartable') return `${command} could not be started: ${ran.reason}`;
  if (ran.kind === 'stopped') return String(signal.reason);
  return ran.kind === 'late' ? `${command} took more than ${timeoutMs / 1000} s and was stopped` : undefined;
}
