// What a provider is configured with, and how long each thing may take.

import type { Timers } from '../config/presets.ts';

export type { ProviderConfig, Timers } from '../config/presets.ts';

/** In ms: clear of what healthy services take, and short enough that nobody wonders. What each means is in README.md. */
export const DEFAULT_TIMERS: Timers = { connectMs: 3000, firstByteMs: 5000, stallMs: 2000 };
