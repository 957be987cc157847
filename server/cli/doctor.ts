// `quickhand doctor`: what is installed, configured, found and reachable, how fast each configured model is, and the lines for the editors that are here.

import { dirname } from 'node:path';
import { discover } from '../models/discovery.ts';
import type { Found } from '../models/found.ts';
import { shownJson } from '../text/shown.ts';
import { type ConfigurationState, inspectConfiguration } from './doctor/configuration.ts';
import { type FoundEditor, findEditors, findProgram } from './doctor/editors.ts';
import { type Installation, inspectInstallation } from './doctor/installation.ts';
import type { Measurement } from './doctor/measure.ts';
import { measureLanes } from './doctor/measure-lanes.ts';
import * as report from './doctor/report.ts';
import { type CliIo, usageError } from './io.ts';
import { readOptions } from './options.ts';
import { type Style, styleFor } from './style.ts';

const USAGE = 'usage: quickhand doctor [--json]';

/** A server on this machine answers in a few ms, or is not there. */
const lookMs = 500;

interface Checkup {
  /** Nothing that is installed or configured fails. */
  readonly works: boolean;
  readonly installation: Installation;
  readonly configuration: Omit<ConfigurationState, 'config'>;
  readonly found: readonly (Found & { readonly isUsed: boolean })[];
  readonly models: readonly Measurement[];
  readonly editors: readonly FoundEditor[];
  /** What editors have to start: `quickhand`, or what takes its place where that is not on PATH. */
  readonly command: string;
}

/** Shows a part of the report as soon as it is known. */
type Tell = (part: (style: Style) => string) => void;

export async function doctor(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = readOptions(args, { json: { type: 'boolean', default: false } }, USAGE);
  if (positionals[0] !== undefined) throw usageError(`"${positionals[0]}" is too much`, USAGE);
  const style = styleFor(io);
  const tell: Tell = (part) => io.stdout.write(part(style));
  const checkup = await examine(io, values.json ? () => {} : tell);
  if (values.json) io.stdout.write(`${shownJson(checkup)}\n`);
  return checkup.works ? 0 : 1;
}

async function examine(io: CliIo, tell: Tell): Promise<Checkup> {
  const assets = dirname(io.script);
  const installation = await inspectInstallation(assets);
  tell((style) => report.sayInstallation(installation, style));
  const { config, ...configuration } = await inspectConfiguration(io);
  tell((style) => report.sayConfiguration(configuration, style));
  const used = new Set(Object.values(config.lanes).map(({ provider }) => provider));
  const all = await discover({ providers: config.providers, env: io.env, timeoutMs: lookMs });
  const found = all.map((one) => ({ ...one, isUsed: used.has(one.provider) }));
  tell((style) => report.sayFound(found, style));
  tell((style) => report.heading('Models', style));
  const models = await measureLanes({
    io,
    config,
    lanes: configuration.lanes,
    onMeasured: (measurement) => tell((style) => report.sayMeasurement(measurement, style)),
  });
  const editors = await findEditors(io, assets);
  const command = (await findProgram(['quickhand'], io.env.PATH)) === undefined ? `node ${io.script}` : 'quickhand';
  io.interrupted.throwIfAborted();
  tell((style) => report.sayEditors({ editors, command }, style));
  const isSound = [installation, configuration].every(({ problems }) => problems.length === 0);
  const works = isSound && models.every(({ problem }) => problem === undefined);
  tell((style) => report.sayVerdict(works, models, style));
  return { works, installation, configuration, found, models, editors, command };
}
