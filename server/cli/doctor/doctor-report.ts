// What the doctor says, in words. Each part ends with a line break.

import { configLineFor, type FoundModel, describeFound as nameOf } from '../../models/found.ts';
import type { Style } from '../style.ts';
import type { ConfigurationState } from './configuration.ts';
import type { FoundEditor } from './editors.ts';
import type { Installation } from './installation.ts';
import type { Measurement } from './measure.ts';

export const heading = (title: string, { bold }: Style): string => `\n${bold(title)}\n`;

const lines = (all: readonly string[]): string => all.map((line) => `  ${line}\n`).join('');

export function formatInstallation(
  { version, node, platform, grammars, problems }: Installation,
  style: Style,
): string {
  const names = grammars.filter(({ problem }) => problem === undefined).map(({ name }) => name);
  const title = `${style.bold(`Quickhand ${version}`)}, Node ${node}, ${platform}\n`;
  return title + lines([`grammars: ${names.join(', ') || 'none'}`, ...problems.map(style.red)]);
}

export function formatConfiguration(state: Omit<ConfigurationState, 'config'>, style: Style): string {
  const files = state.files.map(({ path, exists }) => (exists ? path : `${path} ${style.dim('(not there)')}`));
  const variable = state.isInEnvironment ? ['QUICKHAND_MODEL is set'] : [];
  const unseen = style.dim('Settings that your editor passes to the server are not visible here.');
  return heading('Configuration', style) + lines([...files, ...variable, ...state.problems.map(style.red), unseen]);
}

export function formatFound(found: readonly (FoundModel & { readonly isUsed: boolean })[], style: Style): string {
  const said = found.map((one) => {
    const more = one.kind === 'server' && one.models.length > 1 ? `, with ${one.models.length} models` : '';
    return `${nameOf(one)}${more}: ${one.isUsed ? 'a lane uses it' : `not used; ${configLineFor(one)} would use it`}`;
  });
  const nothing = style.dim('no key in the environment, and no model server where they usually are on this machine');
  return heading('Found', style) + lines(said.length === 0 ? [nothing] : said);
}

export function formatMeasurement({ lane, model, problem, ...figures }: Measurement, { red, green }: Style): string {
  if (problem !== undefined) return lines([`${model === lane ? lane : `${lane}: ${model}`}: ${red(problem)}`]);
  const { ttftMs = 0, tokensPerSecond, outputTokens, transport } = figures;
  const rate = tokensPerSecond === undefined ? 'too fast to measure a rate' : `${tokensPerSecond} tokens/s`;
  const counted = outputTokens === undefined ? 'tokens estimated' : `${outputTokens} tokens`;
  return lines([
    `${lane}: ${model}: ${green(`first token ${Math.round(ttftMs)} ms · ${rate}`)} (${counted}, ${transport})`,
  ]);
}

export function formatEditors(
  { editors, command }: { readonly editors: readonly FoundEditor[]; readonly command: string },
  style: Style,
): string {
  const title = heading('Editors', style);
  if (editors.length === 0)
    return title + lines(['none that Quickhand knows lines for; README.md says what any other client needs']);
  const instead = `quickhand is not on PATH: in these lines, put ${command} in its place, each word a separate argument`;
  const missing = command === 'quickhand' ? '' : lines([style.yellow(instead)]);
  return title + missing + editors.map((editor) => formatEditor(editor, style)).join('');
}

/** The lines stand at the margin, to be copied. */
function formatEditor({ name, version, path, setups, note }: FoundEditor, { dim, cyan }: Style): string {
  const title = `  ${name}${version === undefined ? '' : ` ${version}`} ${dim(`(${path})`)}`;
  const parts = setups.map(({ into, lines }) => `${cyan(`── into ${into}`)}\n\n${lines}\n`);
  return `${title}${note === undefined ? '' : `: ${note}`}\n${parts.join('')}`;
}

export function formatConclusion(works: boolean, models: readonly Measurement[], { red }: Style): string {
  if (!works) return `\n${red('Something does not work: see above.')}\n`;
  if (models.some(({ isRehearsal }) => !isRehearsal)) return '\nEverything that is configured works.\n';
  return '\nEverything works, on the rehearsal model, which is not an AI. To use a real one, name it in a lane of the configuration.\n';
}
