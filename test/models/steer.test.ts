// Redirecting a running answer.

import { afterEach, describe, expect, it } from 'vitest';
import type { SteerOutcome } from '../../server/models/model.ts';
import { allWays, overWebSocket, type Pair, pairOf, request, type Way } from './ask.ts';

const scope = '<scope path="a.ts" language="typescript" lines="1-1" format="rewrite">\nconst one = 1;\n</scope>\n';

let pair: Pair;
afterEach(() => pair.close());

/** Asks with `instruction` and steers at the first text: what came of it, and the text since the last successor began. */
async function steered(instruction: string): Promise<{ outcome: SteerOutcome; text: string; end: string }> {
  let steering: Promise<SteerOutcome> | undefined;
  let text = '';
  const end = await new Promise<string>((resolve) => {
    const wanted = request(`${scope}<instruction>${instruction}</instruction>`);
    const stream = pair.provider.stream(wanted, new AbortController().signal, (event) => {
      if (event.type === 'text') {
        text += event.text;
        steering ??= stream.steer('rename one to two');
      }
      if (event.type === 'steered') text = '';
      if (event.type === 'ended') resolve(event.end.kind);
    });
  });
  return { outcome: await steering!, text, end };
}

describe('steering', () => {
  it('is followed by a new answer from its start', async () => {
    pair = await pairOf(overWebSocket, {}, { steer: true });
    const result = await steered('slowly document this');
    expect(result).toEqual({ outcome: 'applied', text: 'const two = 1;', end: 'complete' });
  });

  it('that comes too late leaves the answer whole, and says so', async () => {
    pair = await pairOf(overWebSocket, { rate: Number.POSITIVE_INFINITY }, { steer: true });
    const result = await steered('rename one to three');
    expect(result).toEqual({ outcome: 'failed', text: 'const three = 1;', end: 'complete' });
  });

  it.each(allWays)('is not tried where the host is not known to take it, $name', async (way: Way) => {
    pair = await pairOf(way);
    const result = await steered('rename one to three');
    expect(result).toEqual({ outcome: 'unsupported', text: 'const three = 1;', end: 'complete' });
  });
});
