// A model that says again what was offered: an accepted offer is applied by the same way as any answer.

import type { ModelStream, Provider } from '../models/model.ts';
import type { LaneModel, Offer } from './edit-request.ts';

const nothingToSteer: ModelStream = { canSteer: false, steer: async () => 'unsupported' };

/** Answers at once, whatever it is asked, and costs nothing. */
export function modelOf({ model, answer }: Offer): LaneModel {
  const said: Provider = {
    stream(_request, _signal, onEvent) {
      onEvent({ type: 'text', text: answer });
      onEvent({ type: 'ended', end: { kind: 'complete' } });
      return nothingToSteer;
    },
    scrub: (text) => model.provider.scrub(text),
    warm() {},
    dispose() {},
  };
  return { ...model, provider: said };
}
