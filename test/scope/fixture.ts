// Scope fixtures: small sources in which `$0` is the cursor (or `‹…›` the selection) and `«…»` the scope that is expected.

import { readFileSync } from 'node:fs';
import { createSnapshot, type Snapshot } from '../../server/documents/snapshot.ts';
import { createScopes } from '../../server/scope/create-scopes.ts';
import type { Scope, ScopeBounds, ScopeRequest, Scopes } from '../../server/scope/scopes.ts';
import type { Span } from '../../server/text/span.ts';
import { assets } from './assets.ts';

/** Scopes over the grammars of the source tree, with these languages loaded. */
export async function scopesFor(...languageIds: string[]): Promise<Scopes> {
  const scopes = await createScopes({ assets });
  for (const languageId of languageIds)
    if (!(await scopes.load(languageId))) throw new Error(`no grammar for ${languageId}`);
  return scopes;
}

let versions = 0;

export function snapshotOf(languageId: string, text: string, uri = 'file:///fixture'): Snapshot {
  return createSnapshot(uri, versions++, languageId, text);
}

export interface Case {
  readonly title: string;
  readonly text: string;
  readonly selection: Span;
  readonly request: ScopeRequest;
  readonly bounds: ScopeBounds | undefined;
  /** The source as written, without the selection: what `render` returns if the test passes. */
  readonly expected: string;
}

/**
 * The cases of a file: each begins with a line `== title`, `== title [class]` for a request other than auto, or `== title [5 lines]` where a scope may have no more, and ends with a line
 * `-> kind name`, to which `stub` may be added.
 */
export function casesOf(name: string, eol: '\n' | '\r\n'): Case[] {
  const source = readFileSync(new URL(`fixtures/${name}.txt`, import.meta.url), 'utf8');
  return source
    .split(/^== /m)
    .slice(1)
    .map((part) => {
      const body = part.slice(part.indexOf('\n') + 1).trimEnd();
      return caseOf(part.slice(0, part.indexOf('\n')), body.replaceAll('\n', eol));
    });
}

function caseOf(heading: string, body: string): Case {
  const [, title = heading, lines, request = 'auto'] = /^(.*?)(?: \[(?:(\d+) lines|(\w+))\])?$/.exec(heading) ?? [];
  const source = body.slice(0, body.lastIndexOf('\n') + 1);
  const { text, selection } = readSelection(source.replace(/[«»]/g, ''));
  const bounds = lines ? { maxLines: +lines, maxChars: 1000, maxModuleLines: +lines } : undefined;
  return { title, request: request as ScopeRequest, bounds, text, selection, expected: body.replace(/\$0|[‹›]/g, '') };
}

/** A text without its `$0` or `‹…›`, and where that was. */
export function readSelection(source: string): { text: string; selection: Span } {
  const cursor = source.indexOf('$0');
  if (cursor >= 0) return { text: source.replace('$0', ''), selection: { from: cursor, to: cursor } };
  const from = source.indexOf('‹');
  const to = source.indexOf('›') - 1;
  if (from < 0 || to < from) throw new Error(`neither a cursor nor a selection:\n${source}`);
  return { text: source.replace(/[‹›]/g, ''), selection: { from, to } };
}

/** The result of `find`, in the form of a fixture. */
export function render(text: string, scope: Scope | undefined): string {
  if (!scope) return 'none';
  const { span, kind, name, isStub } = scope;
  const marked = `${text.slice(0, span.from)}«${text.slice(span.from, span.to)}»${text.slice(span.to)}`;
  return `${marked}-> ${[kind, name, isStub && 'stub'].filter(Boolean).join(' ')}`;
}
