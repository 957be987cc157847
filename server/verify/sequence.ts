// Runs checks one after the other, until one fails.

import type { Invocation } from './invocation.ts';
import type { CheckResult } from './run-check.ts';

export type RunOne = (invocation: Invocation, signal: AbortSignal) => Promise<CheckResult>;

/** A check that ran. */
export interface FinishedCheck {
  readonly invocation: Invocation;
  /** It ended with exit status 0. */
  readonly ok: boolean;
  readonly output: string;
}

/** `ok`: all of them passed. `reason`: why there is no result. `exitCode`: of the last check. */
export interface SequenceResult {
  readonly ok: boolean;
  readonly exitCode?: number;
  readonly reason?: string;
  readonly steps: readonly FinishedCheck[];
}

export interface SequenceOptions {
  readonly run: RunOne;
  /** Its reason becomes the `reason` of the result. */
  readonly signal: AbortSignal;
  /** Called with each command line before it starts. */
  readonly report: (message: string) => void;
}

export async function runInOrder(
  invocations: readonly Invocation[],
  options: SequenceOptions,
): Promise<SequenceResult> {
  const { run, signal, report } = options;
  const steps: FinishedCheck[] = [];
  let exitCode: number | undefined;
  for (const invocation of invocations) {
    report([invocation.command, ...invocation.args].join(' '));
    const ran = await run(invocation, signal);
    const reason = whyNoResult(ran, invocation, signal);
    exitCode = ran.kind === 'ended' ? ran.exitCode : undefined;
    if (ran.kind !== 'unstartable') steps.push({ invocation, ok: exitCode === 0, output: ran.output });
    if (reason !== undefined) return { ok: false, reason, steps };
    if (exitCode !== 0) break;
  }
  return { ok: exitCode === 0, ...(exitCode !== undefined && { exitCode }), steps };
}

function whyNoResult(ran: CheckResult, { command, timeoutMs }: Invocation, signal: AbortSignal): string | undefined {
  if (ran.kind === 'unstartable') return `${command} could not be started: ${ran.reason}`;
  if (ran.kind === 'stopped') return String(signal.reason);
  return ran.kind === 'late' ? `${command} took more than ${timeoutMs / 1000} s and was stopped` : undefined;
}
