// Describes an edit in the few words that fit a status bar.
import type { ShownEdit } from './edits.ts';

/** `3 edits, 63 ms to the first token, 1005 tokens/s` */
export function describeEnd({ outcome, timing, state }: NonNullable<ShownEdit['end']>): string {
  if (state === 'offered') return 'ready: apply or discard';
  const { ttftMs, tokensPerSecond, hunks } = timing;
  const parts = [
    outcome !== 'completed' && outcome,
    plural(hunks, 'edit'),
    ttftMs !== undefined && `${Math.round(ttftMs)} ms to the first token`,
    tokensPerSecond !== undefined && `${Math.round(tokensPerSecond)} tokens/s`,
  ];
  return parts.filter((part) => part !== false).join(', ');
}

export function describeRunning({ report }: ShownEdit): string {
  if (!report) return 'asking';
  return `${report.hunks > 0 ? plural(report.hunks, 'edit') : 'reading'}, ${report.chars} characters`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
