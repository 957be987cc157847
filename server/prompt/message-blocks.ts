// The scope and instruction blocks of a request's user message. The rehearsal model and users' adapters parse them, so their form is exact (DESIGN.md §6).

import { positionAt, type Snapshot } from '../documents/snapshot.ts';
import type { Span } from '../text/span.ts';

/** What the scope block is made from. `span` is in UTF-16 offsets of `snapshot`. */
export interface ScopeInput {
  readonly snapshot: Snapshot;
  readonly span: Span;
  /** Relative to the workspace folder. */
  readonly path: string;
  /** The answer format, or `markdown` for an explanation. */
  readonly format: string;
}

/** The scope's text as a model sees it: line ends are LF. */
function scopeText({ snapshot, span }: Pick<ScopeInput, 'snapshot' | 'span'>): string {
  return snapshot.text.slice(span.from, span.to).replaceAll('\r\n', '\n');
}

/**
 * The last part of a user message. Where the text or the instruction holds a `scope` tag, the block's own tag gets a number, and `instruction` tags inside the
 * instruction are escaped: so a reader that goes by the end of the message, or by the last tag, finds exactly what was put in.
 */
export function scopeAndInstructionBlocks(scope: ScopeInput, instruction: string): string {
  const text = scopeText(scope);
  const escaped = instruction.replace(/<(\/?instruction)>/g, '&lt;$1&gt;');
  const tag = freeScopeTag(text + escaped);
  return `<${tag} ${attributes(scope)}>\n${text}\n</${tag}>\n<instruction>${escaped}</instruction>`;
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
    .map(([name, value]) => `${name}="${escapeAttribute(value)}"`)
    .join(' ');
}

/** Escapes an attribute's value: only what would end the attribute, the tag or the line, so that paths stay readable. */
function escapeAttribute(value: string): string {
  const replaced = value.replace(/["<>]/g, (c) => ({ '"': '&quot;', '<': '&lt;', '>': '&gt;' })[c]!);
  return replaced.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
}
