// Merges layers into one configuration. schema.json defines names, types and defaults.

import { type Action, builtInActions } from './actions.ts';
import { reportPlaceholders } from './check-placeholders.ts';
import { completeProviders, laneNames, missingNames } from './cross-checks.ts';
import type { ProviderConfig } from './presets.ts';
import { Problems, ProblemsByEntry, textOf } from './problems.ts';
import rootSchema from './schema.json' with { type: 'json' };
import { addedActions, tightened, withoutForbidden } from './trust.ts';
import type { Config, Guardrails, Lane, Layer } from './types.ts';
import { createValidator, memberPath, type ReportProblem, type Schema } from './validate.ts';

export type { Action } from './actions.ts';
export type { ProviderConfig, Timers } from './presets.ts';
export type { Check, Config, Guardrails, Lane, Layer } from './types.ts';

export const schema = rootSchema as unknown as Schema;
const validate = createValidator(schema);

type Members = Record<string, unknown>;

/** A configuration while layers are added, and the source that set an entry (`lanes.fast`) last. */
interface Draft {
  members: Members;
  lanes: Record<string, Lane>;
  providers: Record<string, Partial<ProviderConfig>>;
  actions: readonly Action[];
  unusable: Record<string, string>;
  readonly origin: Map<string, string>;
}

/**
 * Merges the layers, the weakest first; those that are not trusted come after all others. What is wrong is left out and reported in `problems`, with
 * its path and its source, the first few of each source; the rest works. A lane or a provider that is wrong does not fall back to a weaker layer's of the same name: that could
 * send code elsewhere than meant.
 */
export function parseConfig(layers: readonly Layer[]): { config: Config; problems: string[] } {
  const problems = new Problems();
  const draft = emptyDraft();
  // An untrusted layer may only tighten, so it is compared with all that the user set, wherever it is in the list.
  const inOrder = [...layers.filter(({ trusted }) => trusted), ...layers.filter(({ trusted }) => !trusted)];
  for (const layer of inOrder) addLayer(draft, layer, problems);
  const { lanes, unusable, actions } = draft;
  const { providers, faults } = completeProviders(draft.providers);
  const names = {
    providers: namesIn('providers', providers, unusable),
    laneNames: [...laneNames, ...namesIn('lanes', lanes, unusable)],
  };
  for (const { entry, path, message, fatal } of [...faults, ...missingNames({ lanes, actions, ...names })]) {
    const origin = draft.origin.get(entry);
    const problem = formatProblem(path, message, origin);
    problems.add(origin, problem);
    if (fatal) unusable[entry] = problem;
  }
  const config = { ...draft.members, lanes, providers: usable('providers', providers, unusable), actions, unusable };
  return { config: config as unknown as Config, problems: problems.lines };
}

/** The names of a group's entries, unusable ones included. */
function namesIn(group: string, entries: object, unusable: object): string[] {
  const wrong = Object.keys(unusable).filter((entry) => entry.startsWith(`${group}.`));
  return [...Object.keys(entries), ...wrong.map((entry) => entry.slice(group.length + 1))];
}

const usable = <T>(group: string, entries: Record<string, T>, unusable: object): Record<string, T> =>
  Object.fromEntries(Object.entries(entries).filter(([name]) => !Object.hasOwn(unusable, memberPath(group, name))));

/** The configuration without any layer. */
export const defaults: Config = parseConfig([]).config;

/** `path: message (in source)`. */
function formatProblem(path: string, message: string, source: string | undefined): string {
  const where = path === '' ? '' : `${path}: `;
  return `${where}${message}${source === undefined ? '' : ` (in ${source})`}`;
}

function emptyDraft(): Draft {
  const members = defaultsOf(schema);
  return { members, lanes: {}, providers: {}, actions: builtInActions, unusable: {}, origin: new Map() };
}

/** The `default`s of the schema's properties. */
function defaultsOf({ properties = {} }: Schema): Members {
  const members: [string, unknown][] = [];
  for (const [name, reference] of Object.entries(properties)) {
    const target = reference.$ref ? schema.definitions![reference.$ref.replace('#/definitions/', '')]! : reference;
    if (target.properties) members.push([name, defaultsOf(target)]);
    else if (reference.default !== undefined) members.push([name, reference.default]);
  }
  return Object.fromEntries(members);
}

