// What an edit offers in place of applying it: a whole answer, or what is missing of one that the editor refused to take in full.

import type { Region } from '../delivery/region.ts';
import type { ModelStream, Provider } from '../models/model.ts';
import { applyEdits, shiftEdits } from '../text/edit.ts';
import type { LaneModel } from './lane-model.ts';

/** A whole answer that waits for the user's word. */
export interface Offer {
  readonly model: LaneModel;
  readonly answer: string;
  /** The scope's text that it is an answer to: it can't be applied to another. */
  readonly base: string;
}

/** An answer of the format `rewrite` to what the scope reads now. */
export type Rest = Pick<Offer, 'answer' | 'base'>;

/** What of a whole answer has not reached the editor. `text`: the document's latest text, which the region's span is in. */
export function restOf(region: Region, text: string): Rest {
  const { from, to } = region.span;
  const base = text.slice(from, to);
  const edits = region.editsToSend().map(({ edit }) => edit);
  return { base, answer: applyEdits(base, shiftEdits(edits, -from)) };
}

/** An attempt whose answer is whole. */
interface Answered {
  readonly model: LaneModel | undefined;
  readonly text: string;
  readonly changes: boolean;
}

interface OfferOptions {
  /** What is missing of the answer in the buffer. */
  readonly rest?: Rest;
  /** Whether nothing was to be applied. */
  readonly isOffer?: boolean | undefined;
  /** What the scope reads now. */
  readonly base: string;
}

/** What an edit whose answer is whole has to offer; undefined: nothing. */
export function offerOf(answered: Answered | undefined, { rest, isOffer, base }: OfferOptions): Offer | undefined {
  if (!answered?.model) return undefined;
  const { model, text, changes } = answered;
  if (rest) return { ...rest, model: { ...model, format: 'rewrite' } };
  return isOffer && changes ? { model, answer: text, base } : undefined;
}

const nothingToSteer: ModelStream = { canSteer: false, steer: async () => 'unsupported' };

/** A model that gives the offer as its answer, at once and for nothing: an accepted offer is applied in the same way as any answer. */
export function modelOf({ model, answer }: Offer): LaneModel {
  const provider: Provider = {
    stream(_request, _signal, onEvent) {
      onEvent({ type: 'text', text: answer });
      onEvent({ type: 'ended', end: { kind: 'complete' } });
      return nothingToSteer;
    },
    scrub: (text) => model.provider.scrub(text),
    preconnect() {},
    dispose() {},
  };
  return { ...model, provider };
}
