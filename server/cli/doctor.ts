// `quickhand doctor`: what is installed, configured, found and reachable, how fast each configured model is, and the lines for the editors that are here.

import { dirname } from 'node:path';
import { discoverModels } from '../models/discovery.ts';
import type { FoundModel } from '../models/found.ts';
import { printableJson } from '../text/printable.ts';
import { readTimeoutMs } from './answer-limits.ts';
import { type ConfigurationState, inspectConfiguration } from './doctor/configuration.ts';
import * as report from './doctor/doctor-report.ts';
import { type FoundEditor, findEditors, findProgram } from './doctor/editors.ts';
import { type Installation, inspectInstallation } from './doctor/installation.ts';
import type { Measurement } from './doctor/measure.ts';
import { measureLanes } from './doctor/measure-lanes.ts';
import { type CliIo, usageError } from './io.ts';
import { readOptions } from './options.ts';
import { type Style, styleFor } from './style.ts';

const usage = 'usage: quickhand doctor [--timeout SECONDS] [--json]';

/** A server on this machine answers in a few ms, or is not there. */
const lookMs = 500;

interface DoctorReport {
  /** Nothing that is installed or configured fails. */
  readonly works: boolean;
  readonly installation: Installation;
  readonly configuration: Omit<ConfigurationState, 'config'>;
  readonly found: readonly (FoundModel & { readonly isUsed: boolean })[];
  readonly models: readonly Measurement[];
  readonly editors: readonly FoundEditor[];
  /** What editors have to start: `quickhand`, or what takes its place where that is not on PATH. */
  readonly command: string;
}

/** Shows a part of the report as soon as it is known. */
type ShowPart = (part: (style: Style) => string) => void;

export async function doctor(args: string[], io: CliIo): Promise<number> {
  const options = { json: { type: 'boolean', default: false }, timeout: { type: 'string' } } as const;
  const { values, positionals } = readOptions(args, options, usage);
  if (positionals[0] !== undefined) throw usageError(`unexpected argument "${positionals[0]}"`, usage);
  const timeoutMs = readTimeoutMs(values.timeout, usage);
  const style = styleFor(io);
  const show: ShowPart = (part) => io.stdout.write(part(style));
  const doctorReport = await examine(io, { timeoutMs, show: values.json ? () => {} : show });
  if (values.json) io.stdout.write(`${printableJson(doctorReport)}\n`);
  return doctorReport.works ? 0 : 1;
}

interface ExamineOptions {
  /** How long one answer of a model may take. */
  readonly timeoutMs: number;
  readonly show: ShowPart;
}

async function examine(io: CliIo, { timeoutMs, show }: ExamineOptions): Promise<DoctorReport> {
  const assets = dirname(io.script);
  const installation = await inspectInstallation(assets);
  show((style) => report.formatInstallation(installation, style));
  const { config, ...configuration } = await inspectConfiguration(io);
  show((style) => report.formatConfiguration(configuration, style));
  const used = new Set(Object.values(config.lanes).map(({ provider }) => provider));
  const all = await discoverModels({ providers: config.providers, env: io.env, timeoutMs: lookMs });
  const found = all.map((one) => ({ ...one, isUsed: used.has(one.provider) }));
  show((style) => report.formatFound(found, style));
  show((style) => report.heading('Models', style));
  const models = await measureLanes({
    io,
    config,
    lanes: configuration.lanes,
    timeoutMs,
    onMeasured: (measurement) => show((style) => report.formatMeasurement(measurement, style)),
  });
  const editors = await findEditors(io, assets);
  const command = (await findProgram(['quickhand'], io.env.PATH)) === undefined ? `node ${io.script}` : 'quickhand';
  io.interrupted.throwIfAborted();
  show((style) => report.formatEditors({ editors, command }, style));
  const isSound = [installation, configuration].every(({ problems }) => problems.length === 0);
  const works = isSound && models.every(({ problem }) => problem === undefined);
  show((style) => report.formatConclusion(works, models, style));
  return { works, installation, configuration, found, models, editors, command };
}
