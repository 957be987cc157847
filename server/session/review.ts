// What has become of what an edit brought, in the user's eyes.

import type { Offer } from './offer.ts';

/** See {@link ReviewState}. */
export type Review = ReviewState['state'];

/**
 * offered: nothing is applied until the user accepts it. draft: it stands in the buffer, and nobody has judged it. kept, verified: the user, or a check,
 * is content with it. reverted: it was reverted or discarded, by the user or a guardrail. `hadOffer`: it was offered before.
 */
type ReviewState =
  | { readonly state: 'offered'; readonly offer: Offer }
  | { readonly state: 'draft' | 'kept' | 'verified' | 'reverted'; readonly hadOffer: boolean };

/** Owned by one edit session. */
export class EditReview {
  #now: ReviewState = { state: 'draft', hadOffer: false };

  get state(): Review {
    return this.#now.state;
  }

  /** Undefined if it has nothing to apply. */
  get offer(): Offer | undefined {
    return this.#now.state === 'offered' ? this.#now.offer : undefined;
  }

  /** Whether it has ended with an offer, whatever has become of that. */
  get madeOffer(): boolean {
    return this.#now.state === 'offered' || this.#now.hadOffer;
  }

  offered(offer: Offer): void {
    this.#now = { state: 'offered', offer };
  }

  /** An offer is gone with that: a draft is one that was accepted, or whose document was closed. */
  judged(state: Exclude<Review, 'offered'>): void {
    this.#now = { state, hadOffer: this.madeOffer };
  }
}
