// One scenario's world: a puppet model, a server and an editor, ended and checked whatever happens.

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
    const initializationOptions = { ...model.settings, ...(options.initializationOptions as object | undefined) };
    await withClient({ ...options, initializationOptions }, (client) => scenario({ client, model }));
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
