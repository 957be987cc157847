// The notification `$/quickhand/edit`, as far as the extension reads it.
import type { Range } from 'vscode-languageclient/node';

export interface Timing {
  /** Time to the first token, ms. */
  readonly ttftMs?: number;
  readonly totalMs: number;
  readonly tokensPerSecond?: number;
  readonly hunks: number;
}

/** In this order: begin, any number of hunk and report, end. */
export type EditEvent =
  | {
      readonly kind: 'begin';
      readonly editId: string;
      readonly uri: string;
      readonly range: Range;
      readonly instruction: string;
      readonly model: string;
    }
  | { readonly kind: 'hunk'; readonly editId: string }
  | { readonly kind: 'report'; readonly editId: string; readonly chars: number; readonly hunks: number }
  | {
      readonly kind: 'end';
      readonly editId: string;
      readonly outcome: 'completed' | 'cancelled' | 'superseded' | 'rejected' | 'failed';
      readonly reason?: string;
      readonly timing: Timing;
      /** `offered`: nothing of it is in the text before the user accepts it. */
      readonly state: 'offered' | 'draft' | 'kept' | 'verified' | 'reverted';
    };

export const editEvent = '$/quickhand/edit';
