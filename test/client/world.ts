// One scenario's world: a puppet model, a server and an editor, ended and checked whatever happens.

import { afterAll } from 'vitest';
import { type ClientOptions, TestClient } from './client.ts';
import { Puppet } from './puppet.ts';

export interface World {
  readonly client: TestClient;
  readonly model: Puppet;
}

/** Runs a scenario. A failure in it carries the last messages; a clean one still fails on what the client finds at its end. */
export async function inWorld(options: ClientOptions, scenario: (world: World) => Promise<void>): Promise<void> {
  const model = await Puppet.start();
  try {
    await withClient(configured(options, model), (client) => scenario({ client, model }));
  } finally {
    await model.close();
  }
}

/** The same without a model of its own. */
export async function withClient(
  options: ClientOptions,
  scenario: (client: TestClient) => Promise<void>,
  start: (options: ClientOptions) => Promise<TestClient> = TestClient.start,
): Promise<void> {
  const client = await start(options);
  try {
    await scenario(client);
  } catch (error) {
    const faults = client.wire.faults.join('\n');
    await client.dispose();
    throw new Error(`${error instanceof Error ? error.stack : error}\n${faults}\n${client.transcript}`, {
      cause: error,
    });
  }
  await client.close();
}

/**
 * One world for the scenarios of a file, one after the other, so that a server is started once and not for each. After each one the client is
 * checked as at its end, and is as new for the next. A scenario that fails takes its world with it.
 */
export function sharedWorld(options: ClientOptions = {}): (scenario: (world: World) => Promise<void>) => Promise<void> {
  let world: Promise<World> | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const end = async (how: 'close' | 'dispose') => {
    const open = await world;
    world = undefined;
    await open?.client[how]().finally(() => open.model.close());
  };
  const play = async (scenario: (world: World) => Promise<void>) => {
    world ??= start(options);
    const { client, model } = await world;
    try {
      await scenario({ client, model });
      await client.nextScenario();
      model.forget();
    } catch (error) {
      const said = `${error instanceof Error ? error.stack : error}\n${client.wire.faults.join('\n')}\n${client.transcript}`;
      await end('dispose');
      throw new Error(said, { cause: error });
    }
  };
  afterAll(() => end('close'));
  return (scenario) => {
    const played = turn.then(() => play(scenario));
    turn = played.catch(() => undefined);
    return played;
  };
}

async function start(options: ClientOptions): Promise<World> {
  const model = await Puppet.start();
  return { client: await TestClient.start(configured(options, model)), model };
}

function configured(options: ClientOptions, model: Puppet): ClientOptions {
  const { providers, lanes } = model.settings;
  const own = (options.initializationOptions ?? {}) as { readonly providers?: object };
  const initializationOptions = { lanes, ...own, providers: { ...providers, ...own.providers } };
  return { ...options, initializationOptions };
}
