// The blocks that a request's user message is made of. Stand-ins for a model read them back, so their form is exact (design §6).

import { positionAt, type Snapshot } from '../documents/snapshot.ts';
import type { Span } from '../text/span.ts';

/** What the scope block is made from. `span` in offsets of `snapshot`. */
export interface ScopeInput {
  readonly snapshot: Snapshot;
  readonly span: Span;
  /** Relative to the workspace folder. */
  readonly path: string;
  /** An answer format, or what else is asked for. */
  readonly format: string;
}

/** The scope's text as a model sees it: line ends are LF. */
export function scopeText({ snapshot, span }: Pick<ScopeInput, 'snapshot' | 'span'>): string {
  return snapshot.text.slice(span.from, span.to).replaceAll('\r\n', '\n');
}

/**
 * The last part of a user message. Where the text or the instruction holds a tag of the same name, the scope's tag gets a number, and the instruction's own
 * tags are spelt out: whoever reads the message back from its end, or by the last tag, finds what was put in.
 */
export function scopeAndInstruction(scope: ScopeInput, instruction: string): string {
  const text = scopeText(scope);
  const said = instruction.replace(/<(\/?instruction)>/g, '&lt;$1&gt;');
  const tag = freeScopeTag(text + said);
  return `<${tag} ${attributes(scope)}>\n${text}\n</${tag}>\n<instruction>${said}</instruction>`;
}

/** `scope`, or the first of `scope-1`, `scope-2`, … that `text` neither opens nor closes. */
function freeScopeTag(text: string): string {
  let tag = 'scope';
  for (let i = 1; text.includes(`</${tag}>`) || text.includes(`<${tag} `); i++) tag = `scope-${i}`;
  return tag;
}

function attributes({ snapshot, span, path, format }: ScopeInput): string {
  const first = positionAt(snapshot, span.from).line + 1;
  const last = positionAt(snapshot, span.to).line + 1;
  const values = { path, language: snapshot.languageId, lines: `${first}-${last}`, format };
  return Object.entries(values)
    .map(([name, value]) => `${name}="${quoted(value)}"`)
    .join(' ');
}

/** Fit to stand between double quotes in one line. Only what would end the attribute or the tag is replaced, so that paths stay readable. */
function quoted(value: string): string {
  const replaced = value.replace(/["<>]/g, (c) => ({ '"': '&quot;', '<': '&lt;', '>': '&gt;' })[c]!);
  return replaced.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
}