function addLayer(draft: Draft, layer: Layer, problems: Problems): void {
  const { source } = layer;
  const byEntry = new ProblemsByEntry();
  const report: ReportProblem = (path, message, more) => {
    const words = () => formatProblem(path, textOf(message), source);
    problems.add(source, words, more);
    if (layer.trusted) byEntry.add(path, words);
  };
  if (layer.unreadable !== undefined) {
    problems.add(source, layer.unreadable);
    if (layer.trusted) draft.unusable.lanes = layer.unreadable;
  }
  if (layer.missing !== undefined) problems.add(source, layer.missing);
  if (layer.value === undefined || layer.value === null) return;
  const value = layer.trusted ? layer.value : withoutForbidden(layer.value, Object.keys(schema.properties!), report);
  const valid = validate(value, report) as Members | undefined;
  if (layer.trusted) reportPlaceholders(Object(value).verify, report);
  if (layer.trusted) addTrusted(draft, layer, valid ?? {}, byEntry);
  else addWorkspace(draft, layer, valid ?? {}, report);
}

function addTrusted(draft: Draft, layer: Layer, valid: Members, byEntry: ProblemsByEntry): void {
  const { lanes = {}, providers = {}, actions = [], ignore, $schema: _, ...members } = valid;
  markUnusable(draft, layer, valid, byEntry);
  for (const [name, lane] of Object.entries(lanes as Record<string, Lane | string>)) setLane(draft, name, lane);
  for (const [name, provider] of Object.entries(providers as Record<string, Partial<ProviderConfig>>)) {
    draft.providers[name] = { ...draft.providers[name], ...provider, name };
  }
  addActions(draft, layer.source, actions as Action[]);
  addIgnored(draft, ignore, layer);
  for (const [name, value] of Object.entries(members)) draft.members[name] = merged(draft.members[name], value);
}

function addWorkspace(draft: Draft, layer: Layer, valid: Members, report: ReportProblem): void {
  const { actions = [], guardrails = {}, ignore } = valid;
  const present = draft.members.guardrails as Guardrails;
  draft.members.guardrails = { ...present, ...tightened(present, guardrails as Partial<Guardrails>, report) };
  addActions(draft, layer.source, addedActions(draft.actions, actions as Action[], report));
  addIgnored(draft, ignore, layer);
}

/** The same id takes the place of an earlier action. */
function addActions(draft: Draft, source: string, actions: readonly Action[]): void {
  for (const { id } of actions) draft.origin.set(memberPath('actions', id), source);
  draft.actions = [...new Map([...draft.actions, ...actions].map((action) => [action.id, action])).values()];
}

/**
 * Patterns of all layers are added up: no layer can expose a file that another one ignores. A list that is refused, because it is too long, ignores
 * every file until it is corrected: its patterns are not known.
 */
function addIgnored(draft: Draft, valid: unknown, { value }: Layer): void {
  const isRefused = valid === undefined && Array.isArray((value as Members).ignore);
  const patterns = isRefused ? ['**'] : ((valid ?? []) as string[]);
  draft.members.ignore = [...new Set([...(draft.members.ignore as string[]), ...patterns])];
}

/** `"provider/model"` in one line; the model may contain slashes. */
function setLane(draft: Draft, name: string, lane: Lane | string): void {
  if (typeof lane !== 'string') draft.lanes[name] = lane;
  else draft.lanes[name] = { provider: lane.slice(0, lane.indexOf('/')), model: lane.slice(lane.indexOf('/') + 1) };
}

/** Marks the lanes and providers that are wrong in this layer as unusable, and clears the marks of those that it corrects. */
function markUnusable({ unusable, origin }: Draft, layer: Layer, valid: Members, byEntry: ProblemsByEntry): void {
  for (const group of ['lanes', 'providers']) {
    const raw = Object.hasOwn(Object(layer.value), group) ? (layer.value as Members)[group] : {};
    const groupFault = valid[group] === undefined ? byEntry.at(group) : undefined;
    if (groupFault !== undefined) unusable[group] = groupFault;
    for (const name of Object.keys(Object(raw))) {
      const entry = memberPath(group, name);
      origin.set(entry, layer.source);
      delete unusable[entry];
      if (Object.hasOwn(Object(valid[group]), name)) continue;
      const fault = byEntry.at(entry);
      if (fault !== undefined) unusable[entry] = fault;
    }
  }
}

/** Objects member by member, everything else as a whole. */
function merged(below: unknown, above: unknown): unknown {
  if (!isObject(below) || !isObject(above)) return above;
  const members = new Map(Object.entries(below));
  for (const [name, value] of Object.entries(above)) members.set(name, merged(members.get(name), value));
  return Object.fromEntries(members);
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
