// Puts a provider together from its configuration.

import type { Clock } from '../clock.ts';
import type { ProviderConfig, Timers } from '../config/presets.ts';
import { chatDialect } from './chat.ts';
import type { Dialect } from './dialect.ts';
import { scrub, secretsOf } from './endpoint-secrets.ts';
import { ProviderFailures } from './failure.ts';
import { type HostTraits, traitsOf } from './known-hosts.ts';
import type { Provider } from './model.ts';
import { ModelRun, type ModelRunContext } from './model-run.ts';
import { ProviderKey } from './provider-key.ts';
import { responsesDialect } from './responses.ts';
import { SleepWatch } from './sleep-watch.ts';
import { Slots } from './slots.ts';
import { SseTransport } from './sse-transport.ts';
import { TransportChoice } from './transport-choice.ts';
import { WebSocketTransport } from './websocket-transport.ts';

/** Answers of one provider at once, and so its sockets: what OpenAI's service allows on a WebSocket API. */
const maxAtOnce = 16;
/** In ms: longer than healthy services take, and short enough that nobody wonders what is going on. README.md says what each of them is. */
const defaultTimers: Timers = { connectMs: 3000, firstByteMs: 5000, stallMs: 2000 };

export interface ProviderDeps {
  readonly clock: Clock;
  /** Read at each connect, so that a rotated key works without a restart. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A provider that talks to `config`'s endpoint. Opens nothing before the first `stream` or `preconnect`. */
export function createProvider(config: ProviderConfig, deps: ProviderDeps): Provider {
  const { clock } = deps;
  const key = new ProviderKey(config, deps.env);
  const withoutSecrets = (text: string) => scrub(text, secretsOf(config, key.value));
  const failures = new ProviderFailures(config.name, key, withoutSecrets);
  const base = new URL(config.baseUrl.replace(/^ws/, 'http').replace(/\/+$/, ''));
  const traits = traitsOf(base);
  const dialect = dialectOf(config, failures, traits);
  const timers = { ...defaultTimers, ...config.timers };
  const endpoint = {
    url: new URL(`${base.href.replace(/\/+$/, '')}${dialect.path}`),
    headers: () => headersOf(config, key.value),
    clock,
    failures,
  };
  const overWebSocket = config.api === 'responses' && config.transport !== 'sse';
  const webSockets = new WebSocketTransport({
    ...endpoint,
    url: webSocketUrl(endpoint.url),
    pongMs: timers.stallMs,
    peer: { answersPings: false },
  });
  const transportChoice = new TransportChoice(
    clock,
    new SseTransport(endpoint),
    overWebSocket ? webSockets : undefined,
  );
  const warmsUp = config.warmUp ?? traits.warmUp ?? false;
  const runs = new Set<ModelRun>();
  const sleep = new SleepWatch(clock);
  const steer = overWebSocket && (config.steer ?? traits.steer ?? false);
  const context: ModelRunContext = {
    clock,
    timers,
    dialect,
    failures,
    transportChoice,
    slots: new Slots(maxAtOnce),
    steer,
    key,
    runs,
  };
  const wake = () => {
    if (sleep.slept()) transportChoice.closeIdle();
  };
  return {
    stream: (request, signal, onEvent) => {
      wake();
      if (warmsUp && dialect.warmUp) webSockets.warmUpWith(dialect.warmUp(request));
      return new ModelRun(context, request, { signal, onEvent }).start();
    },
    scrub: withoutSecrets,
    preconnect: () => {
      wake();
      if (key.ready) transportChoice.preconnect();
      else key.fetch().then((problem) => problem ?? transportChoice.preconnect());
    },
    dispose: () => {
      for (const run of [...runs]) run.abort();
      transportChoice.dispose();
    },
  };
}

function dialectOf(config: ProviderConfig, failures: ProviderFailures, traits: HostTraits): Dialect {
  const common = { failures, extraBody: config.extraBody };
  if (config.api === 'responses') return responsesDialect({ ...common, plainDeltas: traits.plainDeltas ?? false });
  const limitField = traits.maxCompletionTokens ? 'max_completion_tokens' : 'max_tokens';
  return chatDialect({
    ...common,
    limitField,
    usage: traits.streamUsage ?? false,
    trustDone: config.trustDone ?? false,
  });
}

function headersOf(config: ProviderConfig, key: string | undefined): Record<string, string> {
  // Some gateways refuse requests without a user agent.
  const agent = { 'user-agent': 'quickhand' };
  return { ...agent, ...(key === undefined ? {} : { authorization: `Bearer ${key}` }), ...config.headers };
}

function webSocketUrl(url: URL): URL {
  return new URL(url.href.replace(/^http/, 'ws'));
}
