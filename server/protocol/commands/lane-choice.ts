// The lane that was asked for, how its answer reaches the buffer, and the lane that has more room.

import { ClientError } from '../../errors.ts';
import type { NewEdit } from '../../session/edits.ts';
import { type Fields, optionalString } from '../arguments.ts';
import type { ServerContext } from '../server-context.ts';

export const deliveries = ['auto', 'stream', 'atomic'] as const;
export type Delivery = (typeof deliveries)[number];

/** The lane for what should be thought about first. It works in the background and ends with an offer. */
const deepLane = 'deep';

export type LaneChoice = Pick<NewEdit, 'mode' | 'isOffer' | 'lanes' | 'label' | 'roomier'>;

/** The lane that was asked for. `fast` and `deep` always exist (DESIGN.md §6): unconfigured, they are the rehearsal model or say what is missing. */
export function laneOf({ config, lanes }: ServerContext, fields: Fields, otherwise = 'fast'): string {
  const lane = optionalString(fields, 'lane') ?? otherwise;
  if (lane === 'fast' || lane === deepLane || Object.hasOwn(config.lanes, lane)) return lane;
  throw new ClientError(`lane: there is no "${lane}"; ${lanes.describe(lane).problem ?? ''}`);
}

/** `delivery`: what the request itself asks for; who says how an answer is to be applied wants it applied. */
export function routeOf(context: ServerContext, lane: string, delivery: Delivery = 'auto'): LaneChoice {
  const isOffer = lane === deepLane && delivery === 'auto';
  const wished = delivery === 'auto' ? context.config.delivery : delivery;
  return {
    mode: isOffer || wished === 'atomic' ? 'atomic' : 'stream',
    isOffer,
    lanes: context.lanes.withFallbacks(lane),
    label: context.lanes.describe(lane).label,
    roomier: roomierThan(context, lane),
  };
}

/** The deep lane, if it can be used and is another model than this lane's. Nothing is ever sent there without being asked. */
export function roomierThan({ lanes }: Pick<ServerContext, 'lanes'>, lane: string): string | undefined {
  const [deep, asked] = [lanes.describe(deepLane), lanes.describe(lane)];
  return lane === deepLane || deep.problem !== undefined || deep.label === asked.label ? undefined : deepLane;
}

/** The most lines that a lane takes, by its own setting; it is never routed elsewhere by itself. */
export function mostLines({ config }: Pick<ServerContext, 'config'>, lane: string): number | undefined {
  return Object.hasOwn(config.lanes, lane) ? config.lanes[lane]!.maxScopeLines : undefined;
}
