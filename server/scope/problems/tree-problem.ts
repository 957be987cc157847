// Why a new text does not parse: the first fault that its tree has and that of the base has not.

import type { Span } from '../../text/span.ts';
import { countErrorNodes } from '../error-nodes.ts';
import { faultFindings } from '../faults.ts';
import { lineStart, skipBlanks, skipBlanksBack } from '../line-spans.ts';
import type { ParsedText } from '../parsed-text.ts';
import type { Problem } from '../scopes.ts';
import { bracketFinding } from './bracket-problems.ts';
import { errorFindings, operatorAbove } from './error-problems.ts';
import { indentFindings } from './indent-problems.ts';
import { literalFindings } from './literal-problems.ts';
import {
  type Finding,
  firstNew,
  lineAt,
  notIndented,
  openComment,
  type PlacedText,
  problemAt,
} from './problem-words.ts';
import { seenBrackets } from './seen-brackets.ts';
import { tagFindings, tagNames } from './tag-problems.ts';
import { isTalk, loneTag, talkFindings } from './talk-lines.ts';
import { type TreeTokens, treeTokens } from './tree-tokens.ts';

/** Of one kind: each is compared with the line that it is on. */
const maxFindings = 100;

/** A text of the scope with the tree of the whole. `span`: where it stands, in UTF-16 offsets of that. */
export interface ParsedScope {
  readonly parsed: ParsedText;
  readonly span: Span;
}

/** Undefined if nothing was found, or if there is too much to look at. Neither tree is changed or disposed of. */
export function problemByTree(next: ParsedScope, base: ParsedScope): Problem | undefined {
  const now = treeTokens(next.parsed, next.span);
  const before = treeTokens(base.parsed, base.span);
  if (!now || !before) return undefined;
  const [text, old] = [placed(next), placed(base)];
  const tags = new Set(next.parsed.grammar.manifest.comments.markup ? [...tagNames(text), ...tagNames(old)] : []);
  const found = findingsOf(next, now, { sound: old, tags });
  const known = findingsOf(base, before, { sound: undefined, tags });
  const firstOf = (kind: keyof typeof found) =>
    firstNew(found[kind].slice(0, maxFindings), text.whole, known[kind].slice(0, maxFindings), old.whole);
  const literal = firstOf('literals');
  const seen = seenBrackets({ text, tokens: now }, { text: old, tokens: before });
  const bracket = bracketFinding(text.whole, seen.now, seen.before);
  const inside =
    (literal?.what === openComment ? literal : undefined) ??
    firstOf('talk') ??
    (isCut(text, old) ? (literal ?? bracket) : firstOf('tags')) ??
    literal ??
    bracket;
  const finding = inside ?? nearest(next, base, firstOf('others'));
  return finding && problemAt(finding, text);
}

/** What else was found, unless it stands beside the text: then the reason is how the text goes with that. */
function nearest(next: ParsedScope, base: ParsedScope, other: Finding | undefined): Finding | undefined {
  const { parsed, span } = next;
  const end = Math.max(skipBlanks(parsed.text, span.to), span.to + 1);
  if (other) return other.at >= end || other.at < span.from ? besideFinding(next, base) : other;
  const allowed = countErrorNodes(base.parsed.tree);
  return countErrorNodes(parsed.tree, allowed + 1) > allowed ? besideFinding(next, base) : undefined;
}

function placed({ parsed, span }: ParsedScope): PlacedText {
  return { whole: parsed.text, from: span.from, to: span.to };
}

/** Whether a text ends otherwise than the base: then what is not closed is so because the end is missing. */
function isCut(now: PlacedText, base: PlacedText): boolean {
  const lastLine = ({ whole, from, to }: PlacedText) => lineAt(whole, skipBlanksBack(whole, to, from)).trim();
  return lastLine(now) !== lastLine(base);
}

interface Known {
  /** A text in which strings are closed; undefined if there is none. */
  readonly sound: PlacedText | undefined;
  readonly tags: ReadonlySet<string>;
}

function findingsOf(scope: ParsedScope, tokens: TreeTokens, { sound, tags }: Known) {
  const text = placed(scope);
  const { manifest } = scope.parsed.grammar;
  const errors = errorFindings(tokens.errors, text, manifest.nodes);
  const indents = manifest.indented ? indentFindings(text, tokens) : [];
  const faults = faultFindings(scope.parsed, scope.span).map((one) => operatorAbove(one.at, text.whole) ?? one);
  const isOfTalk = ({ at }: Finding) => {
    const line = lineAt(text.whole, at).trim();
    return isTalk(line) && !tags.has(loneTag(line));
  };
  const talk = manifest.comments.markup ? [] : talkFindings(text, tokens.long);
  return {
    literals: literalFindings(tokens, text, { block: manifest.comments.block, sound }),
    talk: [...errors.filter(isOfTalk), ...talk].sort((a, b) => a.at - b.at),
    tags: tagFindings(text, tags),
    others: [...errors, ...indents, ...faults].sort((a, b) => a.at - b.at),
  };
}

/** In the text itself nothing was found, but around it something is wrong now. */
function besideFinding({ parsed, span }: ParsedScope, base: ParsedScope): Finding {
  const isMoved = indentOf(parsed.text, span.from) !== indentOf(base.parsed.text, base.span.from);
  if (parsed.grammar.manifest.indented && isMoved)
    return { at: skipBlanks(parsed.text, span.from, span.to), what: notIndented };
  return { at: skipBlanksBack(parsed.text, span.to, span.from), what: 'the code around it no longer parses' };
}

function indentOf(text: string, offset: number): string {
  const first = skipBlanks(text, offset);
  return text.slice(lineStart(text, first), first);
}
