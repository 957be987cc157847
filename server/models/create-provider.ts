// Puts a provider together from its configuration.

import type { Clock } from '../clock.ts';
import { chatDialect } from './chat.ts';
import type { Dialect } from './dialect.ts';
import { Failures } from './failure.ts';
import { ProviderKey } from './key.ts';
import { type HostTraits, traitsOf } from './known-hosts.ts';
import type { Provider } from './model.ts';
import { DEFAULT_TIMERS, type ProviderConfig } from './provider-config.ts';
import { responsesDialect } from './responses.ts';
import { Route } from './route.ts';
import { Run, type RunContext } from './run.ts';
import { scrub, secretsOf } from './secrets.ts';
import { SleepWatch } from './sleep-watch.ts';
import { Slots } from './slots.ts';
import { SseTransport } from './sse-transport.ts';
import { WebSocketTransport } from './websocket-transport.ts';

/** Answers of one provider at once, and so its sockets: what the services allow (`models.md` §1). */
const MAX_AT_ONCE = 16;

export interface ProviderDeps {
  readonly clock: Clock;
  /** Read at each connect, so that a rotated key works without a restart. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A provider that talks to `config`'s endpoint. Opens nothing before the first `stream` or `warm`. */
export function createProvider(config: ProviderConfig, deps: ProviderDeps): Provider {
  const { clock } = deps;
  const key = new ProviderKey(config, deps.env);
  const withoutSecrets = (text: string) => scrub(text, secretsOf(config, key.value));
  const failures = new Failures(config.name, key, withoutSecrets);
  const base = new URL(config.baseUrl.replace(/^ws/, 'http').replace(/\/+$/, ''));
  const traits = traitsOf(base);
  const dialect = dialectOf(config, failures, traits);
  const timers = { ...DEFAULT_TIMERS, ...config.timers };
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
  const route = new Route(clock, new SseTransport(endpoint), overWebSocket ? webSockets : undefined);
  const warmsUp = config.warmUp ?? traits.warmUp ?? false;
  const runs = new Set<Run>();
  const sleep = new SleepWatch(clock);
  const steer = overWebSocket && (config.steer ?? traits.steer ?? false);
  const context: RunContext = {
    clock,
    timers,
    dialect,
    failures,
    route,
    slots: new Slots(MAX_AT_ONCE),
    steer,
    key,
    runs,
  };
  const wake = () => {
    if (sleep.slept()) route.renew();
  };
  return {
    stream: (request, signal, onEvent) => {
      wake();
      if (warmsUp && dialect.warmUp) webSockets.warmUpWith(dialect.warmUp(request));
      return new Run(context, request, { signal, onEvent }).start();
    },
    scrub: withoutSecrets,
    warm: () => {
      wake();
      if (key.ready) route.warm();
      else key.fetch().then((problem) => problem ?? route.warm());
    },
    dispose: () => {
      for (const run of [...runs]) run.abort();
      route.dispose();
    },
  };
}

function dialectOf(config: ProviderConfig, failures: Failures, traits: HostTraits): Dialect {
  const common = { failures, extraBody: config.extraBody };
  if (config.api === 'responses') return responsesDialect({ ...common, plainDeltas: traits.plainDeltas ?? false });
  const limitField = traits.maxCompletionTokens ? 'max_completion_tokens' : 'max_tokens';
  return chatDialect({ ...common, limitField, usage: traits.streamUsage ?? false });
}

function headersOf(config: ProviderConfig, key: string | undefined): Record<string, string> {
  // Some gateways turn away whoever does not say what they are.
  const agent = { 'user-agent': 'quickhand' };
  return { ...agent, ...(key === undefined ? {} : { authorization: `Bearer ${key}` }), ...config.headers };
}

function webSocketUrl(url: URL): URL {
  return new URL(url.href.replace(/^http/, 'ws'));
}
