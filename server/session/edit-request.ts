// What an edit is asked for, and what it needs to run.

import type { Clock } from '../clock.ts';
import type { DocumentDelivery } from '../delivery/document-delivery.ts';
import type { DeliveryMode } from '../delivery/pacing.ts';
import type { Region } from '../delivery/region.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import type { LeftOut } from '../guardrails/left-out.ts';
import type { ParseCheck, Scope } from '../scope/scopes.ts';
import type { Span } from '../text/span.ts';
import type { Turns } from '../turns.ts';
import type { EditListener } from './edit-events.ts';
import type { LaneModel } from './lane-model.ts';
import type { ModelCall } from './model-call.ts';
import type { Offer } from './offer.ts';
import type { DirectiveRequest, Exchange, Prepare, ScopeDiagnostic } from './prepared-request.ts';

/** What a correction needs of the edit that it corrects. */
export interface Corrected {
  readonly region: Region;
  /** Undefined if its model was never asked. */
  readonly exchange: Exchange | undefined;
  readonly hasLanded: boolean;
  readonly isRunning: boolean;
  /** Its running answer, which is redirected where the model can be steered. */
  handOver(): ModelCall | undefined;
}

export interface EditRequest {
  readonly editId: string;
  readonly scope: Scope;
  readonly title: string;
  readonly instruction: string;
  readonly mode: DeliveryMode;
  readonly joinsUndo: boolean;
  /** Models to try in order; a later one only if the one before failed without a hunk. */
  readonly lanes: readonly string[];
  /** The name of the first of them, for the user. */
  readonly label: string;
  /** The directive that asked for it. */
  readonly directive?: DirectiveRequest;
  readonly diagnostics?: readonly ScopeDiagnostic[];
  /** The edit that this one corrects; `revert` reverts both. */
  readonly corrects?: Corrected;
  /** Whether it corrects an edit that was still running. */
  readonly interrupts?: boolean;
  /** The edit that this one takes the place of; whoever names that one means this one. */
  readonly retries?: object;
  /** What an earlier answer left out, and was refused for: it was asked to write that out, and if it does the same again it means it. */
  readonly leftOut?: LeftOut | undefined;
  /** The answer is not applied but offered: the user accepts it, or not. */
  readonly isOffer?: boolean;
  /** The offer that is applied, in place of an answer of a model. */
  readonly accepts?: Offer;
  /** The lane that could answer where this one's model has no room for so much; undefined if there is none. */
  readonly roomier?: string | undefined;
}

export interface EditDeps {
  readonly clock: Clock;
  readonly delivery: DocumentDelivery;
  readonly listener: EditListener;
  /** Rejects with an Error whose message tells the user what is missing. */
  readonly openLane: (lane: string) => Promise<LaneModel>;
  /** Prepares prompt, engine and guardrails; loaded when first needed. */
  readonly loadPrepare: () => Promise<Prepare>;
  readonly parseCheck: (snapshot: Snapshot, span: Span) => ParseCheck | undefined;
  /** Why nothing of the document may be sent to a model; undefined if it may. Never rejects. */
  readonly forbidden: (snapshot: Snapshot) => Promise<string | undefined>;
  readonly onBug: (error: unknown) => void;
  readonly turns: Turns;
}
